package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

var valueTypes = map[pg_query.SQLValueFunctionOp]string{
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_DATE:        "date",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIME:        "timetz",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIME_N:      "timetz",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP:   "timestamptz",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP_N: "timestamptz",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIME:           "time",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIME_N:         "time",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIMESTAMP:      "timestamp",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIMESTAMP_N:    "timestamp",
}

// valueFunction is CURRENT_DATE and the like; all others are names of roles and databases.
func (a *analysis) valueFunction(x *pg_query.SQLValueFunction) term {
	name, ok := valueTypes[x.Op]
	if !ok {
		name = "name"
	}
	ref := a.builtin(name)
	if x.Typmod >= 0 && strings.HasSuffix(x.Op.String(), "_N") {
		ref.mods = []int32{min(x.Typmod, 6)}
	}
	return term{typ: ref, v: &Construct{Typed: typed(ref, a.st.at(x.Location)), Name: valueNames[x.Op]}}
}

// construct is what has a grammar of its own.
func (a *analysis) construct(n *pg_query.Node, sc *scope) term {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_SqlvalueFunction:
		return a.valueFunction(x.SqlvalueFunction)
	case *pg_query.Node_NullTest:
		arg := a.expr(x.NullTest.Arg, sc)
		not := x.NullTest.Nulltesttype == pg_query.NullTestType_IS_NOT_NULL
		t := typed(a.builtin("bool"), a.st.at(x.NullTest.Location))
		return term{typ: a.builtin("bool"), v: &IsNull{Typed: t, Arg: arg.v, Not: not}}
	case *pg_query.Node_BooleanTest:
		return a.booleanTest(x.BooleanTest, sc)
	case *pg_query.Node_CoalesceExpr:
		terms := a.exprs(x.CoalesceExpr.Args, sc)
		result := a.common(terms, "COALESCE")
		out := &CoalesceValue{Typed: typed(result, a.st.at(x.CoalesceExpr.Location)), Args: values(terms)}
		a.noSets(out, "COALESCE")
		return term{typ: result, v: out}
	case *pg_query.Node_MinMaxExpr:
		greatest := x.MinMaxExpr.Op == pg_query.MinMaxOp_IS_GREATEST
		word := map[bool]string{true: "GREATEST", false: "LEAST"}[greatest]
		terms := a.exprs(x.MinMaxExpr.Args, sc)
		result := a.common(terms, word)
		return term{typ: result, v: &MinMaxValue{Typed: typed(result, a.st.at(x.MinMaxExpr.Location)), Greatest: greatest, Args: values(terms)}}
	case *pg_query.Node_GroupingFunc:
		sc.query.grouped = true
		t := typed(a.builtin("int4"), a.st.at(x.GroupingFunc.Location))
		return term{typ: a.builtin("int4"), v: &Construct{Typed: t, Name: "grouping", Args: values(a.exprs(x.GroupingFunc.Args, sc))}}
	case *pg_query.Node_SetToDefault:
		a.problem(failf(a.st.at(x.SetToDefault.Location), syntaxError, "DEFAULT is not allowed in this context"))
		return term{typ: a.builtin("unknown"), v: &Construct{Typed: typed(a.builtin("unknown"), a.st.at(x.SetToDefault.Location)), Name: "default"}}
	case *pg_query.Node_CurrentOfExpr:
		return term{typ: a.builtin("bool"), v: &Construct{Typed: typed(a.builtin("bool"), a.st.head()), Name: "current of"}}
	case *pg_query.Node_XmlExpr:
		return a.xml(x.XmlExpr, sc)
	case *pg_query.Node_XmlSerialize:
		return a.xmlSerialize(x.XmlSerialize, sc)
	}
	if t, ok := a.json(n, sc); ok {
		return t
	}
	a.children(n, sc)
	return term{}
}

// booleanWords are the tests of BooleanTest: the word, and whether NOT stands before it.
var booleanWords = map[pg_query.BoolTestType]struct {
	word string
	not  bool
}{
	pg_query.BoolTestType_IS_TRUE: {"true", false}, pg_query.BoolTestType_IS_NOT_TRUE: {"true", true},
	pg_query.BoolTestType_IS_FALSE: {"false", false}, pg_query.BoolTestType_IS_NOT_FALSE: {"false", true},
	pg_query.BoolTestType_IS_UNKNOWN: {"unknown", false}, pg_query.BoolTestType_IS_NOT_UNKNOWN: {"unknown", true},
}

func (a *analysis) booleanTest(x *pg_query.BooleanTest, sc *scope) term {
	test := booleanWords[x.Booltesttype]
	word := "IS " + strings.ToUpper(test.word)
	if test.not {
		word = "IS NOT " + strings.ToUpper(test.word)
	}
	arg := a.boolean(a.expr(x.Arg, sc), word)
	result := a.builtin("bool")
	return term{typ: result, v: &IsBool{Typed: typed(result, a.st.at(x.Location)), Arg: arg.v, Is: test.word, Not: test.not}}
}

// xml is XMLELEMENT and the like.
func (a *analysis) xml(x *pg_query.XmlExpr, sc *scope) term {
	result := a.builtin("xml")
	if x.Op == pg_query.XmlExprOp_IS_DOCUMENT {
		result = a.builtin("bool")
	}
	out := &Construct{Typed: typed(result, a.st.at(x.Location)), Name: xmlNames[x.Op]}
	for _, n := range x.NamedArgs {
		out.Args = append(out.Args, a.known(a.expr(n.GetResTarget().GetVal(), sc)).v)
	}
	for i, t := range a.exprs(x.Args, sc) {
		if want := xmlArgument(x.Op, i); want != "" {
			t = a.specific(t, want, strings.ToUpper(xmlNames[x.Op]))
		}
		out.Args = append(out.Args, t.v)
	}
	return term{typ: result, v: out}
}

// xmlArgument is the type of an argument that has no name.
func xmlArgument(op pg_query.XmlExprOp, i int) string {
	switch op {
	case pg_query.XmlExprOp_IS_XMLELEMENT:
		return ""
	case pg_query.XmlExprOp_IS_XMLPI:
		return "text"
	case pg_query.XmlExprOp_IS_XMLPARSE:
		return map[bool]string{true: "text", false: "bool"}[i == 0]
	case pg_query.XmlExprOp_IS_XMLROOT:
		return [...]string{"xml", "text", "int4"}[min(i, 2)]
	}
	return "xml"
}

func (a *analysis) xmlSerialize(x *pg_query.XmlSerialize, sc *scope) term {
	to := a.typeName(x.TypeName)
	arg := a.specific(a.expr(x.Expr, sc), "xml", "XMLSERIALIZE")
	return term{typ: to, v: &Construct{Typed: typed(to, a.st.at(x.Location)), Name: "xmlserialize", Args: []Value{arg.v}}}
}
