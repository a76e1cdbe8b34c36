package questions

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
)

// reader reads one file. When the file is not YAML as a whole, it is read item
// by item, so that one slip of the pen does not hide the others.
type reader struct {
	file     string
	offset   int // lines before the piece being read
	entries  []entry
	findings []Finding
}

func (r *reader) fault(line int, id, format string, args ...any) {
	r.findings = append(r.findings, Finding{
		File: r.file, Line: line, ID: id, Rule: ruleForm, Text: fmt.Sprintf(format, args...),
	})
}

func (r *reader) read(src []byte) {
	if at := foreign(src); at >= 0 {
		r.fault(lineOf(src, at), "", "not plain text; save the file as UTF-8 with ordinary line ends, without control characters")
		return
	}
	docs, err := parse(src)
	if err == nil {
		r.documents(docs)
		return
	}
	broken := false
	for _, piece := range pieces(src) {
		r.offset = piece.before
		docs, err := parse(piece.text)
		if err != nil {
			broken = true
			r.syntax(piece.text, err)
			continue
		}
		r.documents(docs)
	}
	r.offset = 0
	if !broken {
		r.syntax(src, err)
	}
}

func (r *reader) documents(docs []*yaml.Node) {
	for _, doc := range docs {
		for _, list := range doc.Content {
			r.list(list)
		}
	}
}

func (r *reader) list(n *yaml.Node) {
	if isNull(n) {
		return
	}
	if n.Kind != yaml.SequenceNode {
		r.fault(n.Line+r.offset, "", "a pack is a list of starters; begin each with “- id:”")
		return
	}
	for _, item := range n.Content {
		r.item(item)
	}
}

// parse returns the YAML documents of src.
func parse(src []byte) ([]*yaml.Node, error) {
	var docs []*yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(src))
	for {
		var doc yaml.Node
		err := dec.Decode(&doc)
		if errors.Is(err, io.EOF) {
			return docs, nil
		}
		if err != nil {
			return nil, err
		}
		docs = append(docs, &doc)
	}
}

// piece is a part of a file that begins with a list item, or what stands before
// the first.
type piece struct {
	before int // lines
	text   []byte
}

func pieces(src []byte) []piece {
	out := []piece{{}}
	n := 0
	for line := range bytes.Lines(src) {
		if bytes.HasPrefix(line, []byte("- ")) {
			out = append(out, piece{before: n})
		}
		last := &out[len(out)-1]
		last.text = append(last.text, line...)
		n++
	}
	return out
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }
