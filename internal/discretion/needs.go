package discretion

import (
	"math"
	"regexp/syntax"
)

// Bounds of what needs looks for: more strings, or longer ones, sort out no
// more notes.
const (
	mostNeeds  = 400
	longEnough = 9 // bytes: three Japanese letters
)

// needs returns strings of which a text must hold one to match an expression,
// the longest it finds; none when there is nothing to ask for.
func needs(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return needs(re.Sub[0])
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			one := needs(sub)
			if one == nil {
				return nil
			}
			all = append(all, one...)
		}
		return all
	case syntax.OpConcat:
		return bestRun(re.Sub)
	}
	return better(spelt(re), nil)
}

// bestRun looks for neighbours in a sequence that can be spelt out together.
func bestRun(parts []*syntax.Regexp) []string {
	var best []string
	run := []string{""}
	for _, part := range parts {
		words := spelt(part)
		if words == nil || len(run)*len(words) > mostNeeds || shortest(run) >= longEnough {
			best, run = better(run, better(needs(part), best)), []string{""}
		}
		if words != nil && len(words) <= mostNeeds {
			run = cross(run, words)
		}
	}
	return better(run, best)
}

// spelt returns all texts that an expression matches, where they are few.
func spelt(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return []string{""}
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCapture:
		return spelt(re.Sub[0])
	case syntax.OpQuest:
		return few(append([]string{""}, spelt(re.Sub[0])...), spelt(re.Sub[0]) != nil)
	case syntax.OpCharClass:
		var all []string
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if all = append(all, string(r)); len(all) > 20 {
					return nil
				}
			}
		}
		return all
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			words := spelt(sub)
			if words == nil {
				return nil
			}
			all = append(all, words...)
		}
		return few(all, true)
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			words := spelt(sub)
			if words == nil || len(all)*len(words) > mostNeeds {
				return nil
			}
			all = cross(all, words)
		}
		return all
	}
	return nil
}

func few(words []string, known bool) []string {
	if !known || len(words) > mostNeeds {
		return nil
	}
	return words
}

func cross(heads, tails []string) []string {
	all := make([]string, 0, len(heads)*len(tails))
	for _, head := range heads {
		for _, tail := range tails {
			all = append(all, head+tail)
		}
	}
	return all
}

// better returns the strings that sort out more notes.
func better(a, b []string) []string {
	switch {
	case len(a) == 0 || shortest(a) < shortGram:
		return b
	case len(b) == 0 || min(shortest(a), longEnough) > min(shortest(b), longEnough):
		return a
	case min(shortest(a), longEnough) == min(shortest(b), longEnough) && len(a) < len(b):
		return a
	}
	return b
}

func shortest(words []string) int {
	least := math.MaxInt
	for _, word := range words {
		least = min(least, len(word))
	}
	return least
}
