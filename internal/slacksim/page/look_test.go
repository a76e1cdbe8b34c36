package page_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

// yearOf is a year of U01 that begins so many days after 24 November 2026: a
// message on Tuesdays, a digest on Mondays, and quiet days of every sort.
func yearOf(after int) object {
	first := time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)
	var days []any
	for on := first.AddDate(0, 0, after); on.Before(first.AddDate(1, 0, -23)); on = on.AddDate(0, 0, 1) {
		days = append(days, dayOf(on))
	}
	return object{"leaders": []any{"U01", "U02"}, "days": days}
}

func dayOf(on time.Time) object {
	day := object{"on": on.Format(time.DateOnly)}
	switch {
	case on.Weekday() == time.Saturday || on.Weekday() == time.Sunday:
		day["why"] = "weekend"
	case on.Month() == time.December && on.Day() == 31:
		day["why"] = "holiday"
	case on.Weekday() == time.Monday:
		day["kind"], day["at"] = "digest", "10:00"
	case on.Weekday() == time.Tuesday:
		day["kind"], day["at"], day["person"], day["level"] = "nudge", "09:35", "U06", "causative"
		day["text"] = object{"en": "What drew you to <b>maps</b>?", "ja": "地図のきっかけは何でしたか。"}
	case on.Weekday() == time.Wednesday:
		day["why"] = "enough this week"
	default:
		day["why"] = "nobody due"
	}
	return day
}

const (
	yearDetail = `document.querySelector('[data-test="year-detail"]').innerText`
	focusedDay = `document.activeElement.dataset.on`
)

func readsYear(t *testing.T, s *stub, p *tab) {
	s.change(func() { s.years["U01"] = yearOf(0) })
	p.open("/?lang=en#U01/messages")
	p.click(`[data-test="tab-year"]`)
	p.until(`location.hash === '#U01/year' && document.querySelectorAll('[data-test="year-month"]').length === 12`)
	tests := []struct{ what, expression, want string }{
		{"months", `[...document.querySelectorAll('.year-month caption')].map((one) => one.innerText).filter((one, i) => i % 11 === 0).join()`, "November 2026,October 2027"},
		{"the days over are not there to press", `String(document.querySelector('.year-month').querySelectorAll('button').length)`, "7"},
		{"a message has a letter and words", `((one) => one.innerText + ' ' + one.title)(document.querySelector('[data-on="2026-12-01"]'))`, "1N Tue, 1 Dec 2026: Conversation starter, about Priya <b>R</b>"},
		{"so has a digest", `document.querySelector('[data-on="2026-11-30"]').title`, "Mon, 30 Nov 2026: The week in one message"},
		{"a weekend", `document.querySelector('[data-on="2026-11-28"]').ariaLabel`, "Sat, 28 Nov 2026: Weekend"},
		{"a holiday", `document.querySelector('[data-on="2026-12-31"]').ariaLabel`, "Thu, 31 Dec 2026: Holiday or day off"},
		{"a quiet day has its reason", `document.querySelector('[data-on="2026-11-25"]').ariaLabel`, "Wed, 25 Nov 2026: Enough for this week"},
		{"the sum", `document.querySelector('[data-test="year-sum"]').innerText`, "97 messages: 2.0 a week, and at most 2. 245 days are quiet."},
		{"today is chosen", yearDetail, "Tue, 24 Nov 2026\nN\nConversation starter, about Priya <b>R</b>\nTime\n09:35\nDepth\nWhat is behind them\nWhat drew you to <b>maps</b>?"},
		{"nothing can be typed beside it", `String(document.querySelector('#command').checkVisibility())`, "false"},
	}
	for _, tt := range tests {
		if got := evaluate[string](p, tt.expression); compact(got) != compact(tt.want) {
			t.Errorf("%s: got %q, want %q", tt.what, got, tt.want)
		}
	}
	p.click(`[data-on="2026-11-25"]`)
	p.until(yearDetail + `.includes('Enough for this week')`)
	for _, step := range []struct{ key, want string }{
		{kb.ArrowRight, "2026-11-26"},
		{kb.ArrowDown, "2026-12-03"},
		{kb.ArrowLeft, "2026-12-02"},
		{kb.PageUp, "2026-12-01"},
		{kb.PageDown, "2026-12-07"},
		{kb.ArrowUp, "2026-11-30"},
		{kb.End, "2027-10-31"},
		{kb.ArrowDown, "2027-10-31"},
		{kb.Home, "2026-11-24"},
	} {
		p.keys(step.key)
		p.until(focusedDay + ` === '` + step.want + `'`)
	}
	if stops := evaluate[int](p, `document.querySelectorAll('.year-day[tabindex="0"]').length`); stops != 1 {
		t.Errorf("%d days stop the tab key, want one", stops)
	}
	p.click(`[data-test="language"]`)
	p.until(`document.querySelector('[data-test="year-detail"] blockquote').innerText === '地図のきっかけは何でしたか。'`)
	p.until(`document.querySelector('[data-on="2026-12-31"] .year-mark').innerText === '休'`)
}

// compact is text without its breaks: where they stand is a matter of layout.
func compact(text string) string {
	var b []rune
	for _, r := range text {
		if r != ' ' && r != '\n' && r != '\t' {
			b = append(b, r)
		}
	}
	return string(b)
}

func followsYear(_ *testing.T, s *stub, p *tab) {
	s.change(func() { s.years["U01"] = yearOf(0) })
	p.open("/?lang=en#U01/year")
	p.click(`[data-on="2026-12-08"]`)
	s.change(func() { s.years["U01"] = yearOf(7) })
	p.until(`!document.querySelector('[data-on="2026-11-24"]') && document.querySelector('[data-on="2026-12-01"][aria-current="date"]')`)
	p.click(`[data-test="year-U02"]`)
	p.until(`location.hash === '#U02/year' && document.querySelector('.year .empty')?.innerText.endsWith('Choose a leader above.')`)
	p.until(`document.querySelector('[data-test="year-U02"][aria-current]')`)
	p.click(`[data-test="year-U01"]`)
	p.until(`document.querySelectorAll('[data-test="year-month"]').length === 11`)
	p.click(`[data-test="tab-messages"]`)
	p.until(`document.querySelector('.feed') && document.querySelector('#command').checkVisibility()`)
	s.change(func() { s.state["ahead"] = false })
	p.until(`!document.querySelector('[data-test="tab-year"]').checkVisibility()`)
	p.open("/?lang=en#U01/year")
	p.until(`location.hash === '#U01/messages'`)
}

func showsGallery(t *testing.T, s *stub, p *tab) {
	p.open("/?lang=ja#U01/messages")
	p.click(`[data-test="gallery"]`)
	p.until(`document.querySelectorAll('.gallery-views a').length === 3 && document.querySelector('[data-test="gallery-home"][aria-current]')`)
	p.click(`[data-test="gallery-nudge"]`)
	p.until(`location.hash === '#gallery/nudge' && document.querySelectorAll('[data-test="gallery-state"]').length === 2`)
	got := evaluate[[]string](p, `[...document.querySelectorAll('[data-state="about somebody else"] article')].map((one) => one.lang + ': ' + one.innerText)`)
	want := []string{"ja: 通知に出る文： One line.\nInnerview\nアプリ\nAbout @Noor", "en: In the notification: One line.\nInnerview\nApp\nAbout @Noor"}
	for i := range got {
		got[i], want[i] = compact(got[i]), compact(want[i])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("a message in both languages (-want +got):\n%s", diff)
	}
	// What asks before it acts can be read; nothing is sent.
	p.click(`[data-state="the first"] ` + control("nudge", "decline"))
	p.click(`[data-test="confirm-yes"]`)
	p.until(`!document.querySelector('[data-test="confirm"]')`)
	if sent := s.sent("/sim/action"); len(sent) > 0 {
		t.Errorf("the gallery sent %v", sent)
	}
	p.narrow()
	p.until(`document.querySelector('[data-test="gallery-select"]').checkVisibility()`)
	p.choose(`[data-test="gallery-select"]`, "talk_form")
	p.until(`location.hash === '#gallery/talk_form' && document.querySelectorAll('.card-modal .foot').length === 2`)
	p.noSidewaysScroll("gallery")
	p.click(`[data-test="tab-home"]`)
	p.until(`document.querySelector('.home')`)
}
