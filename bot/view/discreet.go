package view

import (
	"github.com/slack-go/slack"

	"innerview/internal/i18n"
)

// told is the box for what touches private life: that the person told it, and that
// it may be noted. It is always there, so that no form is ever drawn anew over
// what was typed.
func told(p *i18n.Printer) *slack.InputBlock {
	return input(inTold, p.T("told.label"), slack.NewCheckboxGroupsBlockElement(inTold, option("yes", p.T("told.tick"))), true)
}

func readTold(s *slack.ViewState) bool { return len(field(s, inTold).SelectedOptions) > 0 }

// because begins a form that holds what was typed before and was not kept.
func because(why string) []slack.Block {
	if why == "" {
		return nil
	}
	return []slack.Block{section(why), slack.NewDividerBlock()}
}
