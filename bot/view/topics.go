package view

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// TopicGroup is the topics of one theme, under its heading.
type TopicGroup struct {
	Theme  Theme
	Topics []string
}

// TopicsForm is what [TopicsModal] offers, and what was chosen before.
type TopicsForm struct {
	Groups           []TopicGroup
	Welcome, Blocked []string
}

// TopicsModal asks which topics are welcome and which are to be left alone.
func TopicsModal(p *i18n.Printer, f TopicsForm) slack.ModalViewRequest {
	return modal(ModalTopics, "", p.T("topics.title"), p.T("button.save"), p.T("button.back"),
		section(p.T("topics.text")),
		input(inBlocked, p.T("topics.blocked"), topicSelect(p, inBlocked, p.T("topics.pick_blocked"), f, f.Blocked), true),
		input(inWelcome, p.T("topics.welcome"), topicSelect(p, inWelcome, p.T("topics.pick_welcome"), f, f.Welcome), true),
	)
}

// ReadTopics reads the state of a submitted [TopicsModal].
func ReadTopics(s *slack.ViewState) (welcome, blocked []string, err error) {
	welcome, blocked = chosen(s, inWelcome), chosen(s, inBlocked)
	for _, topic := range welcome {
		if slices.Contains(blocked, topic) {
			return nil, nil, &rapport.Error{Kind: rapport.Invalid, Key: "error.topic_twice", Field: "welcome"}
		}
	}
	return welcome, blocked, nil
}

// TopicName returns what people call a topic. One from an operator's own pack has
// no name but its slug.
func TopicName(p *i18n.Printer, topic string) string {
	if key := "topic." + topic; p.Has(key) {
		return p.T("topic." + topic)
	}
	return strings.ReplaceAll(topic, "_", " ")
}

// namedTopics is how many topics a sentence names.
const namedTopics = 40

// TopicNames puts topics into a list of words.
func TopicNames(p *i18n.Printer, topics []string) string {
	var names []string
	for _, topic := range topics[:min(len(topics), namedTopics)] {
		names = append(names, TopicName(p, topic))
	}
	list := strings.Join(names, p.T("me.sep"))
	if more := len(topics) - namedTopics; more > 0 {
		list += p.N("topics.more", more)
	}
	return list
}

// TopicsSaved says what was chosen, in numbers.
func TopicsSaved(p *i18n.Printer, welcome, blocked []string) string {
	var parts []string
	if len(blocked) > 0 {
		parts = append(parts, p.N("topics.saved_blocked", len(blocked)))
	}
	if len(welcome) > 0 {
		parts = append(parts, p.N("topics.saved_welcome", len(welcome)))
	}
	if len(parts) == 0 {
		return p.T("topics.saved_none")
	}
	return p.T("topics.saved", "What", strings.Join(parts, p.T("me.sep")))
}

func chosen(s *slack.ViewState, id string) []string {
	var values []string
	for _, o := range field(s, id).SelectedOptions {
		values = append(values, o.Value)
	}
	return values
}

// perGroup is how many options Slack takes in one group.
const perGroup = 100

func topicSelect(p *i18n.Printer, id, placeholder string, f TopicsForm, chosen []string) *slack.MultiSelectBlockElement {
	var groups []*slack.OptionGroupBlockObject
	var initial []*slack.OptionBlockObject
	for _, g := range f.Groups {
		for part := range slices.Chunk(g.Topics, perGroup) {
			var options []*slack.OptionBlockObject
			for _, topic := range part {
				o := option(topic, TopicName(p, topic))
				if options = append(options, o); slices.Contains(chosen, topic) {
					initial = append(initial, o)
				}
			}
			groups = append(groups, slack.NewOptionGroupBlockElement(plain(p.T("topics.theme."+string(g.Theme))), options...))
		}
	}
	e := slack.NewOptionsGroupMultiSelectBlockElement(slack.MultiOptTypeStatic, plain(placeholder), id, groups...)
	return e.WithInitialOptions(initial...)
}
