package query

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// columnShape is the shape of a query's column, nil if it is no JSON or its shape is not known.
func (b *builder) columnShape(q *catalog.Query, i int) *Shape {
	if !isJSON(q.Columns[i].Type) {
		return nil
	}
	s := shaper{builder: b, query: q}.output(i)
	switch s.Kind {
	case ScalarShape:
		if isJSON(s.Type) {
			return nil
		}
	case AnyShape:
		return nil
	case EmptyShape:
		s = &Shape{Kind: ArrayShape, Elem: anyShape, ElemNullable: true}
	}
	return s
}

func isJSON(t catalog.Type) bool {
	return !t.Array && t.Name.Schema == "pg_catalog" && (t.Name.Name == "json" || t.Name.Name == "jsonb")
}

var (
	anyShape   = &Shape{Kind: AnyShape}
	emptyShape = &Shape{Kind: EmptyShape}
)

// maxDepth is how deep shapes are followed: a recursive query builds deeper and deeper JSON.
const maxDepth = 12

// shaper finds the shapes of the values of one query.
type shaper struct {
	*builder
	query *catalog.Query
	// given are the conditions that hold beside those of the query: FILTER of the aggregate around a value.
	given []catalog.Value
	depth int
}

// in is the shaper of a subquery.
func (s shaper) in(q *catalog.Query) shaper {
	return shaper{builder: s.builder, query: q, depth: s.depth + 1}
}

// output is the shape of a column of the query.
func (s shaper) output(i int) *Shape {
	q := s.query
	switch {
	case q == nil || s.depth > maxDepth:
		return anyShape
	case q.SetOp != nil:
		return merged(s.in(q.SetOp.Left).output(i), s.in(q.SetOp.Right).output(i))
	case q.Rows != nil:
		var all []*Shape
		for _, row := range q.Rows {
			if i < len(row) {
				all = append(all, s.json(row[i]))
			}
		}
		return merged(all...)
	case i >= len(q.Columns) || q.Columns[i].Value == nil:
		return anyShape
	}
	return s.value(q.Columns[i].Value)
}

// value is what to_json makes of a value; JSON it leaves as it is.
func (s shaper) value(v catalog.Value) *Shape {
	if isJSON(v.Result()) {
		return s.json(v)
	}
	switch v := v.(type) {
	case *catalog.WholeRow:
		return s.row(v.Of)
	case *catalog.RowValue:
		return s.anonymousRow(v)
	case *catalog.CastValue:
		if v.Type.Kind == catalog.PseudoType { // a row as a record
			return s.value(v.Arg)
		}
	case *catalog.ArrayValue:
		return s.list(v.Elements...)
	case *catalog.FunctionCall:
		if v.Builtin && v.Name == "array_agg" && len(v.Args) == 1 && v.Over == nil {
			return s.aggregate(v, v.Args[0])
		}
	case *catalog.ColumnValue:
		if of, ok := s.behind(v.Of); ok && v.Index >= 0 && v.Type.Array {
			return of.output(v.Index)
		}
	}
	values, _ := s.valuesIn(v)
	out := s.ofType(v.Result(), &values, 0)
	if out.Kind == ArrayShape && out.ElemNullable {
		out.ElemNullable = s.ask(s.query).Elements(v, s.given...).Nullable
	}
	return out
}

// behind is the shaper of the query that an entry of FROM stands for.
func (s shaper) behind(of *catalog.Source) (shaper, bool) {
	switch {
	case of.Query != nil:
		return s.in(of.Query), true
	case of.CTE != nil:
		return s.in(of.CTE.Query), true
	}
	return s, false
}

// json is the shape of a value that is JSON.
func (s shaper) json(v catalog.Value) *Shape {
	switch v := v.(type) {
	case *catalog.FunctionCall:
		return s.call(v)
	case *catalog.Constant:
		return constantShape(v)
	case *catalog.CastValue:
		if isJSON(v.Arg.Result()) {
			return s.json(v.Arg)
		}
		if c, ok := v.Arg.(*catalog.Constant); ok {
			return constantShape(c)
		}
	case *catalog.CoalesceValue:
		return s.mergedOf(v.Args...)
	case *catalog.NullIfValue:
		return s.json(v.Left)
	case *catalog.CaseValue:
		var all []catalog.Value
		for _, w := range v.Whens {
			all = append(all, w.Result)
		}
		if v.Else != nil {
			all = append(all, v.Else)
		}
		return s.mergedOf(all...)
	case *catalog.SubqueryValue:
		if v.Kind == "scalar" {
			return s.in(v.Query).output(0)
		}
	case *catalog.ColumnValue:
		if of, ok := s.behind(v.Of); ok && v.Index >= 0 {
			return of.output(v.Index)
		}
		return &Shape{Kind: ScalarShape, Type: v.Type}
	case *catalog.Construct:
		return s.construct(v)
	}
	return anyShape
}

// mergedOf is the shape of a value that is one of several; a NULL among them is no JSON.
func (s shaper) mergedOf(values ...catalog.Value) *Shape {
	var all []*Shape
	for _, v := range values {
		if !isNull(v) {
			all = append(all, s.json(v))
		}
	}
	return merged(all...)
}

func isNull(v catalog.Value) bool {
	switch v := v.(type) {
	case *catalog.Constant:
		return v.Null
	case *catalog.CastValue:
		return isNull(v.Arg)
	}
	return false
}

// constantShape reads the constants that stand for nothing: [] and {}.
func constantShape(c *catalog.Constant) *Shape {
	switch {
	case c.Null || c.Kind != catalog.StringLiteral:
	case blankless(c.Text) == "[]":
		return emptyShape
	case blankless(c.Text) == "{}":
		return &Shape{Kind: ObjectShape}
	}
	return anyShape
}

func blankless(text string) string {
	out := []byte{}
	for i := range len(text) {
		if !slices.Contains([]byte(" \t\r\n"), text[i]) {
			out = append(out, text[i])
		}
	}
	return string(out)
}

// nullable tells whether a value can be NULL where the shaper's conditions hold.
func (s shaper) nullable(v catalog.Value) bool {
	return s.ask(s.query).Value(v, s.given...).Nullable
}

// key is the member of an object that a value becomes.
func (s shaper) key(name string, v catalog.Value) Key {
	return Key{Name: name, Nullable: s.nullable(v), Shape: s.value(v), Source: plainSource(v)}
}

// plainSource is the column of a table or view that a value is.
func plainSource(v catalog.Value) *catalog.ColumnName {
	c, ok := v.(*catalog.ColumnValue)
	if !ok || c.Index < 0 || c.Of.Relation == nil {
		return nil
	}
	return &catalog.ColumnName{Relation: *c.Of.Relation, Column: c.Of.Columns[c.Index].Name}
}

// list is an array of some values.
func (s shaper) list(values ...catalog.Value) *Shape {
	out := &Shape{Kind: ArrayShape, Elem: anyShape}
	var all []*Shape
	for _, v := range values {
		if !isNull(v) {
			all = append(all, s.value(v))
		}
		out.ElemNullable = out.ElemNullable || s.nullable(v)
	}
	if len(values) == 0 {
		return emptyShape
	}
	out.Elem = merged(all...)
	return out
}

// aggregate is an array of a value in each of the rows that reach an aggregate.
func (s shaper) aggregate(c *catalog.FunctionCall, v catalog.Value) *Shape {
	s = s.filtered(c)
	return &Shape{Kind: ArrayShape, Elem: s.value(v), ElemNullable: s.nullable(v)}
}

// filtered is the shaper of an aggregate's arguments: in the rows that reach it, not in those of groups.
func (s shaper) filtered(c *catalog.FunctionCall) shaper {
	s.given = append(slices.Clone(s.given), always)
	if c.Filter != nil {
		s.given = append(s.given, c.Filter)
	}
	return s
}

// always is a condition that every row meets.
var always = &catalog.Constant{
	Typed: catalog.Typed{Type: catalog.Type{Name: catalog.Name{Schema: "pg_catalog", Name: "bool"}, Kind: catalog.BaseType}},
	Kind:  catalog.BoolLiteral, Text: "true",
}
