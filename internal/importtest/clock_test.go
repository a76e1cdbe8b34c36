package importtest_test

import (
	"go/ast"
	"go/token"
	"strings"
)

// clockReads finds product code that asks for the time instead of being told.
// There are two ways to mention the clock: time.Now as the value of something
// called Now or Clock, and a stopwatch, which only ever yields a duration.
func clockReads(t tree) []finding {
	var found []finding
	for _, s := range t.product() {
		fine := s.stopwatches()
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			for _, value := range nowValues(n) {
				fine[value] = true
			}
			if fine[n] {
				return true
			}
			switch name := s.member(n, "time"); name {
			case "Now":
				found = append(found, s.at(n, "time.Now: take the time as an argument or through Options.Now"))
			case "Since", "Until":
				found = append(found, s.at(n, "time.%s reads the clock: subtract two times instead", name))
			}
			return true
		})
	}
	return found
}

// nowValues returns what the node gives to something called like a clock.
func nowValues(n ast.Node) []ast.Node {
	var values []ast.Node
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if calledNow(n.Key) {
			values = append(values, n.Value)
		}
	case *ast.AssignStmt:
		for i, to := range n.Lhs {
			if calledNow(to) && len(n.Lhs) == len(n.Rhs) {
				values = append(values, n.Rhs[i])
			}
		}
	}
	return values
}

// calledNow reports whether the expression names a clock.
func calledNow(e ast.Expr) bool {
	name := ""
	switch e := e.(type) {
	case *ast.Ident:
		name = e.Name
	case *ast.SelectorExpr:
		name = e.Sel.Name
	}
	return strings.EqualFold(name, "now") || strings.EqualFold(name, "clock")
}

// stopwatches returns the mentions of time.Now and time.Since that belong to a
// stopwatch: x := time.Now() where x goes nowhere but into time.Since(x).
func (s source) stopwatches() map[ast.Node]bool {
	fine := map[ast.Node]bool{}
	for _, decl := range s.syntax.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		for name, start := range s.started(fn) {
			if readings, only := s.onlyRead(fn, name); only {
				fine[start] = true
				for _, r := range readings {
					fine[r] = true
				}
			}
		}
	}
	return fine
}

// started returns the names that the function gives the present time, each
// with its mention of time.Now.
func (s source) started(fn *ast.FuncDecl) map[string]ast.Node {
	names := map[string]ast.Node{}
	ast.Inspect(fn, func(n ast.Node) bool {
		set, ok := n.(*ast.AssignStmt)
		if !ok || set.Tok != token.DEFINE || len(set.Lhs) != 1 {
			return true
		}
		name, isName := set.Lhs[0].(*ast.Ident)
		call, isCall := set.Rhs[0].(*ast.CallExpr)
		if isName && isCall && s.member(call.Fun, "time") == "Now" {
			names[name.Name] = call.Fun
		}
		return true
	})
	return names
}

// onlyRead reports whether the function uses the name for nothing but
// time.Since, and where.
func (s source) onlyRead(fn *ast.FuncDecl, name string) (readings []ast.Node, only bool) {
	mentions := 0
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if n.Name == name {
				mentions++
			}
		case *ast.CallExpr:
			if s.member(n.Fun, "time") != "Since" {
				return true
			}
			if id, ok := n.Args[0].(*ast.Ident); ok && id.Name == name {
				readings = append(readings, n.Fun)
			}
		}
		return true
	})
	return readings, mentions == 1+len(readings)
}
