// Package telemetry lets an operator see how the program is doing: log lines,
// metrics and health. Nothing leaves the host unless somebody asks for it there.
//
// What people say and who they are stays out of all three. A log line shows only
// values under keys from a fixed list, metric labels are closed sets and never
// ids, and health says its reason in one of a few words.
package telemetry
