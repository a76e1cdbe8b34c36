package discretion

import "cmp"

// Check says which class a note falls into. It is meant for notes of up to 280
// characters, takes well under a millisecond for one, and reads longer ones as
// well. It may be called from several goroutines.
func Check(text string) Finding {
	v := look(text)
	all := library()
	found := numbers(text)
	en, ja := all[langEN], all[langJA]
	found = graver(found, en.check(v.en))
	return graver(found, ja.check(v.ja))
}

// check returns the gravest finding in a view.
func (l *lists) check(view string) Finding {
	if view == "" {
		return Finding{}
	}
	held := gramsOf(view) // what is taken out below adds nothing to them
	for i := range l.allow {
		view = l.allow[i].takeOut(held, view)
	}
	rd := &reading{lang: l.lang, view: view, held: held, seen: map[*group][]span{}}
	var found Finding
	for i := range l.rules {
		if r := &l.rules[i]; found.improvedBy(r.Finding) && l.finds(rd, r) {
			found = graver(found, r.Finding)
		}
	}
	return found
}

// finds reports whether a rule finds something that nothing beside it excuses.
func (l *lists) finds(rd *reading, r *rule) bool {
	var spans []span
	if r.near != nil {
		spans = rd.near(r.near)
	} else {
		spans = r.spans(rd.held, rd.view)
	}
	for _, s := range spans {
		if !l.beside.excuses(rd, s, r.Topic) {
			return true
		}
	}
	return false
}

// improvedBy reports whether another finding would change this one: it is of a
// graver class, or the first that calls for listening.
func (f Finding) improvedBy(other Finding) bool {
	return rank(other.Class) > rank(f.Class) || other.Disclosure && !f.Disclosure
}

// graver returns the finding of the graver class, the first of two alike. Of
// two Red ones, either may ask for listening.
func graver(a, b Finding) Finding {
	disclosure := a.Disclosure || b.Disclosure
	if cmp.Less(rank(a.Class), rank(b.Class)) {
		a = b
	}
	a.Disclosure = disclosure
	return a
}

func rank(c Class) int {
	switch c {
	case Red:
		return 3
	case Label:
		return 2
	case Amber:
		return 1
	}
	return 0
}
