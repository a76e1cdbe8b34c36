package discretion

// grams says which short runs of bytes may stand in a text. There are some
// thousands of rules, and few of them need anything a note holds: asking here
// first makes a check ten times as fast.
type grams [1 << 16 / 64]uint64

// The lengths that are kept: two Japanese letters, or the border of an English
// word and its first five letters; and one letter, or the border and two.
const (
	longGram  = 6
	shortGram = 3
)

// gramsOf returns the grams of a text.
func gramsOf(text string) *grams {
	var g grams
	for i := range len(text) {
		if i+shortGram <= len(text) {
			g.add(text[i : i+shortGram])
		}
		if i+longGram <= len(text) {
			g.add(text[i : i+longGram])
		}
	}
	return &g
}

func (g *grams) add(run string) {
	h := hash(run)
	g[h/64] |= 1 << (h % 64)
}

// gram is the hash of the run that a text must hold to hold more; none when
// there is too little to ask for.
type gram struct {
	hash  uint16
	known bool
}

func gramOf(lit string) gram {
	switch {
	case len(lit) >= longGram:
		return gram{hash(lit[:longGram]), true}
	case len(lit) >= shortGram:
		return gram{hash(lit[:shortGram]), true}
	}
	return gram{}
}

// mayHold reports whether the text may hold what the gram begins. It is sure of
// a no.
func (g *grams) mayHold(k gram) bool {
	return !k.known || g[k.hash/64]&(1<<(k.hash%64)) != 0
}

// hash is FNV-1a, folded to 16 bits.
func hash(run string) uint16 {
	h := uint32(2166136261)
	for i := range len(run) {
		h = (h ^ uint32(run[i])) * 16777619
	}
	return uint16(h>>16) ^ uint16(h)
}
