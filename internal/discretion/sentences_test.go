package discretion_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"innerview/internal/discretion"
)

// sentence is one reviewed line of testdata. README.md there says how the
// splits came about and what they can prove.
type sentence struct {
	split, lang string
	class       discretion.Class
	topic       discretion.Topic
	text        string
}

// sentences reads the reviewed sentences of one file.
func sentences(t *testing.T, file string) []sentence {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []sentence
	lines := bufio.NewScanner(f)
	lines.Scan() // the names of the columns
	for lines.Scan() {
		col := strings.Split(lines.Text(), "\t")
		if len(col) != 5 {
			t.Fatalf("%s: %d columns in %q, want 5", file, len(col), lines.Text())
		}
		all = append(all, sentence{
			split: col[0], lang: col[1], class: discretion.Class(strings.TrimPrefix(col[2], "none")),
			topic: discretion.Topic(col[3]), text: col[4],
		})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// tally counts how the sentences of one split and language fared.
type tally struct {
	red, redFound         int
	benign, benignFlagged int
	other, otherFound     int // amber and label, in their own class
	topic                 int // of those found in their class, in their topic too
}

func (c *tally) add(s sentence, got discretion.Finding) {
	right := got.Class == s.class
	switch s.class {
	case discretion.None:
		c.benign++
		c.benignFlagged += one(!right)
		return
	case discretion.Red:
		c.red++
		c.redFound += one(right)
	default:
		c.other++
		c.otherFound += one(right)
	}
	c.topic += one(right && got.Topic == s.topic)
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (c *tally) recall() float64      { return float64(c.redFound) / float64(c.red) }
func (c *tally) falseAlarms() float64 { return float64(c.benignFlagged) / float64(c.benign) }

func (c *tally) log(t *testing.T, name string) {
	t.Helper()
	t.Logf("%s: red %d of %d (%.3f), false alarms %d of %d (%.3f), amber and label %d of %d, right topic %d of %d",
		name, c.redFound, c.red, c.recall(), c.benignFlagged, c.benign, c.falseAlarms(),
		c.otherFound, c.other, c.topic, c.redFound+c.otherFound)
}

// TestSentences measures the lists and holds what they have reached. What goes
// wrong is shown for the split that DISCRETION_SHOW names, to mend the lists by.
func TestSentences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file, split string
		recall      float64 // of red, at least
		falseAlarms float64 // at most
	}{
		{"sentences.tsv", "build", 0.98, 0.05},
		{"sentences.tsv", "held", 0.95, 0.10},
		{"fresh.tsv", "plain", 0.95, 0.10},
		{"fresh.tsv", "roundabout", 0.95, 0.10},
		{"fresh.tsv", "mixed", 0.95, 0.10},
		{"fresh.tsv", "last", 0.95, 0.10},
		{"fresh.tsv", "unseen", 0.95, 0.10},
		{"fresh.tsv", "strangers1", 0.95, 0.05},
		{"fresh.tsv", "strangers2", 0.95, 0.05},
		{"fresh.tsv", "strangers3", 0.95, 0.05},
		{"fresh.tsv", "strangers4", 0.95, 0.10},
		{"fresh.tsv", "trade", 0.95, 0.10},
		{"fresh.tsv", "trade2", 0, 0.10},
		{"fresh.tsv", "more", 0.95, 0.05},
		{"fresh.tsv", "later", 0.95, 0.05},
		{"fresh.tsv", "harder", 0.95, 0.05},
	}
	for _, tt := range tests {
		t.Run(tt.split, func(t *testing.T) {
			t.Parallel()
			whole := &tally{}
			byLang := map[string]*tally{"en": {}, "ja": {}}
			for _, s := range sentences(t, tt.file) {
				if s.split != tt.split {
					continue
				}
				got := discretion.Check(s.text)
				whole.add(s, got)
				byLang[s.lang].add(s, got)
				if got.Class != s.class && os.Getenv("DISCRETION_SHOW") == tt.split {
					t.Logf("%+v, want %q: %s", got, s.class, s.text)
				}
			}
			whole.log(t, tt.split)
			byLang["en"].log(t, tt.split+" en")
			byLang["ja"].log(t, tt.split+" ja")
			if got := whole.recall(); got < tt.recall {
				t.Errorf("recall of red = %.3f, want at least %.3f", got, tt.recall)
			}
			if got := whole.falseAlarms(); got > tt.falseAlarms {
				t.Errorf("false alarms = %.3f, want at most %.3f", got, tt.falseAlarms)
			}
		})
	}
}

// TestSentencesAreWhole keeps the set what the acceptance asks for: 200 in each
// language, half of them benign, every topic in both halves of the split.
func TestSentencesAreWhole(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	topics := map[string]map[discretion.Topic]bool{"build": {}, "held": {}}
	seen := map[string]bool{}
	for _, s := range sentences(t, "sentences.tsv") {
		count[s.lang]++
		if s.class == discretion.None {
			count[s.lang+" benign"]++
		} else {
			topics[s.split][s.topic] = true
		}
		if seen[s.text] {
			t.Errorf("stands twice: %s", s.text)
		}
		seen[s.text] = true
		if n := len([]rune(s.text)); n > 280 {
			t.Errorf("%d characters, want at most 280: %s", n, s.text)
		}
	}
	for key, want := range map[string]int{"en": 200, "ja": 200, "en benign": 100, "ja benign": 100} {
		if count[key] != want {
			t.Errorf("%s: %d sentences, want %d", key, count[key], want)
		}
	}
	for split, got := range topics {
		for _, topic := range allTopics() {
			if !got[topic] {
				t.Errorf("%s has no sentence about %s", split, topic)
			}
		}
	}
}

func allTopics() []discretion.Topic {
	return []discretion.Topic{
		discretion.Health, discretion.MentalHealth, discretion.Disability, discretion.Pregnancy,
		discretion.Religion, discretion.Politics, discretion.Union, discretion.Origin, discretion.Gender,
		discretion.Crime, discretion.Harassment, discretion.Debt, discretion.IDNumber, discretion.Secret,
		discretion.Family, discretion.Partner, discretion.Children, discretion.Care, discretion.Hometown,
		discretion.Housing, discretion.Age, discretion.School, discretion.Pay, discretion.Judgement,
	}
}
