package catalog

import (
	"strconv"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

func (a *analysis) constant(c *pg_query.A_Const) term {
	at := a.st.at(c.Location)
	make := func(name string, kind LiteralKind, text string) term {
		t := a.builtin(name)
		return term{typ: t, v: &Constant{Typed: typed(t, at), Kind: kind, Text: text, Null: kind == NullLiteral}}
	}
	switch v := c.Val.(type) {
	case *pg_query.A_Const_Ival:
		return make("int4", IntLiteral, strconv.Itoa(int(v.Ival.Ival)))
	case *pg_query.A_Const_Fval:
		name := numberType(v.Fval.Fval)
		if name != "numeric" {
			return make(name, IntLiteral, v.Fval.Fval)
		}
		return make(name, NumericLiteral, v.Fval.Fval)
	case *pg_query.A_Const_Boolval:
		return make("bool", BoolLiteral, strconv.FormatBool(v.Boolval.Boolval))
	case *pg_query.A_Const_Bsval:
		return make("bit", BitLiteral, v.Bsval.Bsval)
	case *pg_query.A_Const_Sval:
		return make("unknown", StringLiteral, v.Sval.Sval)
	}
	return make("unknown", NullLiteral, "")
}

// numberType is the type of a number that the scanner does not take for an int4; a sign may be with it.
func numberType(text string) string {
	base := 0
	if strings.Trim(text, "+-0123456789") == "" {
		base = 10
	}
	n, err := strconv.ParseInt(text, base, 64)
	switch {
	case err != nil:
		return "numeric"
	case n == int64(int32(n)):
		return "int4"
	}
	return "int8"
}

// cast is a conversion that is written. An array takes it element by element.
func (a *analysis) cast(x *pg_query.TypeCast, sc *scope) term {
	to := a.typeName(x.TypeName)
	if c := x.Arg.GetAConst(); c != nil && to.typ != nil && to.typ.name == "regclass" {
		a.regclass(c)
		t := a.constant(c)
		t.v.(*Constant).Type = to.freeze()
		return term{typ: to, v: t.v}
	}
	if array := x.Arg.GetAArrayExpr(); array != nil && to.typ != nil {
		if _, ok := a.r.elementOf(to); ok {
			return a.castTo(x, a.array(array, to, sc), to)
		}
	}
	return a.castTo(x, a.expr(x.Arg, sc), to)
}

func (a *analysis) castTo(x *pg_query.TypeCast, arg term, to typeRef) term {
	if to.typ == nil || arg.typ.typ == nil {
		return term{typ: to, v: &CastValue{Typed: typed(to, a.st.at(x.Location)), Arg: arg.v}}
	}
	out, ok := a.coerceTo(arg, to, explicitCast)
	if !ok {
		a.problem(failf(a.st.at(x.Location), cannotCoerce, "cannot cast type %s to %s", a.typeText(arg.typ), a.typeText(to)))
		return term{typ: to, v: &CastValue{Typed: typed(to, a.st.at(x.Location)), Arg: arg.v}}
	}
	if to.array {
		out.typ.dims = to.dims
	}
	return out
}

// collate is arg COLLATE name: the value stays what it is.
func (a *analysis) collate(x *pg_query.CollateClause, sc *scope) term {
	t := a.expr(x.Arg, sc)
	a.problem(a.r.collation(a.st, x))
	if base := baseOf(t.typ); base.typ != nil && !t.isUnknown() && base.typ.schema.builtin && !base.collatable() {
		a.problem(failf(a.st.at(x.Location), datatypeMismatch, "collations are not supported by type %s", a.typeText(t.typ)))
	}
	return t
}

func (a *analysis) logic(x *pg_query.BoolExpr, sc *scope) term {
	ops := map[pg_query.BoolExprType]BoolOp{pg_query.BoolExprType_AND_EXPR: And, pg_query.BoolExprType_OR_EXPR: Or, pg_query.BoolExprType_NOT_EXPR: Not}
	result := a.builtin("bool")
	out := &Logic{Typed: typed(result, a.st.at(x.Location)), Op: ops[x.Boolop]}
	for _, n := range x.Args {
		out.Args = append(out.Args, a.boolean(a.expr(n, sc), strings.ToUpper(string(out.Op))).v)
	}
	return term{typ: result, v: out}
}

func (a *analysis) caseExpr(x *pg_query.CaseExpr, sc *scope) term {
	var arg term
	if x.Arg != nil {
		arg = a.known(a.expr(x.Arg, sc))
	}
	out := &CaseValue{}
	out.Place = a.st.at(x.Location)
	var results []term
	for _, n := range x.Args {
		when := n.GetCaseWhen()
		cond := a.expr(when.Expr, sc)
		if x.Arg != nil {
			left := arg
			cond = a.applyOperator(equalSign, &left, &cond, when.Location)
		}
		out.Whens = append(out.Whens, WhenValue{Cond: a.boolean(cond, "CASE/WHEN").v})
		results = append(results, a.expr(when.Result, sc))
	}
	other := term{typ: a.builtin("unknown"), v: &Constant{Typed: typed(a.builtin("unknown"), out.Place), Kind: NullLiteral, Null: true}}
	if x.Defresult != nil {
		other = a.expr(x.Defresult, sc)
	}
	all := append([]term{other}, results...) // PostgreSQL, too, looks at ELSE first
	result := a.common(all, "CASE")
	for i := range out.Whens {
		out.Whens[i].Result = all[i+1].v
	}
	if x.Defresult != nil {
		out.Else = all[0].v
	}
	out.Type = result.freeze()
	a.noSets(out, "CASE")
	return term{typ: result, v: out}
}

// array is ARRAY[…], perhaps with the array type that a cast gives it.
func (a *analysis) array(x *pg_query.A_ArrayExpr, to typeRef, sc *scope) term {
	at := a.st.at(x.Location)
	elem, _ := a.r.elementOf(to)
	var terms []term
	nested := false
	for _, n := range x.Elements {
		if inner := n.GetAArrayExpr(); inner != nil {
			nested = true
			terms = append(terms, a.array(inner, to, sc))
			continue
		}
		t := a.expr(n, sc)
		nested = nested || t.typ.array
		terms = append(terms, t)
	}
	result := to
	switch {
	case to.typ != nil:
		want := elem
		if nested {
			want = baseOf(to)
		}
		for i := range terms {
			if t, ok := a.coerceTo(terms[i], want, explicitCast); ok {
				terms[i] = t
			} else {
				a.problem(failf(a.placeOf(terms[i]), cannotCoerce, "cannot cast type %s to %s", a.typeText(terms[i].typ), a.typeText(want)))
			}
		}
		result = baseOf(to)
	case len(terms) == 0:
		a.problem(hinted(at, indeterminateDatatype, "Explicitly cast to the desired type, for example ARRAY[]::integer[].",
			"cannot determine type of empty array"))
		result = typeRef{}
	default:
		result = a.common(terms, "ARRAY")
		if !result.array {
			result = arrayOf(result)
		} else {
			result.dims++
		}
	}
	return term{typ: result, v: &ArrayValue{Typed: typed(result, at), Elements: values(terms)}}
}

// row is ROW(…) or (a, b). Its fields are called f1, f2 and so on.
func (a *analysis) row(x *pg_query.RowExpr, sc *scope) term {
	result := a.builtin("record")
	out := &RowValue{Typed: typed(result, a.st.at(x.Location))}
	var fields []scopeColumn
	for _, n := range x.Args {
		if star := starOf(n); star != nil {
			for _, c := range a.star(star, sc) {
				fields = append(fields, c)
			}
			continue
		}
		if ind := n.GetAIndirection(); ind != nil && ind.Indirection[len(ind.Indirection)-1].GetAStar() != nil {
			fields = append(fields, a.expanded(ind, sc)...)
			continue
		}
		fields = append(fields, scopeColumn{term: a.expr(n, sc)})
	}
	for i := range fields {
		fields[i].name = "f" + strconv.Itoa(i+1)
		out.Fields = append(out.Fields, fields[i].v)
	}
	return term{typ: result, v: out, row: fields}
}
