package correct

import (
	"fmt"
	"go/ast"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// result corrects what a query returns.
func (p *pkg) result(q Query) {
	fn := p.methods[q.Name]
	if strings.HasPrefix(q.Cmd, ":batch") {
		fn = p.batches[q.Name]
	}
	if fn == nil || len(q.Columns) == 0 {
		return
	}
	r := &result{pkg: p, query: q, fn: fn}
	r.find()
	switch {
	case len(r.places) == 0:
	case len(q.Columns) == 1 && q.Columns[0].Embed == nil:
		r.single()
	default:
		r.row()
	}
}

// result is a query's result type, and the places that name it.
type result struct {
	pkg    *pkg
	query  Query
	fn     *method
	places []place
}

// place is a type in a file.
type place struct {
	file *file
	expr ast.Expr
}

// find finds the places that others see: the method's result or its callback's argument, and the interface.
func (r *result) find() {
	if call := callback(r.fn.typ); call != nil {
		r.add(r.fn.file, call)
	} else if t := firstResult(r.fn.typ); t != nil {
		r.add(r.fn.file, t)
	}
	if in := r.pkg.interfaces[r.query.Name]; in != nil {
		if t := firstResult(in.typ); t != nil {
			r.add(in.file, t)
		}
	}
}

// retype replaces the type everywhere: also where the method declares variables of it.
func (r *result) retype(t sqlc.GoType) {
	ast.Inspect(r.fn.whole().Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			if n.Type != nil {
				r.add(r.fn.file, n.Type)
			}
		case *ast.AssignStmt:
			if lit, ok := n.Rhs[0].(*ast.CompositeLit); ok && isIdent(n.Lhs[0], "items") {
				r.add(r.fn.file, lit.Type)
			}
		}
		return true
	})
	for _, at := range r.places {
		at.file.retype(at.expr, t)
	}
}

// add keeps a type without slice and pointer, which belong to the method and not to the row. []byte and the like are
// rows themselves: the depth is that of the command.
func (r *result) add(f *file, t ast.Expr) {
	if len(r.query.Columns) > 1 || r.query.Columns[0].Embed != nil {
		if slice, ok := t.(*ast.ArrayType); ok {
			t = slice.Elt
		}
		if star, ok := t.(*ast.StarExpr); ok {
			t = star.X
		}
	} else if slice, ok := t.(*ast.ArrayType); ok && r.isList(f, t) {
		t = slice.Elt
	}
	r.places = append(r.places, place{f, t})
}

// isList tells the type of a list of results from that of a result which is a slice. In a query for many the variable of
// one row is the only place that is no list.
func (r *result) isList(f *file, t ast.Expr) bool {
	if !strings.HasSuffix(r.query.Cmd, "many") {
		return false
	}
	row := rowVariable(r.fn.whole().Body)
	return row == nil || row.Type != t
}

func isIdent(n ast.Expr, name string) bool {
	id, ok := n.(*ast.Ident)
	return ok && id.Name == name
}

// rowVariable is the variable that a row is scanned into: the last that is declared and is not items.
func rowVariable(body *ast.BlockStmt) *ast.ValueSpec {
	var found *ast.ValueSpec
	ast.Inspect(body, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && spec.Names[0].Name != "items" {
			found = spec
		}
		return true
	})
	return found
}

func firstResult(t *ast.FuncType) ast.Expr {
	if t.Results == nil || len(t.Results.List) < 2 {
		return nil
	}
	return t.Results.List[0].Type
}

// callback is the row in a batch's func(int, row, error).
func callback(t *ast.FuncType) ast.Expr {
	if len(t.Params.List) != 1 {
		return nil
	}
	f, ok := t.Params.List[0].Type.(*ast.FuncType)
	if !ok || len(f.Params.List) != 3 {
		return nil
	}
	return f.Params.List[1].Type
}

// single is a result of one column: its type is the method's.
func (r *result) single() {
	column := r.query.Columns[0]
	now := r.fn.file.Source(r.places[0].expr)
	want := column.want()
	if !column.known() || want.Expr == now || r.pkg.hasSlices(now, want.Expr) {
		return
	}
	r.retype(want)
	if rowVariable(r.fn.whole().Body) == nil {
		r.separate(want.Expr)
	}
}

// separate gives the row a variable of its own where sqlc scans it into the argument of the same name and type.
func (r *result) separate(typ string) {
	var name string
	ast.Inspect(r.fn.whole().Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			if id, ok := n.X.(*ast.Ident); ok && name == "" {
				name = id.Name
				r.fn.file.replace(n.X, r.fn.free("result"))
			}
		case *ast.ReturnStmt:
			if len(n.Results) == 2 && name != "" && isIdent(n.Results[0], name) {
				r.fn.file.replace(n.Results[0], r.fn.free("result"))
			}
		}
		return true
	})
	r.fn.file.insert(r.fn.whole().Body.Lbrace+1, fmt.Sprintf("\nvar %s %s", r.fn.free("result"), typ))
}

// free is the name, or a longer one where the method uses it.
func (m *method) free(name string) string {
	taken := map[string]bool{}
	ast.Inspect(m.whole(), func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			taken[id.Name] = true
		}
		return true
	})
	for taken[name] {
		name += "_"
	}
	return name
}

// row is a result of several columns, a struct. Where sqlc took a table's struct that cannot hold the rows, the query
// gets one of its own.
func (r *result) row() {
	name := r.fn.file.Source(r.places[0].expr)
	s := r.pkg.structs[name]
	if s == nil || len(s.list()) != len(r.query.Columns) {
		return
	}
	own := r.query.Name + "Row"
	if name == own {
		r.fields(s)
	} else if r.pkg.structs[own] == nil && r.tooNarrow(s) {
		r.ownRow(s, own)
		r.retype(sqlc.GoType{Expr: own})
	}
	r.embeds(s)
}

// fields corrects the struct that sqlc made for the query.
func (r *result) fields(s *structType) {
	for i, f := range s.list() {
		c := r.query.Columns[i]
		now := s.file.Source(f.typ)
		if c.Embed != nil || !c.known() || c.want().Expr == now || r.pkg.hasSlices(now, c.want().Expr) {
			continue
		}
		s.file.retype(f.typ, c.want())
	}
}

// tooNarrow tells that a table's struct cannot hold the NULLs of the query's rows.
func (r *result) tooNarrow(s *structType) bool {
	for i, f := range s.list() {
		c := r.query.Columns[i]
		if c.Embed == nil && c.known() && c.Nullable && s.file.Source(f.typ) == c.NotNull.Expr && c.Null.Expr != c.NotNull.Expr {
			return true
		}
	}
	return false
}

// ownRow writes a struct like the table's, with the query's types, before the method.
func (r *result) ownRow(s *structType, name string) {
	var b strings.Builder
	fmt.Fprintf(&b, "type %s struct {\n", name)
	imports := sqlc.ImportsOf(s.file.Heads)
	for i, f := range s.list() {
		c := r.query.Columns[i]
		typ := s.file.Source(f.typ)
		if c.known() && c.want().Expr != typ {
			typ = c.want().Expr
			for pkg, path := range c.want().Imports {
				r.fn.file.needs[pkg] = path
			}
		} else {
			sqlc.NeedImports(r.fn.file.needs, f.typ, imports)
		}
		fmt.Fprintf(&b, "%s %s%s\n", f.name, typ, f.tag)
	}
	b.WriteString("}\n\n")
	r.fn.file.insert(declStart(r.fn.whole()), b.String())
}
