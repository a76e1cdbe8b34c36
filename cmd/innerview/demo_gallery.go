package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"innerview/bot/view"
	"innerview/internal/slacksim"
	"innerview/rapport"
)

// gallery is what the page draws every view from.
type gallery struct {
	Views []galleryView `json:"views"`
	// People are the invented members whom the views speak of.
	People []galleryMember `json:"people"`
}

type galleryView struct {
	Name   string         `json:"name"`
	States []galleryState `json:"states"`
}

type galleryState struct {
	Name string                               `json:"name"`
	In   map[rapport.Language]json.RawMessage `json:"in"`
}

type galleryMember struct {
	ID   string `json:"id"`
	Name string `json:"display_name"`
}

// demoGallery is every view in every state, in both languages.
func demoGallery() (gallery, error) {
	shots, err := view.Gallery()
	if err != nil {
		return gallery{}, err
	}
	var g gallery
	var all bytes.Buffer
	for _, s := range shots {
		if n := len(g.Views); n == 0 || g.Views[n-1].Name != s.View {
			g.Views = append(g.Views, galleryView{Name: s.View})
		}
		v := &g.Views[len(g.Views)-1]
		v.States = append(v.States, galleryState{Name: s.State, In: s.In})
		all.Write(s.In[rapport.English])
		all.Write(s.In[rapport.Japanese])
	}
	g.People = cast(all.String())
	return g, nil
}

// cast gives a name to every member id in the text: that of a member of the demo
// whose id ends alike, or else the next one's.
func cast(text string) []galleryMember {
	members := demoMembers()
	named := make(map[string]bool)
	people := []galleryMember{}
	for _, id := range regexp.MustCompile(`\bU0[0-9A-Z]{3,}\b`).FindAllString(text, -1) {
		if named[id] {
			continue
		}
		named[id] = true
		name := members[len(people)%len(members)].DisplayName
		if m, there := alike(members, id[2:]); there {
			name = m.DisplayName
		}
		people = append(people, galleryMember{ID: id, Name: name})
	}
	return people
}

func alike(members []slacksim.User, ending string) (slacksim.User, bool) {
	for _, m := range members {
		if strings.HasSuffix(m.ID, ending) {
			return m, true
		}
	}
	return slacksim.User{}, false
}

// openGallery reads the gallery once, for the page to ask for.
func openGallery() (func() any, error) {
	g, err := demoGallery()
	if err != nil {
		return nil, fmt.Errorf("open the gallery: %w", err)
	}
	return func() any { return g }, nil
}
