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
		if tags.omits("") {
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

// wholeRelation finds the relation whose row the query returns exactly: every column, in order, under its own name, no
// more nullable than in the table.
func (b *builder) wholeRelation(q *sqlc.Query) (*Relation, bool) {
	first := q.Columns[0]
	rel, ok := b.tableOf(first)
	if !ok || len(rel.Columns) != len(q.Columns) {
		return nil, false
	}
	r, ok := b.relationOf[rel.Name]
	if !ok {
		return nil, false
	}
	for i, c := range q.Columns {
		from, ok := b.tableOf(c)
		col := rel.Columns[i]
		if !ok || from != rel || c.Embed != nil || columnName(c) != col.Name || c.Name != col.Name || c.NotNull != col.NotNull && !b.domainNotNull(col) {
			return nil, false
		}
	}
	return r, len(r.Row.Fields) == len(rel.Columns)
}

func (b *builder) domainNotNull(col catalog.Column) bool {
	d, ok := b.domainOf[col.Type.Name]
	return ok && d.NotNull
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

// resultField is one column of a query's row.
func (b *builder) resultField(c sqlc.Column, i int) Field {
	if c.Embed != nil {
		return b.embedField(c)
	}
	name := c.Name
	if name == "" {
		name = fmt.Sprintf("column_%d", i+1)
	}
	f := Field{Column: name, Nullable: !c.NotNull}
	f.Type, f.Rules = b.queryType(c)
	f.Name, f.Wire = b.names.key(name, QueryRow)
	return f
}

func (b *builder) embedField(c sqlc.Column) Field {
	f := Field{Column: c.Embed.Name, Embed: true, Type: Scalar{Kind: AnyKind}}
	if rel, ok := b.lookup(*c.Embed); ok {
		if r, kept := b.relationOf[rel.Name]; kept {
			f.Type = ObjectRef{Object: r.Row}
		}
	}
	f.Name, f.Wire = b.names.key(c.Embed.Name, QueryRow)
	return f
}

// queryType is the type of a result column or parameter: its source column's where it has one, with its value list and
// domain, else what sqlc made of the expression. Rules come along only with a source column.
func (b *builder) queryType(c sqlc.Column) (Type, []Rule) {
	if rel, ok := b.tableOf(c); ok {
		if col, ok := rel.Column(columnName(c)); ok {
			fact := b.columnFact(rel, col, b.atomsOf(rel, col.Name))
			return fact.typ, validRules(fact.rules)
		}
	}
	t := b.sqlcType(c.Type)
	if c.Array {
		t = Array{Elem: t, Dims: max(1, c.Dims)}
	}
	return t, nil
}

// atomsOf compiles the rules of one column.
func (b *builder) atomsOf(rel *catalog.Relation, column string) []factRule {
	var rules []factRule
	for _, rule := range relationRules(b.Catalog, rel) {
		atoms, _ := rule.Atoms()
		for _, a := range atoms {
			if a.Column == column {
				rules = append(rules, factRule{Rule{rule.Constraint, a.Atom}, rule.NotValid})
			}
		}
	}
	return rules
}

func validRules(rules []factRule) []Rule {
	var out []Rule
	for _, r := range rules {
		if !r.notValid {
			out = append(out, r.Rule)
		}
	}
	return out
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
	if n.Schema == "" {
		n.Schema = b.Config.Shared.DefaultSchema
	}
	if e, ok := b.enumOf[n]; ok {
		return EnumRef{Enum: e}
	}
	if o, ok := b.objectOf[n]; ok {
		return ObjectRef{Object: o}
	}
	if d, ok := b.domainOf[n]; ok {
		return b.resolve(d.Type, place{}).typ
	}
	if e, ok := b.loweredEnum(n); ok {
		return EnumRef{Enum: e}
	}
	return Scalar{Kind: AnyKind}
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
	out.Params = o
	if b.Language != naming.Go {
		b.declareObject(o, source.Span{}, "the parameters of query "+q.Name, "naming.params")
	}
}

// paramField is one parameter. Only a parameter that is stored in a column must satisfy the column's rules; one that is
// compared may be anything of its type.
func (b *builder) paramField(p sqlc.Param) Field {
	name := p.Column.Name
	if name == "" {
		name = fmt.Sprintf("param_%d", p.Number)
	}
	f := Field{Nullable: !p.Column.NotNull}
	if p.Assigned != nil {
		b.assignedField(&f, *p.Assigned)
	} else {
		f.Type = b.comparedType(p.Column)
	}
	if p.Column.Slice {
		f.Type = Array{Elem: f.Type, Dims: 1, NotNullElements: true}
	}
	f.Name, f.Wire = b.names.key(name, Params)
	return f
}

func (b *builder) assignedField(f *Field, to catalog.ColumnName) {
	rel, ok := b.lookup(to.Relation)
	if !ok {
		f.Type = Scalar{Kind: AnyKind}
		return
	}
	col, ok := rel.Column(to.Column)
	if !ok {
		f.Type = Scalar{Kind: AnyKind}
		return
	}
	fact := b.columnFact(rel, col, b.atomsOf(rel, col.Name))
	f.Column, f.Type, f.Doc = col.Name, fact.typ, fact.tags.doc
	f.Nullable = !fact.notNull
	for _, r := range fact.rules {
		f.Rules = append(f.Rules, r.Rule)
	}
}

// comparedType drops the limits of the column that a parameter is compared with: 'x' = $1 is fine with a long $1.
func (b *builder) comparedType(c sqlc.Column) Type {
	t, _ := b.queryType(c)
	if s, ok := t.(Scalar); ok {
		return Scalar{Kind: s.Kind}
	}
	if j, ok := t.(JSONOf); ok {
		if j.Binary {
			return Scalar{Kind: JSONB}
		}
		return Scalar{Kind: JSON}
	}
	return t
}

// stem is a query file's name without folder and extension.
func stem(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}
