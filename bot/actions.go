package bot

import (
	"context"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/rapport"
)

// press is what somebody pressed or picked.
type press struct {
	variant string // what follows the action in its id
	value   string // the button's value, or the chosen option's
	user    string // the user picked
	ref     view.Ref
}

// actionHandlers has one handler for every action in package view.
func (b *Bot) actionHandlers() map[view.Action]func(context.Context, *request, press) (reply, error) {
	return map[view.Action]func(context.Context, *request, press) (reply, error){
		view.ActTalked:    b.actTalked,
		view.ActBack:      b.actBack,
		view.ActOutcome:   b.actOutcome,
		view.ActDetails:   b.actDetails,
		view.ActAnother:   b.actAnother,
		view.ActLighter:   b.actLighter,
		view.ActCoffee:    b.actCoffee,
		view.ActOwn:       b.actOwn,
		view.ActWelcome:   func(ctx context.Context, r *request, _ press) (reply, error) { return b.openWelcome(ctx, r) },
		view.ActCallOff:   b.actCallOff,
		view.ActPass:      b.actPass,
		view.ActIntent:    b.actIntent,
		view.ActNote:      b.actNote,
		view.ActSettings:  func(ctx context.Context, r *request, _ press) (reply, error) { return b.openSettings(ctx, r) },
		view.ActPause:     b.actPause,
		view.ActResume:    func(ctx context.Context, r *request, _ press) (reply, error) { return b.resume(ctx, r) },
		view.ActConfirm:   b.actConfirm,
		view.ActShow:      b.actShow,
		view.ActAddPerson: func(ctx context.Context, r *request, p press) (reply, error) { return b.add(ctx, r, p.user) },
		view.ActMenu:      b.actMenu,
		view.ActHomePage:  b.actHomePage,
		view.ActPassWeek:  b.actPassWeek,
		view.ActWake:      b.actWake,
		view.ActWeek:      func(ctx context.Context, r *request, _ press) (reply, error) { return b.cmdDigest(ctx, r, args{}) },
		view.ActPerson:    b.actPerson,
		view.ActHelp:      func(ctx context.Context, r *request, _ press) (reply, error) { return b.cmdHelp(ctx, r, args{}) },
		view.ActPrivacy:   func(ctx context.Context, r *request, _ press) (reply, error) { return b.cmdPrivacy(ctx, r, args{}) },

		view.ActPromise:     b.actPromise,
		view.ActPromises:    func(ctx context.Context, r *request, _ press) (reply, error) { return b.openPromises(ctx, r) },
		view.ActKeepLight:   b.actKeepLight,
		view.ActPutRight:    b.actPutRight,
		view.ActBrief:       b.actBrief,
		view.ActTalkMenu:    b.actTalkMenu,
		view.ActNoteMenu:    b.actNoteMenu,
		view.ActPromiseMenu: b.actPromiseMenu,
		view.ActKept:        b.actKept,
		view.ActWithdraw:    b.actWithdraw,
		view.ActDropCommon:  b.actDropCommon,
		view.ActDropTag:     b.actDropTag,
		view.ActMe:          func(ctx context.Context, r *request, _ press) (reply, error) { return b.openMe(ctx, r) },
		view.ActMePage:      b.actMePage,
		view.ActMeRemove:    b.actMeRemove,
		view.ActMeTopics:    func(ctx context.Context, r *request, _ press) (reply, error) { return b.openTopics(ctx, r) },
		view.ActMeRest:      b.actMeRest,
		view.ActMeRestEnd:   b.actMeRestEnd,
		view.ActMeOut:       b.actMeOut,
		view.ActMeBack:      b.actMeBack,
		view.ActMeErase:     b.actMeErase,
		view.ActMeWord:      b.actMeWord,
	}
}

func (b *Bot) runAction(ctx context.Context, r *request, a *slack.BlockAction) (reply, error) {
	action, variant := view.ParseAction(a.ActionID)
	run, ok := b.actionHandlers()[action]
	if !ok {
		return reply{}, fmt.Errorf("no handler for an action")
	}
	p := press{variant: variant, value: a.Value, user: a.SelectedUser}
	if p.value == "" {
		p.value = a.SelectedOption.Value
	}
	p.ref = view.ParseRef(p.value)
	out, err := run(ctx, r, p)
	return b.unlessSteppedOut(ctx, r, p.value, out, err)
}

// about returns the pair a control is about, and its offer if it has one.
func (b *Bot) about(ctx context.Context, r *request, ref view.Ref) (rapport.Pair, rapport.Offer, error) {
	if ref.Offer != "" {
		offer, pair, err := b.offered(ctx, r, ref.Offer)
		return pair, offer, err
	}
	pair, _, err := b.aboutPlan(ctx, r, ref)
	if err != nil || ref.Plan == "" {
		return pair, rapport.Offer{}, err
	}
	offer, err := b.lastOffer(ctx, r, pair)
	return pair, offer, err
}

// aboutPlan returns the pair a control is about, and the day of the talk: that
// of the coffee it asks after, else today.
func (b *Bot) aboutPlan(ctx context.Context, r *request, ref view.Ref) (rapport.Pair, rapport.Date, error) {
	id, on := ref.Pair, r.today
	if ref.Plan != "" {
		plan, err := b.store.Plan(ctx, r.scope, ref.Plan)
		if err != nil {
			return rapport.Pair{}, on, fmt.Errorf("read a plan: %w", err)
		}
		id, on = plan.Pair, rapport.DateOf(plan.At.In(r.local.Location()))
	}
	pair, err := b.store.PairByID(ctx, r.scope, id)
	if err != nil {
		return rapport.Pair{}, on, fmt.Errorf("read a pair: %w", err)
	}
	return pair, on, nil
}

// actTalked shows the five outcomes in place of the buttons.
func (b *Bot) actTalked(ctx context.Context, r *request, p press) (reply, error) {
	offer, pair, err := b.offered(ctx, r, p.ref.Offer)
	if err != nil {
		return reply{}, err
	}
	if offer.State != rapport.OfferShown {
		return reply{}, &rapport.Error{Kind: rapport.Conflict, Key: "error.already_answered"}
	}
	c, err := b.cardFor(ctx, r, pair, offer)
	if err != nil {
		return reply{}, err
	}
	return replace(view.AskOutcome(r.p, c))
}

func (b *Bot) actBack(ctx context.Context, r *request, p press) (reply, error) {
	offer, pair, err := b.offered(ctx, r, p.ref.Offer)
	if err != nil {
		return reply{}, err
	}
	m, err := b.card(ctx, r, pair, offer)
	if err != nil {
		return reply{}, err
	}
	return replace(m)
}

func (b *Bot) actAnother(ctx context.Context, r *request, p press) (reply, error) {
	return b.swap(ctx, r, p.ref.Offer, false)
}

func (b *Bot) actLighter(ctx context.Context, r *request, p press) (reply, error) {
	return b.swap(ctx, r, p.ref.Offer, true)
}

// actPass is "not this week": the person comes up again in seven days.
func (b *Bot) actPass(ctx context.Context, r *request, p press) (reply, error) {
	offer, pair, err := b.offered(ctx, r, p.ref.Offer)
	if err != nil {
		return reply{}, err
	}
	next := r.today.AddDays(rapport.AfterNudge)
	if err := b.store.PassOffer(ctx, r.scope, offer.ID, next, r.key); err != nil {
		return reply{}, fmt.Errorf("pass an offer: %w", err)
	}
	out, err := replace(view.Settled(r.p, view.Done{Person: pair.Person, Warm: r.p.T("pass.done")}))
	out.also = b.elsewhere(ctx, r, offer)
	return out, err
}

// actIntent answers the question before the first values starter. Who needs
// information gets a light starter instead: a meeting is kinder for the rest.
func (b *Bot) actIntent(ctx context.Context, r *request, p press) (reply, error) {
	if view.Intent(p.variant) == view.IntentInformation {
		out, err := b.swap(ctx, r, p.ref.Offer, true)
		if err == nil {
			m := view.WithLead(*out.replace, r.p.T("intent.meeting"))
			out.replace = &m
		}
		return out, err
	}
	offer, pair, err := b.offered(ctx, r, p.ref.Offer)
	if err == nil {
		err = b.mayOffer(ctx, r, pair) // the starter has not been seen yet
	}
	if err != nil {
		return reply{}, err
	}
	past, err := b.store.Past(ctx, b.workspace, pair, r.today)
	if err != nil {
		return reply{}, fmt.Errorf("read the past of a pair: %w", err)
	}
	gone := slices.Contains(past.Blocked, offer.Topic)
	key := r.key
	if gone { // the swap is what happens once
		key = ""
	}
	if err := b.store.SetIntent(ctx, r.scope, pair.ID, r.today, key); err != nil {
		return reply{}, fmt.Errorf("save the intent: %w", err)
	}
	if gone {
		return b.swap(ctx, r, offer.ID, false)
	}
	pair.IntentOn = r.today
	m, err := b.card(ctx, r, pair, offer)
	if err != nil {
		return reply{}, err
	}
	return replace(m)
}

func (b *Bot) actPause(ctx context.Context, r *request, _ press) (reply, error) {
	return b.pause(ctx, r, rapport.Date{})
}

func (b *Bot) actConfirm(ctx context.Context, r *request, _ press) (reply, error) {
	if err := b.mayLead(r); err != nil {
		return reply{}, err
	}
	if err := b.store.ConfirmLeader(ctx, r.scope, r.key); err != nil {
		return reply{}, fmt.Errorf("confirm a leader: %w", err)
	}
	m := view.Say(r.p, r.p.T("confirm.done"))
	if r.channel == "" { // on Home, which is drawn anew
		return reply{say: &m, home: true}, nil
	}
	return replace(m)
}

func (b *Bot) actShow(ctx context.Context, r *request, p press) (reply, error) {
	pair, _, err := b.about(ctx, r, p.ref)
	if err != nil {
		return reply{}, err
	}
	return b.showStarter(ctx, r, pair)
}

// actMenu runs the choice of a person's menu on Home.
func (b *Bot) actMenu(ctx context.Context, r *request, p press) (reply, error) {
	item, ref := view.ParseMenu(p.value)
	p.ref = ref
	switch item {
	case view.MenuCoffee:
		return b.actCoffee(ctx, r, p)
	case view.MenuNote:
		return b.actNote(ctx, r, p)
	case view.MenuPromise:
		return b.actPromise(ctx, r, p)
	}
	pair, _, err := b.about(ctx, r, ref)
	if err != nil {
		return reply{}, err
	}
	switch item {
	case view.MenuSnooze:
		return b.snooze(ctx, r, pair, r.today.AddDays(snoozeDays))
	case view.MenuEnd:
		return b.end(ctx, r, pair.Person)
	}
	return reply{}, noSuchItem()
}

func (b *Bot) actHomePage(ctx context.Context, r *request, p press) (reply, error) {
	return reply{}, b.publish(ctx, r, view.ParsePage(p.value))
}
