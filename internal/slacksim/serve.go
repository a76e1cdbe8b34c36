package slacksim

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Serve serves the simulator on the listener until ctx ends, and closes it. It sets the base URL.
func (s *Sim) Serve(ctx context.Context, l net.Listener) error {
	s.SetBaseURL("http://" + l.Addr().String())
	requests, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	server := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return requests },
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case err := <-served:
		s.Close()
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.Close()
	// Calls still being served get a moment; then their context ends with them.
	grace, stop := context.WithTimeout(requests, 2*time.Second)
	defer stop()
	err := server.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	<-served
	return err
}
