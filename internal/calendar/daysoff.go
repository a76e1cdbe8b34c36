package calendar

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"innerview/rapport"
)

// ReadDaysOff reads a company's own days off: one YYYY-MM-DD a line, where "#"
// begins a comment and empty lines count for nothing. Every bad line is named in
// the error, by its number only.
func ReadDaysOff(r io.Reader) ([]rapport.Date, error) {
	var days []rapport.Date
	var bad []error
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimPrefix(lines.Text(), "\ufeff")
		text, _, _ = strings.Cut(text, "#")
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		d, err := rapport.ParseDate(text)
		if err != nil {
			bad = append(bad, fmt.Errorf("days off: line %d: want YYYY-MM-DD", n))
			continue
		}
		days = append(days, d)
	}
	if err := lines.Err(); err != nil {
		bad = append(bad, fmt.Errorf("read days off: %w", err))
	}
	if len(bad) > 0 {
		return nil, errors.Join(bad...)
	}
	return days, nil
}
