package slacksim

// stackLimit is how many modals may lie over each other.
const stackLimit = 3

// viewsOpen opens a modal as a new root; modals still open are replaced.
func (s *Sim) viewsOpen(c *call) answer {
	doc, a := s.readView(c, "modal")
	if doc == nil {
		return a
	}
	if a := s.taken(doc, nil); a.code != "" {
		return a
	}
	t, a := s.exchange(c.trigger())
	if t == nil {
		return a
	}
	return s.viewAnswer(s.newModal(t.User, doc, nil))
}

// viewsPush puts a modal over the one in which the person acted.
func (s *Sim) viewsPush(c *call) answer {
	doc, a := s.readView(c, "modal")
	if doc == nil {
		return a
	}
	if a := s.taken(doc, nil); a.code != "" {
		return a
	}
	t, a := s.exchange(c.trigger())
	if t == nil {
		return a
	}
	top := s.st.top(t.User)
	if top == nil || t.View == "" {
		return mistake("not_found", "views.push needs a trigger that came from an open modal")
	}
	if len(s.st.Stacks[t.User]) >= stackLimit {
		return mistake("push_limit_reached", "three modals lie over each other already")
	}
	return s.viewAnswer(s.newModal(t.User, doc, top))
}

func (s *Sim) viewsUpdate(c *call) answer {
	doc, a := s.readView(c, "")
	if doc == nil {
		return a
	}
	v := s.namedView(c)
	if v == nil {
		return refuse("not_found") // the person may have closed it
	}
	if v.Type != str(doc, "type") {
		return mistake("invalid_arguments", "a view keeps its type")
	}
	if c.given("hash") && c.text("hash") != v.Hash {
		return refuse("hash_conflict")
	}
	if a := s.taken(doc, v); a.code != "" {
		return a
	}
	v.show(&s.st, doc, s.opt.Now().Unix())
	s.touch(v.User)
	return s.viewAnswer(v)
}

func (s *Sim) namedView(c *call) *View {
	if c.given("view_id") {
		return s.st.viewByID(c.text("view_id"))
	}
	external := c.text("external_id")
	return s.st.view(func(v *View) bool { return external != "" && v.ExternalID == external })
}

// viewsPublish shows a Home tab. It keeps its id from one publish to the next.
func (s *Sim) viewsPublish(c *call) answer {
	doc, a := s.readView(c, "home")
	if doc == nil {
		return a
	}
	userID := c.text("user_id")
	u := s.st.user(userID)
	if u == nil || u.Deleted {
		a := refuse("invalid_arguments")
		a.messages = []string{"[ERROR] invalid `user_id`"}
		return a
	}
	v := s.st.Homes[userID]
	if c.given("hash") && (v == nil || c.text("hash") != v.Hash) {
		return refuse("hash_conflict")
	}
	if a := s.taken(doc, v); a.code != "" {
		return a
	}
	if v == nil {
		v = &View{ID: s.st.id("V"), User: userID}
		v.RootID = v.ID
		s.st.Homes[userID] = v
	}
	v.show(&s.st, doc, s.opt.Now().Unix())
	s.touch(userID)
	return s.viewAnswer(v)
}

func (s *Sim) viewAnswer(v *View) answer {
	return accept(map[string]any{"view": s.viewJSON(v)})
}

func (c *call) trigger() string {
	if c.given("trigger_id") {
		return c.text("trigger_id")
	}
	return c.text("interactivity_pointer")
}

// readView checks the view argument; want is its type, or empty for either.
func (s *Sim) readView(c *call, want string) (map[string]any, answer) {
	v, err := c.document("view")
	doc, ok := v.(map[string]any)
	if err != nil || !ok {
		return nil, mistake("invalid_arguments", "view is not a JSON object")
	}
	if want != "" && str(doc, "type") != want {
		return nil, mistake("invalid_arguments", "the view is not of type "+want)
	}
	if len(encode(doc)) > maxView {
		return nil, mistake("view_too_large", "a view has at most 250 kB")
	}
	found := checkView(doc)
	if wrong := refusals(found); len(wrong) > 0 {
		return nil, invalid("invalid_arguments", "/view", wrong)
	}
	for _, p := range found {
		s.breach(c.method, p.Code, "%s", p.String())
	}
	return doc, answer{}
}

// taken refuses an external_id that another view than self has.
func (s *Sim) taken(doc map[string]any, self *View) answer {
	external := str(doc, "external_id")
	other := s.st.view(func(v *View) bool { return v != self && external != "" && v.ExternalID == external })
	if other == nil {
		return answer{}
	}
	return mistake("duplicate_external_id", "another view has this external_id")
}
