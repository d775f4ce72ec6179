package catalog

import (
	"fmt"
	"strings"
)

// valueKey is the same text for values that are the same but for their places, as PostgreSQL's equal() has it.
func valueKey(v Value) string {
	k := &keyWriter{sources: map[*Source]int{}}
	k.value(v)
	return k.b.String()
}

// keyWriter writes a key. The entries of FROM of subqueries are counted; all others are what they are.
type keyWriter struct {
	b       strings.Builder
	sources map[*Source]int
}

func (k *keyWriter) printf(format string, args ...any) { fmt.Fprintf(&k.b, format, args...) }

func (k *keyWriter) source(s *Source) {
	if n, ok := k.sources[s]; ok {
		k.printf("#%d", n)
		return
	}
	k.printf("%p", s)
}

func (k *keyWriter) value(v Value) {
	if v == nil {
		k.b.WriteString("nil")
		return
	}
	k.printf("%T", v)
	k.own(v)
	k.list(valuesIn(v))
	if x, ok := v.(*SubqueryValue); ok {
		k.query(x.Query)
	}
}

func (k *keyWriter) list(values []Value) {
	k.b.WriteByte('(')
	for _, v := range values {
		k.value(v)
		k.b.WriteByte(',')
	}
	k.b.WriteByte(')')
}

// own writes what a value has beside its operands.
func (k *keyWriter) own(v Value) {
	switch x := v.(type) {
	case *ColumnValue:
		k.source(x.Of)
		k.printf(".%d.%d", x.Index, x.Level)
		if x.Index < 0 {
			k.b.WriteString(x.Name)
		}
	case *WholeRow:
		k.source(x.Of)
		k.printf(".%d", x.Level)
	case *Constant:
		k.printf("%d %q %t %v", x.Kind, x.Text, x.Null, x.Type)
	case *ParameterValue:
		k.printf("$%d", x.Param.Number)
	case *SubqueryValue:
		k.printf("%s %s", x.Kind, x.Op)
	case *FunctionCall:
		k.printf("%s.%s %q %t %t %t", x.Schema, x.Name, x.Operator, x.Star, x.Distinct, x.Variadic)
		if x.Over != nil {
			k.printf("over %d %t %t", len(x.Over.Partition), x.Over.Frame, x.Over.MayBeEmpty)
		}
	case *CastValue:
		k.printf("%v", x.Type)
	case *Logic:
		k.b.WriteString(string(x.Op))
	case *IsNull:
		k.printf("%t", x.Not)
	case *IsBool:
		k.printf("%s %t", x.Is, x.Not)
	case *IsDistinct:
		k.printf("%t", x.Not)
	case *ListTest:
		k.printf("%s %t", x.Op, x.All)
	case *BetweenValue:
		k.printf("%t %t", x.Not, x.Symmetric)
	case *FieldValue:
		k.b.WriteString(x.Field)
	case *MinMaxValue:
		k.printf("%t", x.Greatest)
	case *SubscriptValue:
		k.printf("%t", x.Slice)
	case *Construct:
		k.printf("%s %v", x.Name, x.Type)
	}
}

func (k *keyWriter) query(q *Query) {
	if q == nil {
		return
	}
	k.printf("{%s %t", q.Command, q.Distinct)
	for _, cte := range q.With {
		k.printf("with %s", cte.Name)
		k.query(cte.Query)
	}
	if q.SetOp != nil {
		k.printf("%s %t", q.SetOp.Op, q.SetOp.All)
		k.query(q.SetOp.Left)
		k.query(q.SetOp.Right)
	}
	for _, f := range q.From {
		k.from(f)
	}
	for _, c := range q.Columns {
		k.value(c.Value)
	}
	for _, row := range q.Rows {
		k.list(row)
	}
	for _, g := range q.Group {
		k.list(g.Values)
	}
	k.list([]Value{q.Where, q.Having, q.Limit, q.Offset})
	k.list(q.Order)
	k.b.WriteByte('}')
}

func (k *keyWriter) from(f From) {
	switch x := f.(type) {
	case *Source:
		k.sources[x] = len(k.sources)
		if x.Relation != nil {
			k.b.WriteString(x.Relation.String())
		}
		if x.CTE != nil {
			k.printf("cte %s", x.CTE.Name)
		}
		k.query(x.Query)
		k.list(x.Calls)
	case *Join:
		k.b.WriteString(x.Kind)
		k.from(x.Left)
		k.from(x.Right)
		k.value(x.On)
	}
}
