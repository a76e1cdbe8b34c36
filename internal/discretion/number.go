package discretion

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// numbers finds numbers that identify a person without a word to say so: My
// Number, and cards of 14 to 16 digits. Their check digits keep order and
// ticket numbers out, most of the time.
func numbers(text string) Finding {
	for run := range strings.FieldsFuncSeq(norm.NFKC.String(text), notInNumber) {
		digits := strings.Map(onlyDigit, run)
		if isMyNumber(digits) || isCard(digits) {
			return Finding{Class: Red, Topic: IDNumber}
		}
	}
	return Finding{}
}

// notInNumber reports whether a number ends here: digits are often written in
// groups, with a blank or a hyphen between them.
func notInNumber(r rune) bool { return !digit(r) && r != ' ' && r != '-' }

func onlyDigit(r rune) rune {
	if digit(r) {
		return r
	}
	return -1
}

// isMyNumber reports whether twelve digits end with the check digit that the
// Japanese law on individual numbers prescribes.
func isMyNumber(digits string) bool {
	if len(digits) != 12 {
		return false
	}
	sum := 0
	for i := range 11 {
		weight := i + 2 // from the right, 2 to 7 and then 2 to 6
		if i >= 6 {
			weight = i - 4
		}
		sum += weight * int(digits[10-i]-'0')
	}
	check := 11 - sum%11
	if check > 9 {
		check = 0
	}
	return check == int(digits[11]-'0')
}

// isCard reports whether the digits are as many as on a payment card and pass
// Luhn's check.
func isCard(digits string) bool {
	if len(digits) < 14 || len(digits) > 16 {
		return false
	}
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}
