package correct

import (
	"fmt"
	"go/ast"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// embeds makes a pointer of each embedded row that an outer join may leave out: nil when it is not there. The row is
// scanned into pointers first, as the columns of a missing one are all NULL.
func (r *result) embeds(s *structType) {
	for i, f := range s.list() {
		e := r.query.Columns[i].Embed
		if e == nil || !e.Absent {
			continue
		}
		model := r.pkg.structs[s.file.Source(f.typ)]
		if model == nil || len(model.list()) != len(e.NotNull) {
			continue
		}
		s.file.insert(f.typ.Pos(), "*")
		r.embed(f.name, model, e)
	}
}

// embed rewrites the scan of one embedded row.
func (r *result) embed(name string, model *structType, e *Embed) {
	file := r.fn.file
	stmt, scan := r.scan()
	if scan == nil {
		return
	}
	local := r.fn.free(lowerFirst(name) + "Row")
	ast.Inspect(scan, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if inner, ok := sel.X.(*ast.SelectorExpr); ok && inner.Sel.Name == name {
			file.replace(sel.X, local)
		}
		return true
	})
	l := landing{local: local, fields: model.list(), notNull: e.NotNull, of: model}
	l.all = l.allNullable()
	file.insert(stmt.Pos(), l.declaration())
	file.insert(stmt.End(), l.assignment(rowVariable(r.fn.whole().Body).Names[0].Name+"."+name))
	imports := sqlc.ImportsOf(model.file.Heads)
	for _, f := range l.fields {
		sqlc.NeedImports(file.needs, f.typ, imports)
	}
}

// scan is the statement that scans a row, and the call in it.
func (r *result) scan() (ast.Stmt, *ast.CallExpr) {
	var stmt ast.Stmt
	var call *ast.CallExpr
	ast.Inspect(r.fn.whole().Body, func(n ast.Node) bool {
		block, ok := n.(*ast.BlockStmt)
		if !ok {
			return true
		}
		for _, s := range block.List {
			if c := scanOf(s); c != nil {
				stmt, call = s, c
			}
		}
		return true
	})
	return stmt, call
}

// scanOf is the call of Scan in err := row.Scan(…) and in if err := rows.Scan(…); err != nil.
func scanOf(s ast.Stmt) *ast.CallExpr {
	if branch, ok := s.(*ast.IfStmt); ok {
		s = branch.Init
	}
	assign, ok := s.(*ast.AssignStmt)
	if !ok {
		return nil
	}
	call, ok := assign.Rhs[0].(*ast.CallExpr)
	if !ok {
		return nil
	}
	if sel, ok := call.Fun.(*ast.SelectorExpr); !ok || sel.Sel.Name != "Scan" {
		return nil
	}
	return call
}

// landing is the struct of pointers that an embedded row is scanned into.
type landing struct {
	local   string
	of      *structType
	fields  []field
	notNull []bool
	// all tells that the relation has no NOT NULL column: then a row of NULLs alone is taken for a missing one.
	all bool
}

func (l landing) allNullable() bool {
	for _, n := range l.notNull {
		if n {
			return false
		}
	}
	return true
}

// pointer tells a field that is scanned into a pointer; others hold NULL themselves.
func (l landing) pointer(i int) bool { return l.all || l.notNull[i] }

func (l landing) declaration() string {
	var b strings.Builder
	fmt.Fprintf(&b, "var %s struct {\n", l.local)
	for i, f := range l.fields {
		star := ""
		if l.pointer(i) {
			star = "*"
		}
		fmt.Fprintf(&b, "%s %s%s\n", f.name, star, l.of.file.Source(f.typ))
	}
	b.WriteString("}\n")
	return b.String()
}

func (l landing) assignment(target string) string {
	if l.all {
		return l.assignAny(target)
	}
	var b strings.Builder
	first := ""
	for i, f := range l.fields {
		if l.notNull[i] && first == "" {
			first = f.name
		}
	}
	fmt.Fprintf(&b, "\nif %s.%s != nil {\n%s = &%s{\n", l.local, first, target, l.of.name)
	for i, f := range l.fields {
		star := ""
		if l.pointer(i) {
			star = "*"
		}
		fmt.Fprintf(&b, "%s: %s%s.%s,\n", f.name, star, l.local, f.name)
	}
	b.WriteString("}\n}")
	return b.String()
}

// assignAny is for a relation without a NOT NULL column: one value is enough to tell that the row is there.
func (l landing) assignAny(target string) string {
	var b strings.Builder
	var tests []string
	for _, f := range l.fields {
		tests = append(tests, l.local+"."+f.name+" != nil")
	}
	fmt.Fprintf(&b, "\nif %s {\n%s = &%s{}\n", strings.Join(tests, " || "), target, l.of.name)
	for _, f := range l.fields {
		fmt.Fprintf(&b, "if %s.%s != nil {\n%s.%s = *%s.%s\n}\n", l.local, f.name, target, f.name, l.local, f.name)
	}
	b.WriteString("}")
	return b.String()
}

func lowerFirst(name string) string {
	r, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(r)) + name[n:]
}
