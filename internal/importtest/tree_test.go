package importtest_test

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// module is the path that go.mod gives this module.
const module = "innerview"

// tree is every Go file of a module, parsed.
type tree struct {
	fset    *token.FileSet
	sources []source // by path
}

// source is one Go file.
type source struct {
	path   string
	dir    string // "." for the top of the module
	test   bool   // a _test.go file
	syntax *ast.File
	fset   *token.FileSet
}

// finding is one place that breaks a rule.
type finding struct {
	path string
	line int
	text string
}

func (f finding) String() string { return fmt.Sprintf("%s:%d: %s", f.path, f.line, f.text) }

// at makes a finding at a node of the file.
func (s source) at(n ast.Node, format string, args ...any) finding {
	return finding{s.path, s.fset.Position(n.Pos()).Line, fmt.Sprintf(format, args...)}
}

// lines returns how many lines the node spans.
func (s source) lines(n ast.Node) int {
	return s.fset.Position(n.End()).Line - s.fset.Position(n.Pos()).Line + 1
}

// name returns what the file calls the package imported from the path.
func (s source) name(importPath string) (string, bool) {
	for _, spec := range s.syntax.Imports {
		if unquote(spec) != importPath {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name, true
		}
		return path.Base(importPath), true
	}
	return "", false
}

func unquote(spec *ast.ImportSpec) string { return strings.Trim(spec.Path.Value, "`\"") }

// wholeModule returns the tree this test belongs to.
func wholeModule(t *testing.T) tree {
	t.Helper()
	return load(t, os.DirFS("../.."))
}

// load parses every Go file, build constraints or not. Like the go tool it
// leaves out testdata, folders that begin with a dot or an underscore, and
// modules of their own.
func load(t *testing.T, fsys fs.FS) tree {
	t.Helper()
	tr := tree{fset: token.NewFileSet()}
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && foreign(fsys, p):
			return fs.SkipDir
		case d.IsDir() || path.Ext(p) != ".go":
			return nil
		}
		raw, err := fs.ReadFile(fsys, p)
		if err != nil {
			return err
		}
		syntax, err := parser.ParseFile(tr.fset, p, raw, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		tr.sources = append(tr.sources, source{
			path: p, dir: path.Dir(p), test: strings.HasSuffix(p, "_test.go"), syntax: syntax, fset: tr.fset,
		})
		return nil
	})
	if err != nil {
		t.Fatalf("read the module: %v", err)
	}
	return tr
}

func foreign(fsys fs.FS, dir string) bool {
	if dir == "." {
		return false
	}
	base := path.Base(dir)
	if base == "testdata" || base == "vendor" || base[0] == '.' || base[0] == '_' {
		return true
	}
	_, err := fs.Stat(fsys, path.Join(dir, "go.mod"))
	return err == nil
}

// product returns the files that are not tests.
func (t tree) product() []source {
	return slices.DeleteFunc(slices.Clone(t.sources), func(s source) bool { return s.test })
}

// within reports whether the folder is the named one or lies below it.
func within(dir, folder string) bool { return dir == folder || strings.HasPrefix(dir, folder+"/") }

// inspect calls visit for every node of every file.
func inspect(sources []source, visit func(source, ast.Node)) {
	for _, s := range sources {
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			if n != nil {
				visit(s, n)
			}
			return true
		})
	}
}

// sorted puts findings in the order of files and lines.
func sorted(found []finding) []finding {
	slices.SortStableFunc(found, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.line, b.line))
	})
	return found
}
