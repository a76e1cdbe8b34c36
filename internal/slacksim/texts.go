package slacksim

// blockTexts collects what a reader sees, in order: texts, fields, labels, buttons, options, hints.
func blockTexts(blocks []any) []string {
	t := &reader{}
	for _, b := range objects(blocks) {
		t.block(b)
	}
	return t.seen
}

type reader struct{ seen []string }

func (t *reader) add(text string) {
	if text != "" {
		t.seen = append(t.seen, text)
	}
}

func (t *reader) block(b map[string]any) {
	switch str(b, "type") {
	case "section":
		t.add(textOf(b, "text"))
		for _, f := range objects(arr(b, "fields")) {
			t.add(str(f, "text"))
		}
		t.element(obj(b, "accessory"))
	case "header":
		t.add(textOf(b, "text"))
	case "context", "actions":
		for _, e := range objects(arr(b, "elements")) {
			t.element(e)
		}
	case "input":
		t.add(textOf(b, "label"))
		t.element(obj(b, "element"))
		t.add(textOf(b, "hint"))
	case "image":
		t.add(textOf(b, "title"))
		t.add(str(b, "alt_text"))
	case "rich_text":
		t.rich(b)
	}
}

func (t *reader) element(e map[string]any) {
	switch str(e, "type") {
	case "plain_text", "mrkdwn":
		t.add(str(e, "text"))
	case "image":
		t.add(str(e, "alt_text"))
	case "button":
		t.add(textOf(e, "text"))
	default:
		t.add(textOf(e, "placeholder"))
		for _, o := range (placed{element: e}).options() {
			t.add(textOf(o, "text"))
			t.add(textOf(o, "description"))
		}
	}
}

// rich joins the runs of each paragraph, as they stand on one line.
func (t *reader) rich(e map[string]any) {
	line := ""
	for _, child := range objects(arr(e, "elements")) {
		if _, nested := child["elements"]; nested {
			t.rich(child)
			continue
		}
		line += richText(child)
	}
	t.add(line)
}

func richText(run map[string]any) string {
	switch str(run, "type") {
	case "user":
		return "<@" + str(run, "user_id") + ">"
	case "emoji":
		return ":" + str(run, "name") + ":"
	case "link":
		if text := str(run, "text"); text != "" {
			return text
		}
		return str(run, "url")
	}
	return str(run, "text")
}
