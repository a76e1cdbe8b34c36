package slacksim

import "time"

// burst is how many messages may go to one channel at once before one a second counts.
const burst = 10

// bucket holds what a channel has left. The zero bucket is full.
type bucket struct {
	spent float64
	at    time.Time
}

// take spends one message and reports whether there was one. The allowance grows back by one a second.
func (b *bucket) take(now time.Time) bool {
	if passed := now.Sub(b.at).Seconds(); passed > 0 {
		b.spent = max(0, b.spent-passed)
		b.at = now
	}
	if b.spent > burst-1 {
		return false
	}
	b.spent++
	return true
}
