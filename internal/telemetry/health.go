package telemetry

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Reason is why the program is not ready, in a word anybody may read. It is an
// error, for a check of readiness to return.
type Reason string

// The reasons. Whatever else a check returns is shown as "other".
const (
	Starting Reason = "starting"
	Stopping Reason = "stopping"
	Database Reason = "database" // cannot be read or written
	Socket   Reason = "socket"   // no connection to Slack
	Schedule Reason = "schedule" // the heartbeat has not run for too long
)

// Error returns the word.
func (r Reason) Error() string { return string(r) }

// patience bounds a check of readiness.
const patience = 2 * time.Second

// Handler answers /healthz while the process is alive, /readyz as ready does,
// and /metrics. The text of an error that is no [Reason] is never shown.
func Handler(ready func(context.Context) error, m *Metrics) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, "ok")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		if err := ready(ctx); err != nil {
			answer(w, http.StatusServiceUnavailable, reasonOf(err))
			return
		}
		answer(w, http.StatusOK, "ok")
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}

func answer(w http.ResponseWriter, status int, word string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	io.WriteString(w, word+"\n")
}

func reasonOf(err error) string {
	var r Reason
	if errors.As(err, &r) && slices.Contains([]Reason{Starting, Stopping, Database, Socket, Schedule}, r) {
		return string(r)
	}
	return other
}
