package slacksim

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	// maxSockets is how many connections an app may hold.
	maxSockets = 10
	// maxAck is the size from which an acknowledgement is dropped without a word.
	maxAck = 20 * 1024
	// writeWithin bounds a write to a client that does not read.
	writeWithin = 5 * time.Second
)

// socket is one Socket Mode connection.
type socket struct {
	ws    *websocket.Conn
	gone  chan struct{} // closed when the connection has ended
	ready bool          // greeted and not being replaced; guarded by Sim.mu
	turn  sync.Mutex    // one writer at a time
}

func (c *socket) send(v any) error {
	c.turn.Lock()
	defer c.turn.Unlock()
	return c.write(v)
}

// write needs the turn.
func (c *socket) write(v any) error {
	_ = c.ws.SetWriteDeadline(time.Now().Add(writeWithin))
	return c.ws.WriteJSON(v)
}

// cut ends the connection without a closing handshake, as a network does.
func (c *socket) cut() { _ = c.ws.Close() }

func (s *Sim) serveSocket(w http.ResponseWriter, r *http.Request) {
	if !s.redeem(r.PathValue("ticket")) {
		http.Error(w, "this URL does not work any more", http.StatusForbidden)
		return
	}
	// Clients send an Origin of Slack's; whoever has the ticket may come in.
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		s.log.Warn("socket not upgraded", slog.Any("error", err))
		return
	}
	c := &socket{ws: ws, gone: make(chan struct{})}
	defer c.cut()
	if !s.greet(c) {
		return
	}
	go s.ping(c)
	s.listen(c)
	s.forget(c)
}

// redeem uses a ticket up.
func (s *Sim) redeem(ticket string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	expires, ok := s.st.Tickets[ticket]
	if s.st.UsedUp[ticket] {
		s.breach("apps.connections.open", "url_used_twice", "a socket URL works once")
	}
	if ok {
		delete(s.st.Tickets, ticket)
		s.st.UsedUp[ticket] = true
	}
	return ok && !s.opt.Now().After(expires) && !s.st.LinkOff
}

// greet says hello, or why not. The socket counts from then on; whatever is sent to it waits for the
// greeting to be written.
func (s *Sim) greet(c *socket) bool {
	c.turn.Lock()
	defer c.turn.Unlock()
	count, admitted := s.admitSocket(c)
	if !admitted {
		_ = c.write(disconnect("too_many_websockets"))
		return false
	}
	err := c.write(map[string]any{
		"type": "hello", "num_connections": count,
		"connection_info": map[string]any{"app_id": AppID},
		"debug_info": map[string]any{
			"host": "slacksim", "build_number": 1, "approximate_connection_time": 18060,
		},
	})
	if err != nil {
		c.cut() // the reader notices
	}
	return true
}

func (s *Sim) admitSocket(c *socket) (count int, admitted bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	count = len(s.sockets) + 1
	if count > maxSockets || s.life.Err() != nil {
		return count, false
	}
	c.ready = true
	s.sockets = append(s.sockets, c)
	s.touch()
	return count, true
}

func disconnect(reason string) map[string]any {
	return map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "slacksim"}}
}

// ping keeps the client from thinking that the connection is dead.
func (s *Sim) ping(c *socket) {
	ticker := time.NewTicker(s.opt.PingEvery)
	defer ticker.Stop()
	for {
		// Control frames may be written beside other frames.
		err := c.ws.WriteControl(websocket.PingMessage, []byte("slacksim"), time.Now().Add(writeWithin))
		if err != nil {
			c.cut()
		}
		select {
		case <-ticker.C:
		case <-c.gone:
			return
		}
	}
}

// listen reads acknowledgements until the connection ends.
func (s *Sim) listen(c *socket) {
	for {
		_, frame, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		s.read(frame)
	}
}

func (s *Sim) read(frame []byte) {
	var ack struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(frame) >= maxAck {
		s.breach("socket", "ack_too_large", "%d bytes; from %d an acknowledgement is dropped", len(frame), maxAck)
		return
	}
	if err := json.Unmarshal(frame, &ack); err != nil || ack.EnvelopeID == "" {
		s.breach("socket", "not_an_ack", "the frame names no envelope")
		return
	}
	s.acknowledge(ack.EnvelopeID, ack.Payload)
}

// forget takes an ended connection away. Events it carried are lost and will be sent again; what a
// person waits for may still be acknowledged on another connection.
func (s *Sim) forget(c *socket) {
	close(c.gone)
	s.mu.Lock()
	defer s.mu.Unlock()
	c.ready = false
	s.sockets = slices.DeleteFunc(s.sockets, func(o *socket) bool { return o == c })
	for _, d := range s.awaiting {
		if d.to == c {
			s.lose(d)
		}
	}
	s.touch()
}

func (s *Sim) socketCount() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.readySockets())
}

func (s *Sim) readySockets() []*socket {
	return slices.DeleteFunc(slices.Clone(s.sockets), func(c *socket) bool { return !c.ready })
}

// DropSockets cuts every connection without a warning.
func (s *Sim) DropSockets() {
	s.mu.Lock()
	sockets := slices.Clone(s.sockets)
	s.mu.Unlock()
	for _, c := range sockets {
		c.cut()
		<-c.gone
	}
}

// RefreshSockets asks every client to connect anew, as Slack does every few hours. The old connections
// get no payloads any more.
func (s *Sim) RefreshSockets() { s.dismiss("refresh_requested") }

// WarnSockets warns every client that its connection ends soon; Slack does so about ten seconds before.
func (s *Sim) WarnSockets() { s.dismiss("warning") }

// DisableLink switches Socket Mode off, as an administrator can: clients are told, cut, and get no new
// URL until [Sim.EnableLink].
func (s *Sim) DisableLink() {
	s.setLink(false)
	s.dismiss("link_disabled")
	s.DropSockets()
}

// EnableLink switches Socket Mode on again.
func (s *Sim) EnableLink() { s.setLink(true) }

func (s *Sim) setLink(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.st.LinkOff = !on
}

func (s *Sim) dismiss(reason string) {
	s.mu.Lock()
	sockets := slices.Clone(s.sockets)
	for _, c := range sockets {
		c.ready = false
	}
	s.touch()
	s.mu.Unlock()
	for _, c := range sockets {
		if err := c.send(disconnect(reason)); err != nil {
			c.cut()
		}
	}
}
