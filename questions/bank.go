// Package questions is the bank of conversation starters: what may be asked,
// what is chosen for whom, and how the words are kept fit to be asked.
//
// A bank is read from packs, YAML lists of starters. [Builtin] returns the one
// that comes with the program, and [Open] lays an operator's folder over it.
// [Bank.Choose] picks the starter for one person and one moment; it is pure, and
// the same question put in the same week gets the same answer. [Lint] reads
// packs as a careful editor would. The rules are those of docs/method.md.
package questions

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"innerview/rapport"
)

//go:embed data
var builtin embed.FS

// Bank is a set of starters. It does not change once it is made, and may be
// used by several goroutines at once.
type Bank struct {
	starters []*Starter // by id
}

// Builtin returns the bank that comes with the program. The packs are read anew
// with each call, so keep what it returns.
func Builtin() (*Bank, error) {
	p := readPacks(builtin)
	return newBank(p.entries, p.findings) // its wording is checked by LintBuiltin, in the tests
}

// Open returns the built-in bank with the packs of an operator's folder laid
// over it; "" stands for no folder. A starter with the id of a built-in one
// takes its place, one with a new id is added, and one that says `retired: true`
// takes the built-in one away. If anything keeps the bank from being used, the
// error is a [*LoadError] that names every reason: a fault of form (L-00), a
// prohibited topic (L-04), a wrong place (L-09), a slot that nothing fills (L-10).
func Open(overlay string) (*Bank, error) {
	if overlay == "" {
		return Builtin()
	}
	if _, err := os.ReadDir(overlay); err != nil {
		return nil, fmt.Errorf("open questions folder: %w", err)
	}
	base, over := readPacks(builtin), readPacks(os.DirFS(overlay))
	refused := slices.Concat(base.findings, inFolder(overlay, refusing(over.lint())))
	return newBank(slices.Concat(base.entries, over.entries), refused)
}

// Load returns the bank of the packs in fsys alone, as strictly as [Open].
func Load(fsys fs.FS) (*Bank, error) {
	p := readPacks(fsys)
	return newBank(p.entries, refusing(p.lint()))
}

// newBank builds a bank of the entries, of which a later one replaces an
// earlier one with its id. A bank needs a hello card for any day: it is what is
// left when nothing else may be shown.
func newBank(entries []entry, refused []Finding) (*Bank, error) {
	byID := map[string]*Starter{}
	for _, e := range entries {
		if e.retired {
			delete(byID, e.ID)
			continue
		}
		byID[e.ID] = &e.Starter
	}
	b := &Bank{slices.SortedFunc(maps.Values(byID), func(x, y *Starter) int { return cmp.Compare(x.ID, y.ID) })}
	if len(refused) == 0 && !b.greets() {
		refused = []Finding{{File: "bank", Rule: ruleForm, Text: "no hello card is left for any day; keep one with the occasion any and no slot"}}
	}
	if len(refused) > 0 {
		return nil, &LoadError{Findings: refused}
	}
	return b, nil
}

func (b *Bank) greets() bool {
	return slices.ContainsFunc(b.starters, func(s *Starter) bool {
		return s.Kind == rapport.KindHello && s.Occasion == OccasionAny && s.Requires == ""
	})
}

// Starter returns the starter with the id, and whether there is one.
func (b *Bank) Starter(id string) (Starter, bool) {
	at, found := slices.BinarySearchFunc(b.starters, id, func(s *Starter, id string) int { return cmp.Compare(s.ID, id) })
	if !found {
		return Starter{}, false
	}
	return *b.starters[at], true
}

// All returns every starter, by id.
func (b *Bank) All() []Starter {
	return b.filter(func(*Starter) bool { return true })
}

// Level returns the starters of the level by id; 0 stands for the cards.
func (b *Bank) Level(d rapport.Depth) []Starter {
	return b.filter(func(s *Starter) bool { return s.Level == d })
}

func (b *Bank) filter(ok func(*Starter) bool) []Starter {
	var out []Starter
	for _, s := range b.starters {
		if ok(s) {
			out = append(out, *s)
		}
	}
	return out
}

func refusing(fs []Finding) []Finding {
	return slices.DeleteFunc(fs, func(f Finding) bool { return !f.refuses() })
}

// kind returns what a starter is for, by its id alone when the bank no longer
// has it.
func (b *Bank) kind(id string) rapport.MessageKind {
	if s, ok := b.Starter(id); ok {
		return s.Kind
	}
	return kindOf(id, OccasionAny)
}
