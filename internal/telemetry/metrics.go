package telemetry

import (
	"math"
	"slices"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"innerview/rapport"
)

// other stands for a word outside a label's closed set, so that no mistake of a
// caller can make a series out of an id.
const other = "other"

// groupOf is of how many leaders a count has to be: a count of fewer would tell what
// one of them does.
const groupOf = 5

// Metrics count what the program does. They live in a registry of their own and
// are safe for concurrent use. What leaders do is counted only while there are
// at least five of them; see [Metrics.Leaders].
type Metrics struct {
	registry *prometheus.Registry
	leaders  atomic.Int64

	messages         *prometheus.CounterVec
	payloads         *prometheus.CounterVec
	payloadSeconds   prometheus.Histogram
	heartbeats       *prometheus.CounterVec
	heartbeatSeconds prometheus.Histogram
	socket           prometheus.Gauge
	due              prometheus.Gauge
}

// NewMetrics returns metrics that all stand at nothing, beside those of the
// process and of Go.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		messages: counters("messages_settled_total", "Messages settled, by kind and state.", "kind", "state"),
		payloads: counters("payloads_handled_total", "Payloads from Slack handled, by type and result.", "type", "result"),
		payloadSeconds: histogram("payload_seconds", "How long payloads took to handle.",
			.005, .01, .025, .05, .1, .25, .5, 1, 2, 3),
		heartbeats: counters("heartbeats_total", "Heartbeats run, by result.", "result"),
		heartbeatSeconds: histogram("heartbeat_seconds", "How long heartbeats took.",
			.01, .05, .1, .5, 1, 5, 15, 60, 300),
		socket: gauge("socket_connected", "1 while the socket to Slack is up."),
		due:    gauge("due_pairs", "Pairs that were due at the last heartbeat; NaN with fewer than 5 leaders."),
	}
	m.registry.MustRegister(
		m.messages, m.payloads, m.payloadSeconds, m.heartbeats, m.heartbeatSeconds, m.socket, m.due,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	m.begin()
	return m
}

// begin lets the series that an alert would watch exist from the start.
func (m *Metrics) begin() {
	m.due.Set(math.NaN())
	for _, kind := range messageKinds() {
		for _, state := range messageStates() {
			m.messages.WithLabelValues(kind, state)
		}
	}
	for _, result := range heartbeatResults() {
		m.heartbeats.WithLabelValues(result)
	}
}

// Leaders notes how many leaders there are. With fewer than five, and before this
// is called, only what went wrong is counted, under the kind or type "other".
func (m *Metrics) Leaders(n int) { m.leaders.Store(int64(n)) }

// few reports whether a count would tell what somebody does.
func (m *Metrics) few() bool { return m.leaders.Load() < groupOf }

// MessageSettled counts a message that reached its last state.
func (m *Metrics) MessageSettled(kind, state string) {
	if m.few() {
		if state == string(rapport.StateSent) {
			return
		}
		kind = other
	}
	m.messages.WithLabelValues(closed(kind, messageKinds()), closed(state, messageStates())).Inc()
}

// PayloadHandled counts a payload from Slack and how long it took.
func (m *Metrics) PayloadHandled(kind, result string, took time.Duration) {
	if m.few() {
		if result == "internal" || result == string(rapport.Unavailable) {
			m.payloads.WithLabelValues(other, result).Inc()
		}
		return
	}
	m.payloads.WithLabelValues(closed(kind, payloadTypes()), closed(result, payloadResults())).Inc()
	m.payloadSeconds.Observe(took.Seconds())
}

// HeartbeatDone counts a heartbeat, how long it took and how many pairs it found
// due.
func (m *Metrics) HeartbeatDone(result string, took time.Duration, due int) {
	m.heartbeats.WithLabelValues(closed(result, heartbeatResults())).Inc()
	m.heartbeatSeconds.Observe(took.Seconds())
	if m.few() {
		m.due.Set(math.NaN())
		return
	}
	m.due.Set(float64(due))
}

// SocketConnected notes whether the socket to Slack is up.
func (m *Metrics) SocketConnected(connected bool) {
	if connected {
		m.socket.Set(1)
		return
	}
	m.socket.Set(0)
}

func messageKinds() []string {
	return words(rapport.KindNudge, rapport.KindThanks, rapport.KindHello,
		rapport.KindWelcomeBack, rapport.KindReminder, rapport.KindFollowUp)
}

func messageStates() []string {
	return words(rapport.StateSent, rapport.StateFailed, rapport.StateUnsure)
}

func payloadTypes() []string { return []string{"command", "action", "modal", "event"} }

func payloadResults() []string {
	kinds := words(rapport.Invalid, rapport.NotFound, rapport.Forbidden, rapport.Conflict, rapport.Unavailable)
	return append(kinds, "ok", "internal")
}

func heartbeatResults() []string { return []string{"ok", "error"} }

func words[T ~string](values ...T) []string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	return texts
}

func closed(word string, set []string) string {
	if slices.Contains(set, word) {
		return word
	}
	return other
}

const namespace = "innerview"

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

func histogram(name, help string, buckets ...float64) prometheus.Histogram {
	return prometheus.NewHistogram(prometheus.HistogramOpts{
		Namespace: namespace, Name: name, Help: help, Buckets: buckets,
	})
}

func gauge(name, help string) prometheus.Gauge {
	return prometheus.NewGauge(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help})
}
