package model

import (
	"fmt"
	"path"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// queries makes the row and parameter types of every analysed query.
func (b *builder) queries() {
	for i := range b.Queries {
		q := &b.Queries[i]
		tags := b.tags(strings.Join(q.Comments, "\n"), source.Span{})
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

func (b *builder) queryRow(q *sqlc.Query, out *Query, tags tagged) {
	if !returnsRows[q.Cmd] || len(q.Columns) == 0 {
		return
	}
	if r, ok := b.wholeRelation(q); ok {
		out.Row, out.SharedRow = r.Row, true
		return
	}
	o := b.queryObject(QueryRow, q, tags, out)
	for i, c := range q.Columns {
		o.Fields = append(o.Fields, b.resultField(c, i))
	}
	b.names.fields(o)
	out.Row = o
	if b.Language != naming.Go {
		b.declareObject(o, source.Span{}, "the row of query "+q.Name, "naming.query_row")
	}
}

// queryObject makes the object of a query's row or parameters. @name in the query's comment names its row.
func (b *builder) queryObject(v Variant, q *sqlc.Query, tags tagged, out *Query) *Object {
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
func (b *builder) wholeRelation(q *sqlc.Query) (*Relation, bool) {
	rel, ok := b.tableOf(q.Columns[0])
	if !ok || len(rel.Columns) != len(q.Columns) {
		return nil, false
	}
	r, ok := b.relationOf[rel.Name]
	if !ok || len(r.Row.Fields) != len(rel.Columns) {
		return nil, false
	}
	inner := false // a column that sqlc knows to be NOT NULL shows that no outer join adds nulls
	for i, c := range q.Columns {
		from, ok := b.tableOf(c)
		col := rel.Columns[i]
		if !ok || from != rel || c.Embed != nil || columnName(c) != col.Name || c.Name != col.Name || c.NotNull != b.toldNotNull(col) {
			return nil, false
		}
		inner = inner || c.NotNull
	}
	for i, f := range r.Row.Fields {
		if !inner && f.Nullable == q.Columns[i].NotNull {
			return nil, false
		}
	}
	return r, true
}

// toldNotNull is what sqlc is told of a column: NOT NULL of its own or of a domain, but not by a CHECK.
func (b *builder) toldNotNull(col catalog.Column) bool {
	notNull := col.NotNull
	for t := col.Type; t.Kind == catalog.DomainType && !t.Array; {
		d, ok := b.domainOf[t.Name]
		if !ok {
			break
		}
		notNull, t = notNull || d.NotNull, d.Type
	}
	return notNull
}

func columnName(c sqlc.Column) string {
	if c.OriginalName != "" {
		return c.OriginalName
	}
	return c.Name
}

// tableOf finds the relation that a query's column comes from. sqlc leaves the schema out for the default one.
func (b *builder) tableOf(c sqlc.Column) (*catalog.Relation, bool) {
	if c.Table == nil || c.Table.Name == "" {
		return nil, false
	}
	return b.lookup(*c.Table)
}

func (b *builder) lookup(n catalog.Name) (*catalog.Relation, bool) {
	if n.Schema == "" {
		n.Schema = b.Config.Shared.DefaultSchema
	}
	rel, ok := b.catalogRel[n]
	return rel, ok
}

// resultField is one column of a query's row. One that is a relation's column under its own name has the names and the
// comment that it has there.
func (b *builder) resultField(c sqlc.Column, i int) Field {
	if c.Embed != nil {
		return b.embedField(c)
	}
	name := c.Name
	if name == "" {
		name = fmt.Sprintf("column_%d", i+1)
	}
	f := Field{Column: name, Nullable: !c.NotNull}
	f.Name, f.Wire = b.names.key(name, name, QueryRow)
	rel, col, ok := b.sourceOf(c)
	if !ok {
		f.Type = b.expressionType(c)
		return f
	}
	fact := b.columnFact(rel, col)
	f.Type, f.Doc = fact.typ, fact.tags.doc
	f.Rules, f.Tests = split(fact.rules, false)
	if name == col.Name {
		f.Name, f.Wire = b.names.column(rel, name, QueryRow, fact.tags)
	}
	return f
}

// sourceOf finds the column of a relation that a result column or parameter stands for.
func (b *builder) sourceOf(c sqlc.Column) (*catalog.Relation, *catalog.Column, bool) {
	rel, ok := b.tableOf(c)
	if !ok {
		return nil, nil, false
	}
	col, ok := rel.Column(columnName(c))
	return rel, col, ok
}

// expressionType is what sqlc made of an expression.
func (b *builder) expressionType(c sqlc.Column) Type {
	t := b.sqlcType(c.Type)
	if c.Array {
		_, domain := b.domainOf[b.inSchema(c.Type)] // of those sqlc only sees the ones that list values
		t = Array{Elem: t, Dims: max(1, c.Dims), OfDomain: domain}
	}
	return t
}

func (b *builder) embedField(c sqlc.Column) Field {
	f := Field{Column: c.Embed.Name, Embed: true, Type: Scalar{Kind: AnyKind}}
	if rel, ok := b.lookup(*c.Embed); ok {
		if r, kept := b.relationOf[rel.Name]; kept {
			f.Type = ObjectRef{Object: r.Row}
		}
	}
	f.Name, f.Wire = b.names.key(c.Embed.Name, c.Embed.Name, QueryRow)
	return f
}

// sqlcType maps the name that sqlc gives an expression's type.
func (b *builder) sqlcType(n catalog.Name) Type {
	n = canonicalName(n)
	if kind, ok := kindOf(n); ok {
		return scalar(kind, nil)
	}
	if elem, ok := rangeElem[n.Name]; ok {
		return builtinRange(n.Name, elem)
	}
	n = b.inSchema(n)
	if e, ok := b.enumOf[n]; ok {
		return EnumRef{Enum: e, Constraint: e.Constraint}
	}
	if o, ok := b.objectOf[n]; ok {
		return ObjectRef{Object: o}
	}
	if d, ok := b.domainOf[n]; ok {
		return b.resolve(d.Type, place{}).typ
	}
	if e, ok := b.loweredEnum(n); ok {
		return EnumRef{Enum: e, Constraint: e.Constraint}
	}
	return Scalar{Kind: AnyKind}
}

// inSchema gives a name without a schema the default one.
func (b *builder) inSchema(n catalog.Name) catalog.Name {
	if n.Schema == "" {
		n.Schema = b.Config.Shared.DefaultSchema
	}
	return n
}

func (b *builder) queryParams(q *sqlc.Query, out *Query, tags tagged) {
	if len(q.Params) == 0 {
		return
	}
	o := b.queryObject(Params, q, tags, out)
	for _, p := range q.Params {
		o.Fields = append(o.Fields, b.paramField(p))
	}
	b.names.fields(o)
	b.insertRules(q, o)
	out.Params = o
	if b.Language != naming.Go {
		b.declareObject(o, source.Span{}, "the parameters of query "+q.Name, "naming.params")
	}
}

// insertRules gives the parameters that an INSERT stores the rules of its table.
func (b *builder) insertRules(q *sqlc.Query, o *Object) {
	if q.InsertInto == nil {
		return
	}
	rel, ok := b.lookup(*q.InsertInto)
	if !ok {
		return
	}
	assigned := map[string][]int{}
	for i, p := range q.Params {
		if of, col, ok := b.assignedColumn(p); ok && of == rel && !p.Column.Slice {
			assigned[col.Name] = append(assigned[col.Name], i)
		}
	}
	b.paramRules(rel, o, assigned)
}

// paramField is one parameter. Only a parameter that is stored in a column must satisfy the column's rules; one that is
// compared may be anything of its type.
func (b *builder) paramField(p sqlc.Param) Field {
	name := p.Column.Name
	if name == "" {
		name = fmt.Sprintf("param_%d", p.Number)
	}
	f := Field{Nullable: !p.Column.NotNull}
	f.Name, f.Wire = b.names.key(name, name, Params)
	if rel, col, ok := b.assignedColumn(p); ok {
		fact := b.columnFact(rel, col)
		f.Column, f.Type, f.Doc, f.Nullable = col.Name, fact.typ, fact.tags.doc, !fact.notNull && !fact.unwritable
		f.NullBreaks = fact.nullBreaks
		f.Rules, f.Tests = split(fact.rules, true)
		if name == col.Name {
			f.Name, f.Wire = b.names.column(rel, name, Params, fact.tags)
		}
	} else {
		f.Type = b.comparedType(p.Column)
	}
	if p.Column.Slice {
		f.Type = Array{Elem: f.Type, Dims: 1, NotNullElements: true}
	}
	return f
}

// assignedColumn is the column that a parameter is stored in.
func (b *builder) assignedColumn(p sqlc.Param) (*catalog.Relation, *catalog.Column, bool) {
	if p.Assigned == nil {
		return nil, nil, false
	}
	rel, ok := b.lookup(p.Assigned.Relation)
	if !ok {
		return nil, nil, false
	}
	col, ok := rel.Column(p.Assigned.Column)
	return rel, col, ok
}

// comparedType drops the limits of the column that a parameter is compared with: 'x' = $1 is fine with a long $1. A
// value list stays: no row has another value.
func (b *builder) comparedType(c sqlc.Column) Type {
	rel, col, ok := b.sourceOf(c)
	if !ok {
		return b.expressionType(c)
	}
	t := unlimited(b.columnFact(rel, col).typ)
	if _, isArray := t.(Array); c.Array && !isArray {
		t = Array{Elem: t, Dims: 1} // = ANY ($1)
	}
	return t
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
