// Package rapport is the domain of Innerview: a leader, the people they lead,
// and how far each two of them have come in knowing one another.
//
// Everything here is a plain value or a pure function over one. Nothing knows
// of Slack, of a database or of a clock: time arrives as an argument, and days
// are civil days in the leader's own calendar ([Date]). All other packages may
// import rapport; rapport imports only the standard library.
//
// The rules come from docs/method.md. The heart of them is [Pace], the machine
// that decides how deep a conversation starter may go.
package rapport
