package model

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/query"
)

// queries makes the row and parameter types of every query.
func (b *builder) queries() {
	for i := range b.Queries {
		q := &b.Queries[i]
		tags := b.queryTags(strings.Join(q.Comments, "\n"), q.Span)
		if tags.omits("") && b.Language != naming.Go {
			continue
		}
		out := &Query{Name: q.Name, Cmd: q.Cmd, Doc: tags.doc, Module: b.names.queryModule(q.File)}
		b.queryRow(q, out, tags)
		b.queryParams(q, out, tags)
		b.model.Queries = append(b.model.Queries, out)
	}
}

// returnsRows are the commands whose columns reach the caller.
var returnsRows = map[string]bool{":one": true, ":many": true, ":batchone": true, ":batchmany": true}

func (b *builder) queryRow(q *query.Query, out *Query, tags tagged) {
	if !returnsRows[q.Cmd] || len(q.Columns) == 0 {
		return
	}
	if r, ok := b.wholeRelation(q); ok {
		out.Row, out.SharedRow = r.Row, true
		return
	}
	o := b.queryObject(QueryRow, q, tags, out)
	o.Fields = make([]Field, 0, len(q.Columns))
	for i := range q.Columns {
		o.Fields = append(o.Fields, b.resultField(q, i, out))
	}
	b.names.fields(o)
	out.Row = o
	if b.Language != naming.Go {
		b.declareObject(o, q.Span, "the row of query "+q.Name, "naming.query_row")
	}
}

// queryObject makes the object of a query's row or parameters. @name in the query's comment names its row.
func (b *builder) queryObject(v Variant, q *query.Query, tags tagged, out *Query) *Object {
	typ, schema := b.names.templates(v)
	s := b.names.query(q.Name)
	if tags.name != "" && v == QueryRow && b.Language != naming.Go {
		// The name is the row's own: no template but the plain one is laid over it.
		typ, schema, s = "{query}", "{query}Schema", b.names.query(tags.name)
	}
	return &Object{
		Variant: v, Doc: out.Doc, Module: out.Module,
		Name: b.names.expand(typ, s), Schema: b.names.expand(schema, s),
	}
}

// wholeRelation finds the relation whose row the query returns exactly: every column, in order, under its own name, and
// null just where the table has null.
func (b *builder) wholeRelation(q *query.Query) (*Relation, bool) {
	rel, _, ok := b.columnOf(q.Columns[0].Source)
	if !ok || len(rel.Columns) != len(q.Columns) {
		return nil, false
	}
	r, ok := b.relationOf[rel.Name]
	if !ok || len(r.Row.Fields) != len(rel.Columns) {
		return nil, false
	}
	for i, c := range q.Columns {
		src := catalog.ColumnName{Relation: rel.Name, Column: rel.Columns[i].Name}
		if c.Source == nil || *c.Source != src || c.Name != src.Column || c.NotNull == r.Row.Fields[i].Nullable {
			return nil, false
		}
	}
	return r, true
}

// resultField is one column of a query's row. One that is a relation's column under its own name has the names and the
// comment that it has there.
func (b *builder) resultField(q *query.Query, i int, out *Query) Field {
	c := &q.Columns[i]
	if c.Embed != nil {
		return b.embedField(c)
	}
	name := b.columnName(q, i)
	f := Field{Column: name, Nullable: !c.NotNull}
	f.Name, f.Wire = b.names.key(name, name, QueryRow)
	if rel, col, ok := b.columnOf(c.Source); ok {
		fact := b.columnFact(rel, col)
		f.Type, f.Doc = fact.typ, fact.tags.doc
		f.Rules, f.Tests = fact.stored, fact.storedTests
		if name == col.Name {
			f.Name, f.Wire = b.names.column(rel, name, QueryRow, fact.tags)
		}
		return f
	}
	if c.JSON != nil && b.wantsShapes() {
		f.Type = b.jsonValue(c, nesting{
			module: out.Module, words: []string{b.names.query(q.Name).query}, what: "in query " + q.Name, span: q.Span, objects: &out.JSON,
		})
		return f
	}
	r := b.queryType(c.Type, c.Values, place{span: q.Span, column: name, query: true})
	f.Type = withElements(r.typ, c.ElemNotNull)
	f.Rules, f.Tests = split(applying(r.typ, r.rules), false)
	return f
}

// withElements says of an array that its elements are not null.
func withElements(t Type, notNull bool) Type {
	a, ok := t.(Array)
	if !ok || !notNull {
		return t
	}
	a.NotNullElements = true
	return a
}

// columnName is what the server calls a result column; in Go it is what sqlc calls it.
func (b *builder) columnName(q *query.Query, i int) string {
	name := q.Columns[i].Name
	if b.Language == naming.Go && q.Sqlc != nil {
		name = q.Sqlc.Columns[i].Name
	}
	if name == "" {
		name = fmt.Sprintf("column_%d", i+1)
	}
	return name
}

// queryType is the type of an expression or parameter. One whose values are all from a list is of the list's enum.
func (b *builder) queryType(t catalog.Type, values *query.Values, at place) resolved {
	r := b.resolve(t, at)
	if values == nil || r.custom {
		return r
	}
	e, ok := b.enumOfValues(values)
	if !ok {
		return r
	}
	switch t := r.typ.(type) {
	case Scalar:
		return resolved{typ: EnumRef{Enum: e, Constraint: b.listConstraint(values)}, rules: r.rules}
	case Array:
		if _, ok := t.Elem.(Scalar); ok {
			t.Elem = EnumRef{Enum: e, Constraint: b.listConstraint(values)}
			r.typ = t
		}
	}
	return r
}

// enumOfValues finds the enum of the list that values are from; of several lists the first that has all values of the
// others.
func (b *builder) enumOfValues(v *query.Values) (*Enum, bool) {
	var enums []*Enum
	all := slices.Clone(v.Constants)
	for _, n := range v.Columns {
		e, ok := b.enumOfColumn(n)
		if !ok {
			return nil, false
		}
		enums = append(enums, e)
		for _, value := range e.Values {
			all = append(all, value.Value)
		}
	}
	for _, e := range enums {
		if !slices.ContainsFunc(all, func(text string) bool { return !e.has(text) }) {
			return e, true
		}
	}
	return nil, false
}

// enumOfColumn is the enum of a list in a column's CHECK, or in its domain's.
func (b *builder) enumOfColumn(n catalog.ColumnName) (*Enum, bool) {
	if e, ok := b.listOf[n]; ok {
		return e, true
	}
	_, col, ok := b.columnOf(&n)
	if !ok || col.Type.Kind != catalog.DomainType || col.Type.Array {
		return nil, false
	}
	e, ok := b.enumOf[col.Type.Name]
	return e, ok
}

func (e *Enum) has(text string) bool {
	return slices.ContainsFunc(e.Values, func(v EnumValue) bool { return v.Value == text })
}

// listConstraint is the CHECK that lists the values, where they are of one column.
func (b *builder) listConstraint(v *query.Values) string {
	if len(v.Columns) > 1 || len(v.Constants) > 0 {
		return ""
	}
	rel, col, _ := b.columnOf(&v.Columns[0])
	ref, _ := b.columnFact(rel, col).typ.(EnumRef)
	return ref.Constraint
}

// embedField is a whole row; null where an outer join found none.
func (b *builder) embedField(c *query.Column) Field {
	f := Field{Column: c.Name, Embed: true, Type: Scalar{Kind: AnyKind}, Nullable: c.Embed.Nullable}
	if r, kept := b.relationOf[c.Embed.Relation]; kept {
		f.Type = ObjectRef{Object: r.Row}
	}
	f.Name, f.Wire = b.names.key(c.Name, c.Name, QueryRow)
	return f
}

func (b *builder) queryParams(q *query.Query, out *Query, tags tagged) {
	if len(q.Params) == 0 {
		return
	}
	o := b.queryObject(Params, q, tags, out)
	o.Fields = make([]Field, 0, len(q.Params))
	for _, p := range q.Params {
		o.Fields = append(o.Fields, b.paramField(p))
	}
	b.names.fields(o)
	b.insertRules(q, o)
	out.Params = o
	if b.Language != naming.Go {
		b.declareObject(o, q.Span, "the parameters of query "+q.Name, "naming.params")
	}
}

// insertRules gives the parameters that an INSERT stores the rules of its table.
func (b *builder) insertRules(q *query.Query, o *Object) {
	if q.InsertInto == nil {
		return
	}
	into := *q.InsertInto
	if into.Schema == "" {
		into.Schema = b.Config.Shared.DefaultSchema
	}
	rel, ok := b.catalogRel[into]
	if !ok {
		return
	}
	assigned := map[string][]int{}
	for i, p := range q.Params {
		if of, col, ok := b.columnOf(p.Column); ok && p.Assigned && of == rel && !p.Slice {
			assigned[col.Name] = append(assigned[col.Name], i)
		}
	}
	b.paramRules(rel, o, assigned)
}

// paramField is one parameter. Only a parameter that is stored in a column must satisfy the column's rules; one that is
// compared may be anything of its type.
func (b *builder) paramField(p query.Param) Field {
	name := p.Name
	if name == "" {
		name = fmt.Sprintf("param_%d", p.Number)
	}
	f := Field{Nullable: !p.NotNull}
	f.Name, f.Wire = b.names.key(name, name, Params)
	if rel, col, ok := b.columnOf(p.Column); ok && p.Assigned {
		fact := b.columnFact(rel, col)
		f.Column, f.Type, f.Doc, f.Nullable = col.Name, fact.typ, fact.tags.doc, b.takesNull(p.Column)
		f.NullBreaks = fact.nullBreaks
		f.Rules, f.Tests = fact.written, fact.writtenTests
		if name == col.Name {
			f.Name, f.Wire = b.names.column(rel, name, Params, fact.tags)
		}
	} else {
		f.Type = b.comparedType(p)
	}
	if p.Slice {
		f.Type = Array{Elem: f.Type, Dims: 1, NotNullElements: true}
	}
	return f
}

// takesNull tells whether null can be stored in a column. Through a view it is stored in the table's column below, whatever
// the view shows.
func (b *builder) takesNull(n *catalog.ColumnName) bool {
	rel, col, ok := b.columnOf(n)
	if !ok {
		return true
	}
	if v, ok := b.viewColumn(rel, col.Name); ok {
		return b.takesNull(v.Source)
	}
	fact := b.columnFact(rel, col)
	return !fact.notNull && !fact.unwritable
}

// comparedType drops the limits of the column that a parameter is compared with: 'x' = $1 is fine with a long $1. A
// value list stays: no row has another value.
func (b *builder) comparedType(p query.Param) Type {
	t := unlimited(b.resolve(p.Type, place{query: true}).typ)
	if rel, col, ok := b.columnOf(p.Column); ok && b.sameBase(p.Type.Element(), col.Type.Element()) {
		of := unlimited(b.columnFact(rel, col).typ)
		if _, isArray := of.(Array); p.Type.Array && !isArray {
			of = Array{Elem: of, Dims: 1} // = ANY ($1)
		}
		t = of
	}
	if a, ok := t.(Array); ok {
		a.NotNullElements = true // nothing is equal to null
		return a
	}
	return t
}

// sameBase tells types that are the same but for domains and limits.
func (b *builder) sameBase(x, y catalog.Type) bool {
	x, y = constraint.Base(b.Catalog, x), constraint.Base(b.Catalog, y)
	return x.Name == y.Name && x.Array == y.Array || isTextual(x) && isTextual(y)
}

func isTextual(t catalog.Type) bool {
	return !t.Array && t.Name.Schema == "pg_catalog" && (t.Name.Name == "text" || t.Name.Name == "varchar" || t.Name.Name == "bpchar")
}

// unlimited is a type without what a column's declaration and CHECKs add to it.
func unlimited(t Type) Type {
	switch t := t.(type) {
	case Scalar:
		return Scalar{Kind: t.Kind}
	case JSONOf:
		if t.Binary {
			return Scalar{Kind: JSONB}
		}
		return Scalar{Kind: JSON}
	case JSONValue:
		if t.Binary {
			return Scalar{Kind: JSONB}
		}
		return Scalar{Kind: JSON}
	case Array:
		t.Elem, t.NotNullElements, t.Rules, t.Tests = unlimited(t.Elem), false, nil, nil
		return t
	}
	return t
}

// stem is a query file's name without folder and extension.
func stem(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}
