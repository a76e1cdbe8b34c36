// Package bot is Innerview in Slack: what comes in (commands, buttons, modals,
// Home) and what goes out.
//
// There are three layers, each short. The router (router.go) takes a payload,
// finds out who acts, calls one handler and answers Slack in time. A handler
// (cmd_*.go, act_*.go, modal_*.go) reads what was asked, changes the store in
// one transaction and returns a [reply]. The views (package view) turn that into
// Block Kit. Only the router talks back to Slack, with one exception that Slack's
// three seconds ask for: a modal is opened by its handler.
package bot
