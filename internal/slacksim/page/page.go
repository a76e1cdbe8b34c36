// Package page holds the web page of `innerview demo`: plain HTML, CSS and
// JavaScript modules that draw what the bot sent to the simulated workspace.
// The page needs no build step and asks nothing of any host but its own.
package page

import (
	"embed"
	"io/fs"
)

//go:embed index.html static
var files embed.FS

// Files returns the page as it is to be served at the root of a site:
// index.html at the top, everything it loads below static/. The page expects
// the simulator's JSON under /sim/ on the same origin.
func Files() fs.FS { return files }
