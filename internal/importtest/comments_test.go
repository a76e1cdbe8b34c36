package importtest_test

import (
	"go/ast"
	"go/token"
)

// docComments wants a comment on what a package exports. A group's comment
// stands for its constants and variables, and so does one behind the line.
func docComments(t tree) []finding {
	var found []finding
	for _, s := range t.product() {
		for _, decl := range s.syntax.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) {
					found = append(found, s.at(d, "func %s has no doc comment", d.Name.Name))
				}
			case *ast.GenDecl:
				found = append(found, s.bareSpecs(d)...)
			}
		}
	}
	return found
}

// exportedReceiver reports whether the function is reached from outside: it is
// no method, or one of an exported type.
func exportedReceiver(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return true
	}
	typ := fn.Recv.List[0].Type
	for {
		switch t := typ.(type) {
		case *ast.StarExpr:
			typ = t.X
		case *ast.IndexExpr:
			typ = t.X
		case *ast.IndexListExpr:
			typ = t.X
		case *ast.Ident:
			return t.IsExported()
		default:
			return true
		}
	}
}

func (s source) bareSpecs(d *ast.GenDecl) []finding {
	var found []finding
	for _, spec := range d.Specs {
		switch sp := spec.(type) {
		case *ast.TypeSpec:
			if sp.Name.IsExported() && sp.Doc == nil && (d.Doc == nil || d.Lparen.IsValid()) {
				found = append(found, s.at(sp, "type %s has no doc comment", sp.Name.Name))
			}
		case *ast.ValueSpec:
			if d.Doc != nil || sp.Doc != nil || sp.Comment != nil {
				continue
			}
			for _, name := range sp.Names {
				if name.IsExported() {
					found = append(found, s.at(name, "%s %s has no doc comment", kind(d.Tok), name.Name))
				}
			}
		}
	}
	return found
}

func kind(tok token.Token) string {
	if tok == token.CONST {
		return "constant"
	}
	return "variable"
}
