package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/rapport"
)

// request is one verified payload and the person behind it.
type request struct {
	scope   rapport.Scope
	profile rapport.Profile
	learnt  bool           // profile comes from Slack and is still to be kept
	leader  rapport.Leader // the zero Leader for somebody who is none
	p       *i18n.Printer
	local   time.Time // now, in the actor's zone
	today   rapport.Date

	key      string // dedupe key: the same payload again has no second effect
	trigger  string
	response string // response_url, "" for none
	channel  string // of the message that was acted on, "" for none
	ts       string
	fleeting bool // that message is ephemeral
	state    *slack.ViewState
	modal    view.Callback // of the modal that was acted in, "" for none
	modalID  string        // its id
	root     string        // id of the modal at the bottom of its stack
	beneath  string        // id of the modal under the one that was submitted, "" for none
	page     int           // that the modal showed
	held     view.Ref      // what the modal that was acted in, or submitted, is about
}

// over marks the ref of a modal that is going to lie over the brief.
func (r *request) over(ref view.Ref) view.Ref {
	ref.Brief = r.modal == view.ModalBrief
	return ref
}

// reply is what a handler wants said. The zero reply says nothing.
type reply struct {
	say     *view.Message           // to the actor alone
	replace *view.Message           // in place of the message that was acted on
	replied *posted                 // replace goes there instead
	also    *posted                 // a card stands there too, and is drawn anew
	other   *view.Message           // as this, where it is not alike
	cards   []posted                // more cards stand there, and are drawn anew
	card    *view.Message           // as this
	said    bool                    // say has gone out with the acknowledgement
	errors  map[string]string       // under the inputs of the submitted modal
	view    *slack.ModalViewRequest // in place of the submitted modal
	brief   *briefing               // the brief below has changed
	redo    *slack.ModalViewRequest // in place of the modal that was acted in, or lies beneath
	home    bool                    // App Home has changed
	tell    []string                // that the actor keeps them in mind: Slack ids
}

// posted is where a message of ours stands.
type posted struct{ channel, ts string }

func say(m view.Message) (reply, error) { return reply{say: &m, home: true}, nil }

func replace(m view.Message) (reply, error) { return reply{replace: &m, home: true}, nil }

// who is the identity that a payload carries.
type who struct {
	team, user string
	state      *slack.ViewState // of a submitted modal
}

// identify makes the request of a payload's actor, or refuses them: people of
// other workspaces, guests and bots cannot use Innerview.
func (b *Bot) identify(ctx context.Context, w who) (*request, error) {
	if w.team != b.team || w.user == "" {
		return nil, &rapport.Error{Kind: rapport.Forbidden, Key: "error.stranger"}
	}
	r := &request{scope: rapport.Scope{Workspace: b.workspace, Actor: w.user}, state: w.state}
	var err error
	// It is kept by finish: a database that is busy must not hold up a modal.
	if r.profile, r.learnt, err = b.lookUp(ctx, w.user); err != nil {
		return nil, err
	}
	leader, err := b.store.Leader(ctx, r.scope)
	if err != nil && rapport.KindOf(err) != rapport.NotFound {
		return nil, fmt.Errorf("read the leader: %w", err)
	}
	r.leader = leader
	r.p = b.printer(leader.Language, r.profile)
	r.local = b.o.Now().In(b.zone(r.profile))
	r.today = rapport.DateOf(r.local)
	if r.profile.Bot || r.profile.Guest || r.profile.Gone {
		return r, &rapport.Error{Kind: rapport.Forbidden, Key: "error.guest"}
	}
	return r, nil
}

// speak returns a printer for somebody of whom nothing has been read yet. It
// only reads what is stored.
func (b *Bot) speak(ctx context.Context, user string) *i18n.Printer {
	leader, err := b.store.Leader(ctx, rapport.Scope{Workspace: b.workspace, Actor: user})
	if err == nil {
		return b.printer(leader.Language, leader.Profile)
	}
	known, err := b.store.Members(ctx, b.workspace, []string{user})
	if err != nil {
		return b.printer("", rapport.Profile{})
	}
	return b.printer("", known[user].Profile)
}

// printer speaks the language a person chose, else the operator's, else that of
// their Slack, else English.
func (b *Bot) printer(chosen rapport.Language, p rapport.Profile) *i18n.Printer {
	for _, lang := range []rapport.Language{chosen, b.o.Language, p.Language} {
		if lang != "" {
			return b.catalog.Printer(lang)
		}
	}
	return b.catalog.Printer(rapport.English)
}

func (b *Bot) zone(p rapport.Profile) *time.Location {
	if loc, err := time.LoadLocation(p.Zone); err == nil && p.Zone != "" {
		return loc
	}
	return b.o.Zone
}
