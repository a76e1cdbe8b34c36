package i18n_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// source is parsed Go source and what it says of keys.
type source struct {
	fset  *token.FileSet
	files []*ast.File

	consts   map[string]string // "package.Name" to value
	keys     []mention         // have to be keys
	prefixes []mention         // have to begin a key
	seen     map[string]bool   // any text: enough to count a key as used
	begun    map[string]bool   // any beginning of a joined text, likewise
}

// mention is a key, or the beginning of one, that the source names.
type mention struct {
	text string
	at   token.Pos
	how  string   // T, N, Error, or "" for elsewhere
	args []string // names of the values given, where they can be told
	told bool
}

func newSource() *source {
	return &source{
		fset:   token.NewFileSet(),
		consts: map[string]string{},
		seen:   map[string]bool{},
		begun:  map[string]bool{},
	}
}

// addFolder parses the folder's Go files, without tests. A folder that is not
// there says nothing.
func (s *source) addFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(s.fset, filepath.Join(dir, e.Name()), nil, 0)
		if err != nil {
			return err
		}
		s.files = append(s.files, file)
	}
	return nil
}

// check returns what does not fit the catalogue, sorted.
func (s *source) check(catalogue words) []string {
	for _, f := range s.files {
		s.findConsts(f)
	}
	for _, f := range s.files {
		s.findMentions(f)
	}
	var found []string
	for _, m := range s.keys {
		if problem := m.problem(catalogue); problem != "" {
			found = append(found, s.position(m)+problem)
		}
	}
	for _, m := range s.prefixes {
		if !slices.ContainsFunc(sortedKeys(catalogue), func(k string) bool { return strings.HasPrefix(k, m.text) }) {
			found = append(found, s.position(m)+"no key of the catalogue begins with "+m.text)
		}
	}
	for _, key := range sortedKeys(catalogue) {
		if !s.uses(key) {
			found = append(found, key+": nothing says it")
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func (s *source) position(m mention) string { return s.fset.Position(m.at).String() + ": " }

func (s *source) uses(key string) bool {
	if s.seen[key] {
		return true
	}
	for prefix := range s.begun {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// problem says what is wrong with a key where it is said.
func (m mention) problem(catalogue words) string {
	f, ok := catalogue[m.text]
	switch {
	case !ok:
		return m.text + " is no key of the catalogue"
	case m.how == "T" && f.plural():
		return m.text + " has plural forms: say it with N"
	case m.how == "N" && !f.plural():
		return m.text + " has no plural forms: say it with T"
	}
	if want := f.holes(); m.told && !slices.Equal(want, m.args) {
		return m.text + " wants [" + strings.Join(want, " ") + "], is given [" + strings.Join(m.args, " ") + "]"
	}
	return ""
}

// findConsts notes the text constants of a file. A constant named as a key has
// to be one.
func (s *source) findConsts(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != len(spec.Names) {
			return true
		}
		for i, name := range spec.Names {
			text, ok := literal(spec.Values[i])
			if !ok {
				continue
			}
			s.consts[f.Name.Name+"."+name.Name] = text
			if strings.HasPrefix(strings.ToLower(name.Name), "key") && keyPattern.MatchString(text) {
				s.keys = append(s.keys, mention{text: text, at: spec.Values[i].Pos()})
			}
		}
		return true
	})
}

func (s *source) findMentions(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			s.call(f.Name.Name, n)
		case *ast.CompositeLit:
			s.composite(f.Name.Name, n)
		case *ast.BinaryExpr:
			if text, ok := literal(leftmost(n)); ok && joined.MatchString(text) {
				s.begun[text] = true
			}
		case *ast.BasicLit:
			if text, ok := literal(n); ok {
				s.text(text, n)
			}
		}
		return true
	})
}

// joined is a text that begins a key when something is added to it.
var joined = regexp.MustCompile(`^[a-z][a-z0-9_]*\.[a-z0-9_.]*$`)

// text counts any text as a use. The first word "error" is kept for sentences, so
// that a key handed through a helper is checked as well.
func (s *source) text(text string, at ast.Node) {
	s.seen[text] = true
	if keyPattern.MatchString(text) && strings.HasPrefix(text, "error.") {
		s.keys = append(s.keys, mention{text: text, at: at.Pos()})
	}
}

// call notes the key of a call of T or N, or of a helper named t or n.
func (s *source) call(pkg string, c *ast.CallExpr) {
	name := called(c)
	if len(c.Args) == 0 || !slices.Contains([]string{"T", "N", "t", "n"}, name) {
		return
	}
	m := mention{at: c.Args[0].Pos()}
	if name == "T" || name == "N" {
		m.how = name
		m.args, m.told = names(c)
	}
	s.say(pkg, c.Args[0], m)
}

// composite notes the Key of an Error and every other field that ends in Key.
func (s *source) composite(pkg string, c *ast.CompositeLit) {
	isError := typeName(c.Type) == "Error"
	m := mention{told: isError}
	var key ast.Expr
	for _, e := range c.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		switch field := typeName(kv.Key); {
		case isError && field == "Key", field != "Key" && strings.HasSuffix(field, "Key"):
			key = kv.Value
		case isError && field == "Args":
			m.args, m.told = mapKeys(kv.Value)
		}
	}
	if key != nil {
		m.at = key.Pos()
		s.say(pkg, key, m)
	}
}

// say takes the expression apart that a key comes from: a text, a constant, or
// the beginning of a joined text. What comes from elsewhere cannot be told.
func (s *source) say(pkg string, e ast.Expr, m mention) {
	if c, ok := e.(*ast.CallExpr); ok && called(c) == "Sprintf" && len(c.Args) > 0 {
		text, _ := literal(c.Args[0])
		m.text, _, _ = strings.Cut(text, "%")
		s.begin(m)
		return
	}
	if b, ok := e.(*ast.BinaryExpr); ok {
		m.text, _ = literal(leftmost(b))
		s.begin(m)
		return
	}
	text, ok := literal(e)
	if !ok {
		text, ok = s.consts[constant(pkg, e)]
	}
	if !ok || !keyPattern.MatchString(text) {
		return
	}
	m.text = text
	s.seen[text] = true
	s.keys = append(s.keys, m)
}

func (s *source) begin(m mention) {
	if m.text != "" {
		s.begun[m.text] = true
		s.prefixes = append(s.prefixes, m)
	}
}

// names returns the names of the values a call of T or N gives, sorted, and
// false where they cannot be told from the source.
func names(c *ast.CallExpr) ([]string, bool) {
	args := c.Args[1:]
	if called(c) == "N" && len(args) > 0 {
		args = args[1:]
	}
	if c.Ellipsis.IsValid() || len(args)%2 != 0 {
		return nil, false
	}
	var found []string
	for i := 0; i < len(args); i += 2 {
		name, ok := literal(args[i])
		if !ok {
			return nil, false
		}
		found = append(found, name)
	}
	slices.Sort(found)
	return found, true
}

// mapKeys is what names is, for a map written out in the source.
func mapKeys(e ast.Expr) ([]string, bool) {
	c, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil, false
	}
	var found []string
	for _, e := range c.Elts {
		kv, _ := e.(*ast.KeyValueExpr)
		if kv == nil {
			return nil, false
		}
		name, ok := literal(kv.Key)
		if !ok {
			return nil, false
		}
		found = append(found, name)
	}
	slices.Sort(found)
	return found, true
}

func literal(e ast.Expr) (string, bool) {
	b, ok := e.(*ast.BasicLit)
	if !ok || b.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(b.Value)
	return text, err == nil
}

func leftmost(e ast.Expr) ast.Expr {
	if b, ok := e.(*ast.BinaryExpr); ok && b.Op == token.ADD {
		return leftmost(b.X)
	}
	return e
}

// called returns the last name of what is called.
func called(c *ast.CallExpr) string { return typeName(c.Fun) }

// typeName returns the last name of x or of pkg.x.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// constant returns "package.Name" of a name used in a package.
func constant(pkg string, e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return pkg + "." + e.Name
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			return x.Name + "." + e.Sel.Name
		}
	}
	return ""
}
