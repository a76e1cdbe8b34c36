package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"innerview/internal/store"
	"innerview/rapport"
)

// rosterColumns are the columns of a roster; the first two are required.
var rosterColumns = []string{"leader", "person", "language", "rhythm_days", "since"}

var (
	slackID = regexp.MustCompile(`^[UW][A-Z0-9]{2,}$`)
	rhythms = []int{7, 14, 21, 28}
)

// rosterLine is one line of a roster file, in which people may stand by e-mail
// address.
type rosterLine struct {
	number int
	row    store.RosterRow
}

// readRoster reads a roster. Every bad line is named; latest is the last day
// that may stand in since.
func readRoster(raw []byte, latest rapport.Date) ([]rosterLine, error) {
	records, err := readRecords(raw)
	if err != nil {
		return nil, fmt.Errorf("the file is not CSV: %w", err)
	}
	if len(records) == 0 {
		return nil, errors.New("the file is empty: the first line names the columns, such as leader,person")
	}
	columns, err := readHeader(records[0])
	if err != nil {
		return nil, err
	}
	var lines []rosterLine
	var bad []error
	seen := make(couples)
	for _, r := range records[1:] {
		row, err := readRow(columns, r.fields, latest)
		if err == nil {
			err = seen.add(row, r.line)
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("line %d: %w", r.line, err))
			continue
		}
		lines = append(lines, rosterLine{r.line, row})
	}
	return lines, errors.Join(bad...)
}

// couples are the lines that pairs stand in.
type couples map[[2]string]int

// add refuses who leads themselves, and a pair that stands there already.
func (c couples) add(row store.RosterRow, line int) error {
	pair := [2]string{row.Leader, row.Person}
	if row.Leader == row.Person {
		return errors.New("leader and person are the same")
	}
	if earlier, there := c[pair]; there {
		return fmt.Errorf("these two stand in line %d already", earlier)
	}
	c[pair] = line
	return nil
}

// record is the fields of one record, and the line of the file it begins in.
type record struct {
	line   int
	fields []string
}

// readRecords reads all that is not blank. The reader skips empty lines, so the
// number of a line is asked for and not counted.
func readRecords(raw []byte) ([]record, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))))
	r.FieldsPerRecord = -1
	r.TrimLeadingSpace = true
	var all []record
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if line, _ := r.FieldPos(0); !blank(fields) {
			all = append(all, record{line, fields})
		}
	}
}

func readHeader(header record) (map[string]int, error) {
	columns := make(map[string]int)
	var bad []error
	fault := func(format string, args ...any) {
		bad = append(bad, fmt.Errorf("line %d: "+format, append([]any{header.line}, args...)...))
	}
	for i, name := range header.fields {
		name = strings.ToLower(strings.TrimSpace(name))
		_, twice := columns[name]
		switch {
		case !slices.Contains(rosterColumns, name):
			fault("no column is called %q; there are %s", name, strings.Join(rosterColumns, ", "))
		case twice:
			fault("the column %s stands twice", name)
		}
		columns[name] = i
	}
	for _, name := range rosterColumns[:2] {
		if _, there := columns[name]; !there {
			fault("the column %s is needed", name)
		}
	}
	return columns, errors.Join(bad...)
}

func readRow(columns map[string]int, record []string, latest rapport.Date) (store.RosterRow, error) {
	if len(record) > len(columns) {
		return store.RosterRow{}, fmt.Errorf("%d fields where the header names %d", len(record), len(columns))
	}
	get := func(name string) string {
		if i, there := columns[name]; there && i < len(record) {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	row := store.RosterRow{Leader: get("leader"), Person: get("person")}
	var bad []error
	bad = append(bad, checkWho("leader", row.Leader), checkWho("person", row.Person))
	var err error
	row.Language, err = readLanguage(get("language"))
	bad = append(bad, err)
	row.RhythmDays, err = readRhythm(get("rhythm_days"))
	bad = append(bad, err)
	row.Since, err = readSince(get("since"), latest)
	return row, flat(append(bad, err))
}

// checkWho does not repeat what stands there: it may be somebody's address.
func checkWho(column, who string) error {
	switch {
	case who == "":
		return fmt.Errorf("%s is empty: it takes a Slack member id, such as U012AB3CD", column)
	case !slackID.MatchString(who) && !strings.Contains(who, "@"):
		return fmt.Errorf("%s is neither a Slack member id, such as U012AB3CD, nor an e-mail address", column)
	}
	return nil
}

func readLanguage(s string) (rapport.Language, error) {
	switch lang := rapport.Language(strings.ToLower(s)); lang {
	case "", rapport.English, rapport.Japanese:
		return lang, nil
	}
	return "", fmt.Errorf("language is %q: it takes en or ja, or nothing", s)
}

func readRhythm(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || !slices.Contains(rhythms, n) {
		return 0, fmt.Errorf("rhythm_days is %q: it takes 7, 14, 21 or 28, or nothing", s)
	}
	return n, nil
}

func readSince(s string, latest rapport.Date) (rapport.Date, error) {
	if s == "" {
		return rapport.Date{}, nil
	}
	d, err := rapport.ParseDate(s)
	switch {
	case err != nil:
		return rapport.Date{}, fmt.Errorf("since is %q: it takes a day as YYYY-MM-DD, or nothing", s)
	case d.After(latest):
		return rapport.Date{}, fmt.Errorf("since is %s, which has not come yet", s)
	}
	return d, nil
}

// flat joins the errors of one line with semicolons.
func flat(errs []error) error {
	var texts []string
	for _, err := range errs {
		if err != nil {
			texts = append(texts, err.Error())
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return errors.New(strings.Join(texts, "; "))
}

func blank(record []string) bool {
	return !slices.ContainsFunc(record, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// resolve turns e-mail addresses into member ids. Slack is asked only where the
// roster holds any.
func (h *house) resolve(ctx context.Context, lines []rosterLine) ([]store.RosterRow, error) {
	rows := make([]store.RosterRow, 0, len(lines))
	known := make(map[string]string)
	seen := make(couples) // once more: one person may stand there by id and by address
	var bad []error
	for _, l := range lines {
		err := h.resolveRow(ctx, &l.row, known)
		if err == nil {
			err = seen.add(l.row, l.number)
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("line %d: %w", l.number, err))
		}
		rows = append(rows, l.row)
	}
	return rows, errors.Join(bad...)
}

func (h *house) resolveRow(ctx context.Context, row *store.RosterRow, known map[string]string) (err error) {
	if row.Leader, err = h.memberID(ctx, row.Leader, known); err != nil {
		return fmt.Errorf("leader: %w", err)
	}
	if row.Person, err = h.memberID(ctx, row.Person, known); err != nil {
		return fmt.Errorf("person: %w", err)
	}
	return nil
}

func (h *house) memberID(ctx context.Context, who string, known map[string]string) (string, error) {
	if !strings.Contains(who, "@") {
		return who, nil
	}
	if id, there := known[who]; there {
		return id, nil
	}
	if h.c.Slack.BotToken.Reveal() == "" {
		return "", errors.New("an e-mail address needs slack.bot_token, to look the member up; a member id does not")
	}
	if h.api == nil {
		h.dial()
	}
	user, err := h.lookUp(ctx, who)
	if err != nil {
		return "", fmt.Errorf("slack does not find that e-mail address (%w); "+
			"the app needs the scope users:read.email, see innerview manifest --email", err)
	}
	known[who] = user.ID
	return user.ID, nil
}

// lookUp asks Slack for the member with an e-mail address, and waits where Slack
// asks for patience: it answers some fifty a minute.
func (h *house) lookUp(ctx context.Context, address string) (*slack.User, error) {
	for {
		user, err := h.api.GetUserByEmailContext(ctx, address)
		var limited *slack.RateLimitedError
		if !errors.As(err, &limited) {
			return user, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(limited.RetryAfter):
		}
	}
}
