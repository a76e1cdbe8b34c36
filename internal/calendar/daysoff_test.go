package calendar_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/calendar"
	"innerview/rapport"
)

func TestReadDaysOff(t *testing.T) {
	t.Parallel()
	text := "\ufeff# Company days\r\n2026-06-15\r\n\r\n  2026-12-28  # bridge\r\n"
	got, err := calendar.ReadDaysOff(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	want := []rapport.Date{rapport.NewDate(2026, time.June, 15), rapport.NewDate(2026, time.December, 28)}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b rapport.Date) bool { return a == b })); diff != "" {
		t.Errorf("ReadDaysOff (-want +got):\n%s", diff)
	}
}

func TestReadDaysOffNamesEveryBadLine(t *testing.T) {
	t.Parallel()
	_, err := calendar.ReadDaysOff(strings.NewReader("2026-06-15\nsecret words\n# fine\n2026-02-30\n"))
	if err == nil {
		t.Fatal("ReadDaysOff = nil error, want one")
	}
	if want := "days off: line 2: want YYYY-MM-DD\ndays off: line 4: want YYYY-MM-DD"; err.Error() != want {
		t.Errorf("ReadDaysOff: %q, want %q", err, want)
	}
}

func TestReadDaysOffPassesOnAReadError(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk gone")
	if _, err := calendar.ReadDaysOff(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("ReadDaysOff = %v, want %v", err, broken)
	}
}
