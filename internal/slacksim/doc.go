// Package slacksim is a small, strict Slack on loopback: the part of Slack a bot in direct messages
// meets, kept in memory, with none of Slack's patience.
//
// It is a server, not a fake client. The real client library talks to it over HTTP and a WebSocket, so
// what is tested includes its encoding, its reconnecting and its reading of errors. Three kinds of code
// use it: end-to-end tests (through the package slacksimtest), the program's demo, where it is the Slack
// of a seeded workspace and shows itself on a web page, and the golden checks of every view the bot
// builds ([CheckMessage] and [CheckView]).
//
// A tour, in reading order:
//
//   - sim.go and options.go: [Sim], what it is made with, what it serves.
//   - state.go, user.go, message.go, view.go: what the workspace holds.
//   - api*.go: the Web API. Each method knows its documented arguments; anything else is refused.
//   - socket.go, deliver.go, events.go: Socket Mode, one envelope to one connection, acknowledged once and
//     in time; events come again when they are not.
//   - act*.go: what a person does: type the command, press a button, fill in a form.
//   - reply_url.go, trigger.go: what the app may do for a while because of it.
//   - check*.go: the limits of Block Kit, as pure functions.
//   - fault.go: what a network and a busy Slack do to a client.
//   - page*.go: the JSON for the web page.
//
// Strictness has a memory: whatever shows a mistake in the client, and not merely a state of the
// workspace, is kept as a [Breach], which a test reads at its end.
package slacksim
