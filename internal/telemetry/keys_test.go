package telemetry_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/telemetry"
)

// TestEveryKeyInTheSourceIsShown reads the program's source, so that no log line
// says [redacted] to an operator because somebody forgot the list.
func TestEveryKeyInTheSourceIsShown(t *testing.T) {
	t.Parallel()
	keys := map[string]string{}
	for _, dir := range []string{"bot", "cmd", "scheduler", "questions", "internal"} {
		err := filepath.WalkDir(filepath.Join("..", "..", dir), func(path string, e fs.DirEntry, err error) error {
			switch {
			case e == nil: // the folder is not there
				return nil
			case err != nil:
				return err
			case e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			return logKeys(path, nil, keys)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(keys) == 0 {
		t.Fatal("no log line found in the source")
	}
	for key, where := range keys {
		log, written := logger(t, telemetry.LogOptions{})
		log.Info("x", key, "shown")
		if !strings.HasSuffix(written.String(), key+"=shown\n") {
			t.Errorf("%s: the log key %q is not on the list in log.go", where, key)
		}
	}
}

func TestLogKeysFindsWhatItIsFor(t *testing.T) {
	t.Parallel()
	const text = `package x
		func f() {
			slog.String("one", a)
			b.log.Info("x", slog.Any("two", a), "three", a)
			logger.ErrorContext(ctx, "x", "four", "not a key")
			log.With("five", a)
			http.Error(w, "x", "six")
			slog.Group("seven", slog.Int("eight", 1))
			err.Error("nine", "ten", "eleven")
		}`
	keys := map[string]string{}
	if err := logKeys("x.go", text, keys); err != nil {
		t.Fatal(err)
	}
	var got []string
	for key := range keys {
		got = append(got, key)
	}
	slices.Sort(got)
	if diff := cmp.Diff([]string{"eight", "five", "four", "one", "three", "two"}, got); diff != "" {
		t.Errorf("logKeys (-want +got):\n%s", diff)
	}
}

// logKeys adds the keys of a file's log lines to keys, each with its place. The
// text is the file's, or nil to read it.
func logKeys(path string, text any, keys map[string]string) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, text, 0)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		for _, arg := range keyArgs(call) {
			lit, ok := arg.(*ast.BasicLit)
			if !ok {
				continue
			}
			if key, err := strconv.Unquote(lit.Value); err == nil {
				keys[key] = fmt.Sprint(fset.Position(lit.Pos()))
			}
		}
		return true
	})
	return nil
}

// keyArgs returns the arguments of a call that are keys: the first of
// slog.String and its kin, and every other one behind a logger's message.
func keyArgs(call *ast.CallExpr) []ast.Expr {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	receiver, method := lastName(sel.X), sel.Sel.Name
	if receiver == "slog" {
		if method == "Group" || len(call.Args) < 2 {
			return nil
		}
		return call.Args[:1]
	}
	if !slices.Contains([]string{"log", "logger"}, receiver) {
		return nil
	}
	first := map[string]int{"With": 0, "Debug": 1, "Info": 1, "Warn": 1, "Error": 1, "DebugContext": 2, "InfoContext": 2, "WarnContext": 2, "ErrorContext": 2}
	at, ok := first[method]
	if !ok || at > len(call.Args) {
		return nil
	}
	var keys []ast.Expr
	for args := call.Args[at:]; len(args) > 1; {
		if _, isAttr := args[0].(*ast.CallExpr); isAttr {
			args = args[1:]
			continue
		}
		keys, args = append(keys, args[0]), args[2:]
	}
	return keys
}

func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
