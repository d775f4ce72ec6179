package catalog

import (
	"slices"
	"strconv"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// evaluator computes expressions and queries over what the replay knows: constants, variables, and the state itself as
// pg_catalog and information_schema show it. Whatever depends on rows of tables, the clock or the server is undecided.
type evaluator struct {
	r *replay
	// variable finds a PL/pgSQL variable or a function's argument.
	variable func(name string) (value, bool)
	// param are $1, $2 … of EXECUTE … USING.
	param []value
}

// frame is the rows that a query is at: one of each entry of FROM, and those of the queries around.
type frame struct {
	outer *frame
	items []frameItem
	ctes  map[string]rowSet
	group []*frame // the rows of the group, for aggregates
}

type frameItem struct {
	name string
	set  *rowSet
	row  []value
}

// rowSet is a relation's rows. hidden are further columns that it has; their values are undecided.
type rowSet struct {
	columns []string
	rows    [][]value
	hidden  []string
}

func undecidedf(why string) value { return undecided{why} }

// eval computes an expression.
func (ev *evaluator) eval(n *pg_query.Node, f *frame) value {
	switch x := n.GetNode().(type) {
	case nil:
		return nil
	case *pg_query.Node_AConst:
		return constantValue(x.AConst)
	case *pg_query.Node_ColumnRef:
		return ev.column(x.ColumnRef, f)
	case *pg_query.Node_ParamRef:
		if i := int(x.ParamRef.Number); i >= 1 && i <= len(ev.param) {
			return ev.param[i-1]
		}
		if v, ok := ev.named("$" + strconv.Itoa(int(x.ParamRef.Number))); ok {
			return v
		}
	case *pg_query.Node_TypeCast:
		return ev.castValue(ev.eval(x.TypeCast.Arg, f), x.TypeCast.TypeName)
	case *pg_query.Node_BoolExpr:
		return ev.boolExpr(x.BoolExpr, f)
	case *pg_query.Node_AExpr:
		return ev.operator(x.AExpr, f)
	case *pg_query.Node_NullTest:
		v := ev.eval(x.NullTest.Arg, f)
		if isUndecided(v) {
			return v
		}
		return isNullValue(v) == (x.NullTest.Nulltesttype == pg_query.NullTestType_IS_NULL)
	case *pg_query.Node_BooleanTest:
		return ev.booleanTest(x.BooleanTest, f)
	case *pg_query.Node_FuncCall:
		return ev.call(x.FuncCall, f)
	case *pg_query.Node_SubLink:
		return ev.subLink(x.SubLink, f)
	case *pg_query.Node_CaseExpr:
		return ev.caseExpr(x.CaseExpr, f)
	case *pg_query.Node_CoalesceExpr:
		return ev.coalesce(x.CoalesceExpr.Args, f)
	case *pg_query.Node_AArrayExpr:
		return array(ev.evalAll(x.AArrayExpr.Elements, f))
	case *pg_query.Node_RowExpr:
		return array(ev.evalAll(x.RowExpr.Args, f))
	case *pg_query.Node_CollateClause:
		return ev.eval(x.CollateClause.Arg, f)
	case *pg_query.Node_AIndirection:
		return ev.indirection(x.AIndirection, f)
	case *pg_query.Node_SqlvalueFunction:
		return ev.sessionValue(x.SqlvalueFunction)
	}
	return undecidedf("an expression that only a server can compute")
}

// isNullValue is true of NULL, and of a record with nothing but NULLs.
func isNullValue(v value) bool {
	t, ok := v.(*tuple)
	if !ok || v == nil {
		return v == nil
	}
	for _, x := range t.values {
		if x != nil {
			return false
		}
	}
	return true
}

func (ev *evaluator) evalAll(nodes []*pg_query.Node, f *frame) []value {
	out := make([]value, len(nodes))
	for i, n := range nodes {
		out[i] = ev.eval(n, f)
	}
	return out
}

func (ev *evaluator) named(name string) (value, bool) {
	if ev.variable == nil {
		return nil, false
	}
	return ev.variable(name)
}

func constantValue(c *pg_query.A_Const) value {
	switch v := c.Val.(type) {
	case *pg_query.A_Const_Ival:
		return int64(v.Ival.GetIval())
	case *pg_query.A_Const_Fval:
		if n, err := strconv.ParseInt(v.Fval.Fval, 10, 64); err == nil {
			return n
		}
		n, _ := strconv.ParseFloat(v.Fval.Fval, 64)
		return n
	case *pg_query.A_Const_Boolval:
		return v.Boolval.GetBoolval()
	case *pg_query.A_Const_Sval:
		return v.Sval.GetSval()
	case *pg_query.A_Const_Bsval:
		return v.Bsval.GetBsval()
	}
	return nil
}

// column finds a column of a row at hand, or else a variable.
func (ev *evaluator) column(ref *pg_query.ColumnRef, f *frame) value {
	names := stringsOf(ref.Fields)
	last := names[len(names)-1]
	qualifier := ""
	if len(names) > 1 {
		qualifier = names[len(names)-2]
	}
	for at := f; at != nil; at = at.outer {
		if v, ok := at.lookup(qualifier, last); ok {
			return v
		}
	}
	if qualifier == "" {
		if v, ok := ev.named(last); ok {
			return v
		}
	} else if v, ok := ev.named(qualifier); ok {
		if t, isTuple := v.(*tuple); isTuple {
			if field, found := t.get(last); found {
				return field
			}
		}
		if isUndecided(v) {
			return v
		}
	} else if v, ok := ev.named(last); ok { // block.variable, function.argument
		return v
	}
	return undecidedf("the value of " + strings.Join(names, "."))
}

// lookup finds a column among the entries of one query.
func (f *frame) lookup(qualifier, name string) (value, bool) {
	hidden := false
	for _, item := range f.items {
		if qualifier != "" && item.name != qualifier {
			continue
		}
		for i, c := range item.set.columns {
			if c == name {
				if item.row == nil {
					return nil, true
				}
				return item.row[i], true
			}
		}
		if qualifier == "" && item.name == name && item.row != nil { // the whole row
			return &tuple{item.set.columns, item.row}, true
		}
		hidden = hidden || slices.Contains(item.set.hidden, name)
	}
	if hidden {
		return undecidedf("column " + name), true
	}
	return nil, false
}

// boolExpr is three-valued logic, with undecided as a fourth value that gives way where the others settle the matter.
func (ev *evaluator) boolExpr(x *pg_query.BoolExpr, f *frame) value {
	if x.Boolop == pg_query.BoolExprType_NOT_EXPR {
		v := ev.eval(x.Args[0], f)
		if b, ok := v.(bool); ok {
			return !b
		}
		return v
	}
	settles := x.Boolop == pg_query.BoolExprType_OR_EXPR
	var open, null value
	sawNull := false
	for _, arg := range x.Args {
		switch v := ev.eval(arg, f).(type) {
		case bool:
			if v == settles {
				return v
			}
		case nil:
			sawNull = true
		default:
			if !isUndecided(v) {
				v = undecidedf("a condition that is not boolean")
			}
			open = v
		}
	}
	if open != nil {
		return open
	}
	if sawNull {
		return null
	}
	return !settles
}

func (ev *evaluator) booleanTest(x *pg_query.BooleanTest, f *frame) value {
	v := ev.eval(x.Arg, f)
	if isUndecided(v) {
		return v
	}
	test := boolTests[x.Booltesttype]
	b, known := v.(bool)
	is := test.value == "unknown" && v == nil || known && test.value == strconv.FormatBool(b)
	return is != test.not
}

func (ev *evaluator) caseExpr(x *pg_query.CaseExpr, f *frame) value {
	var arg value
	if x.Arg != nil {
		arg = ev.eval(x.Arg, f)
	}
	for _, w := range x.Args {
		when := w.GetCaseWhen()
		v := ev.eval(when.Expr, f)
		if x.Arg != nil {
			v = equal(arg, v)
		}
		if isUndecided(v) {
			return v
		}
		if v == true {
			return ev.eval(when.Result, f)
		}
	}
	return ev.eval(x.Defresult, f)
}

func (ev *evaluator) coalesce(args []*pg_query.Node, f *frame) value {
	for _, arg := range args {
		if v := ev.eval(arg, f); v != nil {
			return v
		}
	}
	return nil
}

// indirection is array[i] or (row).field.
func (ev *evaluator) indirection(x *pg_query.A_Indirection, f *frame) value {
	v := ev.eval(x.Arg, f)
	for _, step := range x.Indirection {
		switch s := step.Node.(type) {
		case *pg_query.Node_AIndices:
			l, isList := v.(array)
			i, isInt := integer(ev.eval(s.AIndices.Uidx, f))
			if !isList || !isInt || s.AIndices.IsSlice {
				return undecidedf("a part of an array")
			}
			if i < 1 || int(i) > len(l) {
				return nil
			}
			v = l[i-1]
		case *pg_query.Node_String_:
			t, ok := v.(*tuple)
			if !ok {
				return undecidedf("a field of a row")
			}
			v, _ = t.get(s.String_.Sval)
		}
	}
	return v
}

// sessionValue is CURRENT_USER and the like. The clock is undecided: the same migrations must give the same catalog.
func (ev *evaluator) sessionValue(x *pg_query.SQLValueFunction) value {
	switch x.Op {
	case pg_query.SQLValueFunctionOp_SVFOP_CURRENT_SCHEMA:
		return ev.r.currentSchema()
	}
	return undecidedf("what " + strings.ToUpper(valueNames[x.Op]) + " is on the server")
}

func (r *replay) currentSchema() value {
	for _, name := range r.db.path {
		if r.db.schemas[name] != nil {
			return name
		}
	}
	return nil
}
