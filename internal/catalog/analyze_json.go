package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// json is a constructor or test of SQL/JSON; ok is false for any other node.
func (a *analysis) json(n *pg_query.Node, sc *scope) (t term, ok bool) {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_JsonIsPredicate:
		arg := a.known(a.expr(x.JsonIsPredicate.Expr, sc))
		result := a.builtin("bool")
		return term{typ: result, v: &Construct{Typed: typed(result, a.st.at(x.JsonIsPredicate.Location)), Name: "is json", Args: []Value{arg.v}}}, true
	case *pg_query.Node_JsonObjectConstructor:
		j := x.JsonObjectConstructor
		var args []term
		for _, e := range j.Exprs {
			args = append(args, a.jsonPair(e.GetJsonKeyValue(), sc)...)
		}
		return a.jsonMade("json_object", args, j.Output, j.AbsentOnNull, j.Location), true
	case *pg_query.Node_JsonArrayConstructor:
		j := x.JsonArrayConstructor
		var args []term
		for _, e := range j.Exprs {
			args = append(args, a.jsonValue(e.GetJsonValueExpr(), sc))
		}
		return a.jsonMade("json_array", args, j.Output, j.AbsentOnNull, j.Location), true
	case *pg_query.Node_JsonArrayQueryConstructor:
		j := x.JsonArrayQueryConstructor
		q, columns := a.subquery(j.Query, sc)
		inner := a.firstColumn(q, columns)
		inner.v = &SubqueryValue{Typed: typed(inner.typ, a.st.at(j.Location)), Kind: "array", Query: q}
		return a.jsonMade("json_array", []term{inner}, j.Output, j.AbsentOnNull, j.Location), true
	case *pg_query.Node_JsonObjectAgg:
		return a.jsonAggregate("json_objectagg", x.JsonObjectAgg.Constructor, a.jsonPair(x.JsonObjectAgg.Arg, sc), sc), true
	case *pg_query.Node_JsonArrayAgg:
		return a.jsonAggregate("json_arrayagg", x.JsonArrayAgg.Constructor, []term{a.jsonValue(x.JsonArrayAgg.Arg, sc)}, sc), true
	case *pg_query.Node_JsonValueExpr:
		return a.jsonValue(x.JsonValueExpr, sc), true
	}
	return term{}, false
}

func (a *analysis) jsonPair(x *pg_query.JsonKeyValue, sc *scope) []term {
	return []term{a.known(a.expr(x.GetKey(), sc)), a.jsonValue(x.GetValue(), sc)}
}

func (a *analysis) jsonValue(x *pg_query.JsonValueExpr, sc *scope) term {
	t := a.known(a.expr(x.GetRawExpr(), sc))
	if x.GetFormat().GetFormatType() == pg_query.JsonFormatType_JS_FORMAT_JSON {
		// Text with FORMAT JSON is a document, and no string.
		t.typ = a.builtin("json")
		t.v = &Construct{Typed: typed(t.typ, t.v.At()), Name: "format json", Args: []Value{t.v}}
	}
	return t
}

// jsonResult is RETURNING's type, or json; jsonb where something in it is jsonb.
func (a *analysis) jsonResult(args []term, out *pg_query.JsonOutput) typeRef {
	if out.GetTypeName() != nil {
		return a.typeName(out.TypeName)
	}
	for _, t := range args {
		if t.typ.sameType(a.builtin("jsonb")) {
			return a.builtin("jsonb")
		}
	}
	return a.builtin("json")
}

func (a *analysis) jsonMade(name string, args []term, out *pg_query.JsonOutput, absent bool, location int32) term {
	result := a.jsonResult(args, out)
	return term{typ: result, v: &Construct{Typed: typed(result, a.st.at(location)), Name: name, Args: values(args), AbsentOnNull: absent}}
}

// jsonAggregate is JSON_OBJECTAGG or JSON_ARRAYAGG.
func (a *analysis) jsonAggregate(name string, x *pg_query.JsonAggConstructor, args []term, sc *scope) term {
	result := a.jsonResult(args, x.Output)
	out := &FunctionCall{Typed: typed(result, a.st.at(x.Location)), Schema: "pg_catalog", Name: name, Kind: AggregateFunction, Builtin: true, Args: values(args)}
	for _, s := range x.AggOrder {
		out.Order = append(out.Order, a.known(a.expr(s.GetSortBy().GetNode(), sc)).v)
	}
	if x.AggFilter != nil {
		out.Filter = a.boolean(a.expr(x.AggFilter, sc), "FILTER").v
	}
	if x.Over != nil {
		out.Over = a.window(x.Over, sc)
	} else {
		sc.aggregates(out)
	}
	return term{typ: result, v: out}
}
