package page_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

// withModal opens the page with the canned modal over it.
func withModal(t *testing.T, s *stub, p *tab) {
	t.Helper()
	s.change(func() { s.openModal(t, "U01", "V1") })
	p.open("/?lang=en#U01/messages")
	p.until(`document.querySelector('[data-test="modal"]')?.open`)
}

func closeTop(s *stub) func() {
	return func() {
		modals := s.members["U01"]["modals"].([]any)
		s.members["U01"]["modals"] = modals[:len(modals)-1]
	}
}

func fillsModal(t *testing.T, s *stub, p *tab) {
	withModal(t, s, p)
	s.on("/sim/submit", nil, closeTop(s))
	p.fill(control("who", "person")+" input", "priya")
	p.keys(kb.Enter)
	p.click(control("outcome", "code") + ` input[value="opened"]`)
	p.fill(control("note", "text"), "Likes barley tea\nand walks")
	p.fill(control("promise", "words"), "Send the recipe")
	p.click(control("tags", "interests") + " input")
	tags := `[...document.querySelector('[data-action="interests"] .listbox').children].map((li) => li.innerText).join()`
	p.until(tags + ` === 'Out and about,Walking,At home,Tea,読書'`)
	p.fill(control("tags", "interests")+" input", "読")
	p.keys(kb.Enter)
	p.keys("wal" + kb.Enter)
	p.fill(control("with", "others")+" input", kb.Backspace+"mei"+kb.Enter)
	p.choose(control("setting", "place"), "remote")
	p.set(control("day", "date"), "2026-11-26")
	p.set(control("hour", "time"), "09:45")
	p.set(control("again", "moment"), "2026-11-30T10:00")
	p.click(control("days", "boxes") + ` input[value="food"]`)
	p.click(`[data-test="modal-submit"]`)
	p.until(`!document.querySelector('dialog')`)
	value := func(kind string, v any) object { return object{"type": kind, "value": v} }
	values := func(kind string, v ...any) object { return object{"type": kind, "values": v} }
	want := []object{{"user": "U01", "view_id": "V1", "state": object{
		"who":     object{"person": value("users_select", "U06")},
		"outcome": object{"code": value("radio_buttons", "opened")},
		"note":    object{"text": value("plain_text_input", "Likes barley tea\nand walks")},
		"promise": object{"words": value("plain_text_input", "Send the recipe")},
		"tags":    object{"interests": values("multi_static_select", "read", "walk")},
		"with":    object{"others": values("multi_users_select", "U04")},
		"setting": object{"place": value("static_select", "remote")},
		"day":     object{"date": value("datepicker", "2026-11-26")},
		"hour":    object{"time": value("timepicker", "09:45")},
		"again":   object{"moment": value("datetimepicker", 1796000400.0)}, // 10:00 in Tokyo
		"days":    object{"boxes": values("checkboxes", "food", "travel")},
	}}}
	if diff := cmp.Diff(want, s.sent("/sim/submit")); diff != "" {
		t.Errorf("submission (-want +got):\n%s", diff)
	}
}

func refusesIncomplete(t *testing.T, s *stub, p *tab) {
	withModal(t, s, p)
	p.fill(control("promise", "words"), "Hm")
	p.click(`[data-test="modal-submit"]`)
	p.until(`document.querySelector('[data-test="error-outcome"]').innerText === 'Please choose.'`)
	p.until(`document.querySelector('[data-test="error-promise"]').innerText === 'At least 3 characters, please.'`)
	p.until(`document.querySelector('[data-test="error-note"]').hidden`)
	p.until(`document.activeElement.value === 'light'`) // the first field that is wrong
	p.keys(" ")
	p.until(`document.querySelector('[data-test="error-outcome"]').hidden && !document.querySelector('[data-test="error-promise"]').hidden`)
	if got := s.sent("/sim/submit"); len(got) != 0 {
		t.Errorf("sent an incomplete form: %v", got)
	}
}

func showsErrors(t *testing.T, s *stub, p *tab) {
	withModal(t, s, p)
	errors := object{"promise": "もう少し短くしてください。"}
	s.on("/sim/submit", object{"ok": false, "errors": errors}, func() {
		s.members["U01"]["modals"].([]any)[0].(object)["errors"] = errors
	})
	p.click(control("outcome", "code") + ` input[value="light"]`)
	p.choose(control("setting", "place"), "lunch")
	p.fill(control("promise", "words"), "Send the recipe"+kb.Enter)
	p.until(`document.querySelector('[data-test="error-promise"]').innerText === 'もう少し短くしてください。'`)
	p.until(`document.activeElement.dataset.action === 'words' && document.activeElement.ariaInvalid === 'true'`)
	p.until(`document.activeElement.getAttribute('aria-describedby').split(' ').includes(document.querySelector('[data-test="error-promise"]').id)`)
	if got, want := evaluate[string](p, `document.activeElement.value`), "Send the recipe"; got != want {
		t.Errorf("the text typed is now %q, want %q", got, want)
	}
	s.on("/sim/submit", object{"ok": false, "error": "operation_timeout"}, nil)
	p.click(`[data-test="modal-submit"]`)
	p.until(`document.querySelector('dialog [role=alert]').innerText.startsWith('Innerview did not answer in time')`)
}

func keepsTyping(t *testing.T, s *stub, p *tab) {
	withModal(t, s, p)
	p.fill(control("note", "text"), "half a sentence"+kb.ArrowLeft+kb.ArrowLeft)
	evaluate[any](p, `document.querySelector('[data-action=text]').dataset.mark = 'same'`)
	s.change(func() { s.post("U01", message("1795399800.000800", "Meanwhile.")) })
	p.until(`document.querySelector('` + lastMessage + `').textContent.includes('Meanwhile.')`)
	if !evaluate[bool](p, `document.querySelector('[data-action=text]').dataset.mark === 'same'`) {
		t.Error("an unrelated message had the open form drawn anew")
	}
	s.change(func() {
		view := s.members["U01"]["modals"].([]any)[0].(object)
		view["hash"] = "2"
		view["title"] = object{"type": "plain_text", "text": "Changed"}
		view["blocks"] = view["blocks"].([]any)[1:]
	})
	p.until(`document.querySelector('dialog h2').innerText === 'Changed'`)
	got := evaluate[object](p, `(({value, selectionStart, dataset}) => ({value, selectionStart, action: dataset.action}))(document.activeElement)`)
	want := object{"value": "half a sentence", "selectionStart": 13.0, "action": "text"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("after the update (-want +got):\n%s", diff)
	}
}

func stacksModals(t *testing.T, s *stub, p *tab) {
	withModal(t, s, p)
	p.fill(control("note", "text"), "kept below")
	s.on("/sim/action", nil, func() { s.openModal(t, "U01", "V2") })
	s.on("/sim/close", object{"ok": false, "error": "operation_timeout"}, nil)
	p.keys(kb.Escape)
	p.until(`document.querySelector('dialog [role=alert]').innerText.startsWith('Innerview did not answer in time')`)
	s.forget("/sim/close")
	s.on("/sim/close", nil, closeTop(s))
	p.click(control("extra", "push"))
	p.until(`document.querySelectorAll('dialog').length === 2`)
	state := s.sent("/sim/action")[0]["state"].(object)
	if diff := cmp.Diff(object{"text": object{"type": "plain_text_input", "value": "kept below"}}, state["note"]); diff != "" {
		t.Errorf("state that travels with an action (-want +got):\n%s", diff)
	}
	if got := evaluate[int](p, `document.querySelectorAll('[data-test="modal-submit"]').length`); got != 1 {
		t.Errorf("%d submit buttons can be found, want only the top one", got)
	}
	p.keys(kb.Escape)
	p.until(`document.querySelectorAll('dialog').length === 1`)
	if got, want := evaluate[string](p, `document.querySelector('[data-action=text]').value`), "kept below"; got != want {
		t.Errorf("the modal below holds %q, want %q", got, want)
	}
	p.click(`[data-test="modal-close"]`)
	p.until(`document.querySelectorAll('dialog').length === 0`)
	p.until(`['main', 'command-input'].includes(document.activeElement.id)`) // by kind of pointer
	want := []object{{"user": "U01", "view_id": "V2"}, {"user": "U01", "view_id": "V1"}}
	if diff := cmp.Diff(want, s.sent("/sim/close")); diff != "" {
		t.Errorf("closed (-want +got):\n%s", diff)
	}
}
