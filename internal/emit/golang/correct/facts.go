package correct

import (
	"context"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/query"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// Asked are the types whose Go is asked for, before what the answers mean for the queries can be said. sqlc itself is asked.
type Asked struct {
	asker
	answers []sqlc.GoType
	pending []func([]sqlc.GoType) Query
}

// New asks for nothing yet.
func New(in sqlc.Input) *Asked {
	return &Asked{asker: asker{
		in: in, places: map[string]int{}, overridden: overriddenColumns(in), enums: enumsByColumn(in),
	}}
}

// Answer takes what sqlc said of the types that Usual gave.
func (a *Asked) Answer(types []sqlc.GoType) { a.answers = types }

// Ask collects the types that the queries need: of those that sqlc has analysed only where it did not know a type or NULL,
// so that most projects do not ask at all, of others all.
func (a *Asked) Ask(queries []query.Query) {
	for i := range queries {
		if q := &queries[i]; q.Sqlc != nil {
			a.pending = append(a.pending, a.query(q))
		}
	}
}

// Finish asks sqlc for what has not been answered.
func (a *Asked) Finish(ctx context.Context) error {
	types, err := sqlc.GoTypes(ctx, a.in, a.uses[len(a.answers):])
	a.answers = append(a.answers, types...)
	return err
}

// Facts says what sqlc's files should say of the queries.
func (a *Asked) Facts() []Query {
	var out []Query
	for _, p := range a.pending {
		out = append(out, p(a.answers))
	}
	return out
}

// asker collects the types that are asked for. A query is made in two steps: what to ask, and what the answers mean.
type asker struct {
	in         sqlc.Input
	uses       []sqlc.TypeUse
	places     map[string]int // of a use's two forms in uses, null first
	overridden []string
	enums      map[catalog.ColumnName]string // value lists of columns
}

func (a *asker) query(q *query.Query) func([]sqlc.GoType) Query {
	columns := make([]int, len(q.Columns))
	for i, c := range q.Columns {
		columns[i] = a.column(q, i, c)
	}
	params, narrow := make([]int, len(q.Params)), make([]int, len(q.Params))
	for i, p := range q.Params {
		params[i], narrow[i] = a.param(q, i, p), a.narrow(q, p)
	}
	return func(types []sqlc.GoType) Query {
		out := Query{Name: q.Name, Cmd: q.Cmd, Read: q.Sqlc.Read}
		for i, c := range q.Columns {
			one := Column{Types: typesAt(types, columns[i]), Nullable: !c.NotNull, Name: a.goName(q.Sqlc.Columns[i].Name)}
			if c.Embed != nil {
				one.Embed = embedOf(a.in.Catalog, c.Embed)
			}
			out.Columns = append(out.Columns, one)
		}
		for i, p := range q.Params {
			out.Params = append(out.Params, Param{
				Types: typesAt(types, params[i]), Narrow: typesAt(types, narrow[i]), NotNull: p.NotNull,
				Nullable: !q.Sqlc.Params[i].Column.NotNull, Unknown: q.Sqlc.Params[i].Column.Unknown,
				Name: a.goName(q.Sqlc.Params[i].Column.Name),
			})
		}
		return out
	}
}

// nowhere is the place of what is not asked for.
const nowhere = -1

// typesAt are the two forms of a type. One that sqlc has no word for is left as sqlc wrote it.
func typesAt(types []sqlc.GoType, at int) Types {
	if at == nowhere || types[at+1].Expr == "interface{}" {
		return Types{}
	}
	return Types{Null: types[at], NotNull: types[at+1]}
}

// column asks for a column's type if sqlc was not told the same.
func (a *asker) column(q *query.Query, i int, c query.Column) int {
	told := q.Sqlc.Columns[i]
	if c.Embed != nil || c.Type.Kind == catalog.UnknownType || a.isOverridden(c.Source) {
		return nowhere
	}
	from := a.listed(c)
	if !q.Sqlc.Read && told.NotNull == c.NotNull && sameType(told, c.Type) && (from == catalog.ColumnName{} || c.Source != nil) {
		return nowhere
	}
	return a.ask(sqlc.TypeUse{Type: c.Type, Source: from})
}

// param asks for a parameter's type. Where NULL makes no sense sqlc may have allowed it all the same.
func (a *asker) param(q *query.Query, i int, p query.Param) int {
	told := q.Sqlc.Params[i].Column
	if p.Slice || p.Type.Kind == catalog.UnknownType || a.isOverridden(p.Column) {
		return nowhere
	}
	if !q.Sqlc.Read && (sameType(told, p.Type) || widens(told, p.Type)) && (told.NotNull || !p.NotNull) {
		return nowhere
	}
	use := sqlc.TypeUse{Type: p.Type}
	if p.Column != nil {
		use.Source = *p.Column
	}
	return a.ask(use)
}

// narrow asks for the int4 that sqlc may have where PostgreSQL takes an int8.
func (a *asker) narrow(q *query.Query, p query.Param) int {
	t := p.Type
	if !q.Sqlc.Read || p.Slice || t.Kind != catalog.BaseType || t.Name.Name != "int8" {
		return nowhere
	}
	t.Name.Name = "int4"
	return a.ask(sqlc.TypeUse{Type: t})
}

// ask notes a use in both forms, once.
func (a *asker) ask(use sqlc.TypeUse) int {
	key := use.Type.Name.String() + " " + string(use.Type.Kind) + " " + strings.Repeat("[]", use.Type.Dims) + " " +
		a.enums[use.Source]
	if at, ok := a.places[key]; ok {
		return at
	}
	at := len(a.uses)
	notNull := use
	notNull.NotNull = true
	a.uses = append(a.uses, use, notNull)
	a.places[key] = at
	return at
}

// enumsByColumn tells the value lists of columns, which alone make one column's type another than that of its kind.
func enumsByColumn(in sqlc.Input) map[catalog.ColumnName]string {
	out := map[catalog.ColumnName]string{}
	for _, e := range in.Enums {
		for _, c := range e.Columns {
			out[c] = e.Name.String()
		}
	}
	return out
}

// listed is a column whose value list the result has too: the source, or one of those that its values come from, if all of
// them and all constants are of one list.
func (a *asker) listed(c query.Column) catalog.ColumnName {
	if c.Source != nil {
		return *c.Source
	}
	if c.Values == nil || len(c.Values.Columns) == 0 {
		return catalog.ColumnName{}
	}
	for _, e := range a.in.Enums {
		if containsAll(e.Columns, c.Values.Columns) && containsAll(e.Values, c.Values.Constants) {
			return c.Values.Columns[0]
		}
	}
	return catalog.ColumnName{}
}

func containsAll[T comparable](list, wanted []T) bool {
	return !slices.ContainsFunc(wanted, func(w T) bool { return !slices.Contains(list, w) })
}

// sameType tells that sqlc's word for a type means it: as sqlc knows types, without modifiers.
func sameType(told sqlc.Column, t catalog.Type) bool {
	name := told.Type.Name
	if internal, ok := spellings[name]; ok {
		name = internal
	}
	return told.Array == t.Array && name == t.Name.Name && t.Kind != catalog.DomainType
}

// widens tells an int4 of sqlc's where PostgreSQL takes an int8, as after LIMIT: every value is taken, and callers who have
// an int32 need no change.
func widens(told sqlc.Column, t catalog.Type) bool {
	int4, int8 := t, t
	int4.Name.Name, int8.Name.Name = "int4", "int8"
	return sameType(told, int4) && t.Name == int8.Name && t.Kind == catalog.BaseType
}

// spellings are SQL's names of built-in types, as sqlc passes them on.
var spellings = map[string]string{
	"bigint": "int8", "integer": "int4", "int": "int4", "smallint": "int2", "boolean": "bool", "double precision": "float8", "real": "float4",
	"decimal": "numeric", "character varying": "varchar", "character": "bpchar",
}

// overriddenColumns are the patterns of overrides: that name a column: their Go type is the user's.
func overriddenColumns(in sqlc.Input) []string {
	var out []string
	lists := []*yaml.Node{lookup(in.Config.Node, "overrides", "go", "overrides")}
	if in.SQL.Go != nil {
		lists = append(lists, lookup(in.SQL.Go.Node, "overrides"))
	}
	for _, list := range lists {
		if list == nil {
			continue
		}
		for _, o := range list.Content {
			if c := lookup(o, "column"); c != nil {
				out = append(out, c.Value)
			}
		}
	}
	return out
}

// lookup follows keys of mappings; nil where one is missing.
func lookup(n *yaml.Node, keys ...string) *yaml.Node {
	for n != nil && (n.Kind == yaml.AliasNode || n.Kind == yaml.DocumentNode) {
		if n.Kind == yaml.AliasNode {
			n = n.Alias
		} else {
			n = n.Content[0]
		}
	}
	if n == nil || len(keys) == 0 {
		return n
	}
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == keys[0] {
			return lookup(n.Content[i+1], keys[1:]...)
		}
	}
	return nil
}

// isOverridden tells a column that an override may mean: table.column, schema.table.column, with * in any part.
func (a *asker) isOverridden(c *catalog.ColumnName) bool {
	if c == nil {
		return false
	}
	have := []string{c.Relation.Schema, c.Relation.Name, c.Column}
	return slices.ContainsFunc(a.overridden, func(pattern string) bool {
		parts := strings.Split(pattern, ".")
		if len(parts) > len(have) {
			parts = parts[len(parts)-len(have):]
		}
		for i, p := range parts {
			if ok, err := path.Match(p, have[len(have)-len(parts)+i]); err != nil || !ok {
				return false
			}
		}
		return true
	})
}

// embedOf says of each column of an embedded relation whether NULL is forbidden there.
func embedOf(c *catalog.Catalog, e *query.Embed) *Embed {
	out := &Embed{Absent: e.Nullable}
	for _, rel := range c.Relations {
		if rel.Name != e.Relation {
			continue
		}
		for _, col := range rel.Columns {
			out.NotNull = append(out.NotNull, col.NotNull || domainForbids(c, col.Type))
		}
	}
	return out
}

// domainForbids tells a domain that is NOT NULL, or one above such a domain.
func domainForbids(c *catalog.Catalog, t catalog.Type) bool {
	for t.Kind == catalog.DomainType && !t.Array {
		i := slices.IndexFunc(c.Domains, func(d catalog.Domain) bool { return d.Name == t.Name })
		if i < 0 {
			return false
		}
		if c.Domains[i].NotNull {
			return true
		}
		t = c.Domains[i].Type
	}
	return false
}
