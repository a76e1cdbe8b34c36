// Package calendar knows on which days and at which hours a leader may be
// written to: national holidays, the company's own days off, quiet days around
// them, office hours and lunch.
//
// It is pure: a day or a moment comes in as an argument, and a [Calendar] never
// changes once made. An [Atlas] holds one for each country. Holidays come from
// github.com/rickar/cal; what that data lacks for Japan (the day between two
// holidays, substitutes that move past a holiday, the closed days around the new
// year) is added here by rule.
package calendar
