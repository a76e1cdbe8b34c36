// Package view builds what Innerview shows in Slack, and reads what people enter
// there. Every builder is a pure function: words and data in, Block Kit out. It
// knows no store, no clock and no client.
//
// Ids that travel through Slack stand in ids.go; button values and
// private_metadata carry opaque row ids only, never content and never authority.
// The reader of a view stands below its builder.
package view
