package slacksim

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// typed turns what a person typed after a command into what the app gets when should_escape is on:
// mentions and links become tokens, and & < > are escaped.
func (s *Sim) typed(text string) string {
	var out strings.Builder
	before := ' '
	for text != "" {
		token, n := "", 0
		if !unicode.IsLetter(before) && !unicode.IsDigit(before) {
			token, n = s.token(text)
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(text)
			token = escapeText(text[:n])
		}
		out.WriteString(token)
		before, _ = utf8.DecodeLastRuneInString(text[:n])
		text = text[n:]
	}
	return out.String()
}

// token reads a mention, a channel or a link at the beginning of text: what is sent for it, and how many
// bytes of the text it takes; zero bytes if there is none.
func (s *Sim) token(text string) (string, int) {
	switch {
	case strings.HasPrefix(text, "@"):
		return s.mention(text)
	case strings.HasPrefix(text, "#general"):
		return "<#" + CommandChannel + "|general>", len("#general")
	case strings.HasPrefix(text, "http://"), strings.HasPrefix(text, "https://"):
		link := text
		if end := strings.IndexFunc(text, unicode.IsSpace); end >= 0 {
			link = text[:end]
		}
		return "<" + escapeText(link) + ">", len(link)
	}
	return "", 0
}

// mention reads @name, the longest name first, by handle, display name or full name.
func (s *Sim) mention(text string) (string, int) {
	rest := text[1:]
	for _, all := range []string{"channel", "here", "everyone"} {
		if beginsWithName(rest, all) {
			return "<!" + all + ">", 1 + len(all)
		}
	}
	var who User
	longest := ""
	for _, u := range s.directory() {
		for _, name := range []string{u.Name, u.DisplayName, u.RealName} {
			if len(name) > len(longest) && beginsWithName(rest, name) {
				who, longest = u, name
			}
		}
	}
	if longest == "" {
		return "", 0
	}
	if s.opt.MentionNames {
		return "<@" + who.ID + "|" + who.Name + ">", 1 + len(longest)
	}
	return "<@" + who.ID + ">", 1 + len(longest)
}

// beginsWithName reports whether text begins with the name, and, for names of Latin letters, with nothing glued
// to it. Japanese puts particles right behind a name, so there no gap is asked for.
func beginsWithName(text, name string) bool {
	if name == "" || len(text) < len(name) || !strings.EqualFold(text[:len(name)], name) {
		return false
	}
	next, size := utf8.DecodeRuneInString(text[len(name):])
	ascii := !slices.ContainsFunc([]rune(name), func(r rune) bool { return r > unicode.MaxASCII })
	glued := size > 0 && (unicode.IsLetter(next) || unicode.IsDigit(next) || next == '_')
	return !ascii || !glued || next > unicode.MaxASCII
}

func escapeText(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}
