package importtest_test

import (
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Bounds of the house, in lines.
const (
	maxFunction = 80
	maxFile     = 500
)

// dotImports hide where a name comes from, also from the rules below.
func dotImports(t tree) []finding {
	var found []finding
	for _, s := range t.sources {
		for _, spec := range s.syntax.Imports {
			if spec.Name != nil && spec.Name.Name == "." {
				found = append(found, s.at(spec, "dot import of %s", unquote(spec)))
			}
		}
	}
	return found
}

// sleeps make a test slow or flaky, and a program deaf to its context.
func sleeps(t tree) []finding {
	var found []finding
	inspect(t.sources, func(s source, n ast.Node) {
		if name := s.member(n, "time"); name == "Sleep" {
			found = append(found, s.at(n, "time.Sleep: wait for a channel, or take the time as an argument"))
		}
	})
	return found
}

// prints belong to the program alone. Examples in tests print by their nature.
func prints(t tree) []finding {
	var found []finding
	for _, s := range t.sources {
		if within(s.dir, "cmd") {
			continue
		}
		for _, decl := range s.syntax.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && s.test && strings.HasPrefix(fn.Name.Name, "Example") {
				continue
			}
			ast.Inspect(decl, func(n ast.Node) bool {
				if what := s.printing(n); what != "" {
					found = append(found, s.at(n, "%s: return the text or log it", what))
				}
				return true
			})
		}
	}
	return found
}

func (s source) printing(n ast.Node) string {
	if name := s.member(n, "fmt"); strings.HasPrefix(name, "Print") {
		return "fmt." + name
	}
	if call, ok := n.(*ast.CallExpr); ok {
		if id, ok := call.Fun.(*ast.Ident); ok && (id.Name == "print" || id.Name == "println") {
			return id.Name
		}
	}
	return ""
}

// member returns Name when the node is pkg.Name of the package imported from
// the path, and "" otherwise.
func (s source) member(n ast.Node, importPath string) string {
	sel, ok := n.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	id, ok := sel.X.(*ast.Ident)
	if !ok {
		return ""
	}
	if name, imported := s.name(importPath); !imported || id.Name != name {
		return ""
	}
	return sel.Sel.Name
}

// initWork runs before main can say where errors go.
func initWork(t tree) []finding {
	var found []finding
	for _, s := range t.sources {
		for _, decl := range s.syntax.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				found = append(found, s.at(fn, "func init: do the work in a constructor"))
			}
		}
	}
	return found
}

// changedGlobals finds assignments to package variables. A variable that is
// only ever read (an error, an embedded folder) is no trouble.
func changedGlobals(t tree) []finding {
	var found []finding
	for key, group := range t.groups() {
		uses := resolve(t.fset, key, group)
		inspect(group, func(s source, n ast.Node) {
			for _, target := range targets(n) {
				id := root(target)
				if v, ok := uses[id].(*types.Var); ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
					found = append(found, s.at(n, "package variable %s is changed: keep the state in a value", id.Name))
				}
			}
		})
	}
	return found
}

// groups returns the files that make up each package, by folder and name.
func (t tree) groups() map[[2]string][]source {
	groups := map[[2]string][]source{}
	for _, s := range t.sources {
		key := [2]string{s.dir, s.syntax.Name.Name}
		groups[key] = append(groups[key], s)
	}
	return groups
}

// resolve returns which object each identifier of a package means. Imports are
// not followed, so only the package's own names are known: all that is asked.
func resolve(fset *token.FileSet, key [2]string, group []source) map[*ast.Ident]types.Object {
	var files []*ast.File
	for _, s := range group {
		files = append(files, s.syntax)
	}
	info := types.Info{Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: noImports{}, Error: func(error) {}, FakeImportC: true}
	// The error repeats that imports are unknown.
	_, _ = conf.Check(key[0], fset, files, &info)
	return info.Uses
}

type noImports struct{}

func (noImports) Import(string) (*types.Package, error) {
	return nil, errors.New("imports are not followed")
}

// targets returns what a statement assigns to.
func targets(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return n.Lhs
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.RangeStmt:
		return []ast.Expr{n.Key, n.Value}
	}
	return nil
}

// root returns the variable at the bottom of x.f[i], or nil.
func root(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return nil
		}
	}
}

// viewClients finds a Slack client in bot/view, which only builds blocks.
func viewClients(t tree) []finding {
	var found []finding
	inspect(t.product(), func(s source, n ast.Node) {
		if !within(s.dir, "bot/view") {
			return
		}
		if name := s.member(n, slackModule); name == "New" || name == "Client" {
			found = append(found, s.at(n, "slack.%s: a view builds blocks, it calls nobody", name))
		}
	})
	return found
}

func packageComments(t tree) []finding {
	said := map[string]bool{}
	first := map[string]source{}
	for _, s := range t.product() {
		said[s.dir] = said[s.dir] || s.syntax.Doc != nil
		if _, seen := first[s.dir]; !seen {
			first[s.dir] = s
		}
	}
	var found []finding
	for dir, ok := range said {
		if !ok {
			found = append(found, first[dir].at(first[dir].syntax.Name, "package %s has no comment", dir))
		}
	}
	return found
}

func longFunctions(t tree) []finding {
	var found []finding
	inspect(t.sources, func(s source, n ast.Node) {
		fn, ok := n.(*ast.FuncDecl)
		if !ok {
			return
		}
		length := s.lines(fn)
		if s.test {
			length -= s.tableLines(fn)
		}
		if length > maxFunction {
			found = append(found, s.at(fn, "func %s has %d lines, want at most %d", fn.Name.Name, length, maxFunction))
		}
	})
	return found
}

// tableLines counts the lines of a test that are rows of its table: composite
// literals, each counted once however they nest.
func (s source) tableLines(fn *ast.FuncDecl) int {
	lines := 0
	ast.Inspect(fn, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if ok {
			lines += s.lines(lit) - 1
		}
		return !ok
	})
	return lines
}

func longFiles(t tree) []finding {
	var found []finding
	for _, s := range t.product() {
		if lines := s.fset.File(s.syntax.FileStart).LineCount(); lines > maxFile {
			found = append(found, s.at(s.syntax.Name, "file has %d lines, want at most %d: give it one idea", lines, maxFile))
		}
	}
	return found
}
