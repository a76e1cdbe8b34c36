package view_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/rapport"
)

// form is an open modal: what Slack would send if it were submitted as it is.
type form struct {
	t      *testing.T
	inputs map[string]*slack.InputBlock // by label
	state  *slack.ViewState
}

// open fills a modal's inputs with what they begin with.
func open(t *testing.T, m slack.ModalViewRequest) form {
	t.Helper()
	f := form{t, map[string]*slack.InputBlock{}, &slack.ViewState{Values: map[string]map[string]slack.BlockAction{}}}
	for _, b := range m.Blocks.BlockSet {
		in, ok := b.(*slack.InputBlock)
		if !ok {
			continue
		}
		f.inputs[in.Label.Text] = in
		id, entered := initial(t, in.Element)
		f.state.Values[in.BlockID] = map[string]slack.BlockAction{id: entered}
	}
	return f
}

// initial returns an input's id, and what it holds when nothing is done to it.
func initial(t *testing.T, element slack.BlockElement) (string, slack.BlockAction) {
	t.Helper()
	switch e := element.(type) {
	case *slack.PlainTextInputBlockElement:
		return e.ActionID, slack.BlockAction{Value: e.InitialValue}
	case *slack.DatePickerBlockElement:
		return e.ActionID, slack.BlockAction{SelectedDate: e.InitialDate}
	case *slack.TimePickerBlockElement:
		return e.ActionID, slack.BlockAction{SelectedTime: e.InitialTime}
	case *slack.SelectBlockElement:
		return e.ActionID, slack.BlockAction{SelectedOption: chosen(e.InitialOption)}
	case *slack.RadioButtonsBlockElement:
		return e.ActionID, slack.BlockAction{SelectedOption: chosen(e.InitialOption)}
	case *slack.CheckboxGroupsBlockElement:
		var all []slack.OptionBlockObject
		for _, o := range e.InitialOptions {
			all = append(all, *o)
		}
		return e.ActionID, slack.BlockAction{SelectedOptions: all}
	}
	t.Fatalf("an input of the unknown type %T", element)
	return "", slack.BlockAction{}
}

func chosen(o *slack.OptionBlockObject) slack.OptionBlockObject {
	if o == nil {
		return slack.OptionBlockObject{}
	}
	return *o
}

// change puts something else into the input with a label.
func (f form) change(label string, to func(*slack.BlockAction)) {
	f.t.Helper()
	in, ok := f.inputs[label]
	if !ok {
		f.t.Fatalf("no input is labelled %q", label)
	}
	for id, entered := range f.state.Values[in.BlockID] {
		to(&entered)
		f.state.Values[in.BlockID][id] = entered
	}
}

// enter types a text, or picks a day or a time.
func (f form) enter(label, text string) {
	f.t.Helper()
	f.change(label, func(a *slack.BlockAction) {
		switch f.inputs[label].Element.(type) {
		case *slack.DatePickerBlockElement:
			a.SelectedDate = text
		case *slack.TimePickerBlockElement:
			a.SelectedTime = text
		case *slack.PlainTextInputBlockElement:
			a.Value = text
		default:
			f.t.Fatalf("nothing can be typed into %q", label)
		}
	})
}

// pick chooses the options with the texts.
func (f form) pick(label string, texts ...string) {
	f.t.Helper()
	f.change(label, func(a *slack.BlockAction) {
		*a = slack.BlockAction{}
		for _, text := range texts {
			o := f.option(label, text)
			a.SelectedOption = o
			a.SelectedOptions = append(a.SelectedOptions, o)
		}
	})
}

func (f form) option(label, text string) slack.OptionBlockObject {
	f.t.Helper()
	var offered []*slack.OptionBlockObject
	switch e := f.inputs[label].Element.(type) {
	case *slack.SelectBlockElement:
		offered = e.Options
	case *slack.RadioButtonsBlockElement:
		offered = e.Options
	case *slack.CheckboxGroupsBlockElement:
		offered = e.Options
	}
	for _, o := range offered {
		if o.Text.Text == text {
			return *o
		}
	}
	f.t.Fatalf("%q does not offer %q", label, text)
	return slack.OptionBlockObject{}
}

// forge sends an option that the modal never offered.
func (f form) forge(label, value string) {
	f.t.Helper()
	f.change(label, func(a *slack.BlockAction) {
		o := slack.OptionBlockObject{Value: value}
		*a = slack.BlockAction{SelectedOption: o, SelectedOptions: []slack.OptionBlockObject{o}}
	})
}

// refusal is what a decoder answers to what it does not take.
type refusal struct {
	Key, Field string
	Args       map[string]any
}

// refused checks that a decoder's error is the refusal, and that its field is an
// input of the form: a sentence under no input is never seen.
func (f form) refused(err error, want refusal) {
	f.t.Helper()
	var got *rapport.Error
	if !errors.As(err, &got) {
		f.t.Fatalf("the error is %v, want %v", err, want)
	}
	if diff := cmp.Diff(want, refusal{got.Key, got.Field, got.Args}); diff != "" || got.Kind != rapport.Invalid {
		f.t.Errorf("the error is of kind %q, and differs (-want +got):\n%s", got.Kind, diff)
	}
	if _, ok := f.state.Values[view.FieldBlock(got.Field)]; !ok {
		f.t.Errorf("the field %q is shown under %q, which is no input of the form", got.Field, view.FieldBlock(got.Field))
	}
}
