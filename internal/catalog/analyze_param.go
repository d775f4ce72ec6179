package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// parameters are those of one statement. A parameter has no type until a use gives it one.
type parameters struct {
	numbered map[int]*boundParameter
	// embedded are the stars that sqlc.embed stands for.
	embedded map[*pg_query.ColumnRef]bool
	macros   map[*pg_query.ParamRef]macro
}

type boundParameter struct {
	*Parameter
	typ  typeRef
	uses []*ParameterValue
}

// embeds tells a star that stands for sqlc.embed.
func (p *parameters) embeds(ref *pg_query.ColumnRef) bool { return p != nil && p.embedded[ref] }

// parameter is a use of $n.
func (a *analysis) parameter(x *pg_query.ParamRef) term {
	at := a.st.at(x.Location)
	if a.params == nil || x.Number < 1 || x.Number > maxParameter {
		a.problem(failf(at, undefinedParameter, "there is no parameter $%d", x.Number))
		return term{}
	}
	p := a.params.numbered[int(x.Number)]
	if p == nil {
		p = &boundParameter{Parameter: &Parameter{Number: int(x.Number)}, typ: a.builtin("unknown")}
		a.params.numbered[p.Number] = p
	}
	if m, ok := a.params.macros[x]; ok {
		p.Name, p.Nullable, p.Slice = m.name, p.Nullable || m.nullable, p.Slice || m.slice
		at = m.span
	}
	if !slices.Contains(p.Uses, at) {
		p.Uses = append(p.Uses, at)
	}
	v := &ParameterValue{Typed: typed(p.typ, at), Param: p.Parameter}
	p.uses = append(p.uses, v)
	return term{typ: p.typ, v: v}
}

// bindParameter gives a use of a parameter that had no type one: PostgreSQL's variable_coerce_param_hook.
func (a *analysis) bindParameter(v *ParameterValue, to typeRef) {
	p := a.params.numbered[v.Param.Number]
	switch {
	case isUnknownLiteral(p.typ):
		p.typ = unmodified(to)
	case !p.typ.sameType(to):
		a.problem(failf(v.Place, ambiguousParameter, "inconsistent types deduced for parameter $%d: %s versus %s", p.Number,
			a.typeText(p.typ), a.typeText(to)))
	}
	v.Type = p.typ.freeze()
}

// finish says which parameters have no type, and gives them in order.
func (a *analysis) finish(span source.Span) []*Parameter {
	var out []*Parameter
	for n := 1; len(out) < len(a.params.numbered); n++ {
		p := a.params.numbered[n]
		if p == nil {
			if n > maxParameter {
				break
			}
			a.problem(failf(span, indeterminateDatatype, "could not determine data type of parameter $%d", n))
			out = append(out, nil)
			a.params.numbered[n] = &boundParameter{}
			continue
		}
		out = append(out, p.Parameter)
		if isUnknownLiteral(p.typ) {
			a.problem(hinted(p.Uses[0], indeterminateDatatype, "A cast in the query tells it.", "could not determine data type of parameter %s", p.text()))
			continue
		}
		p.Type = p.typ.freeze()
		for _, v := range p.uses {
			if v.Type.Name.Name == "unknown" {
				a.problem(failf(v.Place, ambiguousParameter, "could not determine data type of parameter %s", p.text()))
			}
		}
	}
	return out
}

// maxParameter is the highest number that PostgreSQL takes.
const maxParameter = 65535

func (p *boundParameter) text() string {
	if p.Name != "" {
		return quoteIdent(p.Name)
	}
	return "$" + itoa(p.Number)
}

// parameterIn is the parameter that a value is, perhaps converted.
func parameterIn(v Value) *Parameter {
	for {
		switch x := v.(type) {
		case *ParameterValue:
			return x.Param
		case *CastValue:
			v = x.Arg
		default:
			return nil
		}
	}
}

// columnIn is the column that a value is, perhaps converted without being asked.
func columnIn(v Value) *ColumnName {
	for {
		switch x := v.(type) {
		case *ColumnValue:
			return x.Origin
		case *CastValue:
			if !x.Implicit {
				return nil
			}
			v = x.Arg
		default:
			return nil
		}
	}
}

// meet notes which column a parameter is compared with.
func (a *analysis) meet(left, right Value) {
	for _, pair := range [][2]Value{{left, right}, {right, left}} {
		p, c := parameterIn(pair[0]), columnIn(pair[1])
		if p != nil && c != nil && p.Column == nil {
			p.Column = c
		}
	}
}

// stored notes which column a parameter is stored in: that counts more than one that it is compared with. One that may be
// stored, in COALESCE or CASE, meets the column.
func stored(v Value, column *ColumnName) {
	if p := parameterIn(v); p != nil && column != nil && !p.Assigned {
		p.Column, p.Assigned = column, true
	}
	if cast, ok := v.(*CastValue); ok && cast.Implicit {
		v = cast.Arg
	}
	var choices []Value
	switch x := v.(type) {
	case *CoalesceValue:
		choices = x.Args
	case *CaseValue:
		for _, w := range x.Whens {
			choices = append(choices, w.Result)
		}
		choices = append(choices, x.Else)
	}
	for _, c := range choices {
		if p := parameterIn(c); p != nil && p.Column == nil {
			p.Column = column
		}
	}
}
