// Package scheduler is the heartbeat of Innerview. Every few minutes it asks the
// store whose next date has come, decides for each leader whether this is a good
// moment and about whom, writes the message down, and hands it to a [Deliverer].
//
// cron is only the alarm clock: what is due stands in the database, so a
// restart, an outage or a clock change loses nothing and doubles nothing. A
// message is written under a key that can exist once, in the same transaction
// that moves the pair's next date, and is posted at most once
// (docs/architecture.md, "Delivery").
package scheduler
