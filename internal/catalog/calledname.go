package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// Called are the names by which sqlc calls what a statement returns and takes, where they can be read off the statement as
// it does: off the expression alone, whatever it means.
type Called struct {
	// Targets are the items of the select list or RETURNING, in order; nil for a statement without any.
	Targets []CalledTarget
	// Embeds is the number of sqlc.embed in the whole statement.
	Embeds int
	// Params are by number. One that is not there has a name that only sqlc can tell.
	Params map[int]CalledParam
	seen   map[int]map[int32]bool // the places of each parameter
}

// CalledTarget is one item of a select list.
type CalledTarget struct {
	Name string
	// Star tells t.*, * and sqlc.embed(t), which stand for columns by the names that those have.
	Star bool
	// Known tells that the name is sure, which may be "".
	Known bool
}

// CalledParam is what sqlc makes of a parameter.
type CalledParam struct {
	Name string
	// Null is what it takes for granted of one whose type it does not know, NoMark where that is not known here.
	Null NullMark
}

// calledBy reads the names off a statement whose macros are parameters.
func calledBy(st *statement, params *parameters) Called {
	c := Called{Embeds: len(params.embedded)}
	targets := resultTargets(st.node)
	if st.returning != nil {
		targets = st.returning
	}
	for _, t := range targets {
		c.Targets = append(c.Targets, calledTarget(t.GetResTarget()))
	}
	if len(params.macros) > 0 || strings.Contains(st.file.Text[st.start:st.end], "$") {
		w := calledParams{macros: params.macros, names: map[int]CalledParam{}, unsure: map[int]bool{}, seen: map[int]map[int32]bool{}}
		w.statement(st.node, calledIn{})
		c.Params, c.seen = w.names, w.seen
		for n := range w.unsure {
			delete(c.Params, n)
		}
	}
	return c
}

// only drops the names of parameters of which not all uses have been seen.
func (c Called) only(q *Query) Called {
	for _, p := range q.Params {
		if len(c.seen[p.Number]) != len(p.Uses) {
			delete(c.Params, p.Number)
		}
	}
	return c
}

// calledTarget is what sqlc calls an item of the select list.
func calledTarget(t *pg_query.ResTarget) CalledTarget {
	if ref := t.GetVal().GetColumnRef(); ref != nil {
		last := ref.Fields[len(ref.Fields)-1]
		if last.GetAStar() != nil {
			return CalledTarget{Star: true, Known: t.Name == ""}
		}
		if t.Name == "" {
			return CalledTarget{Name: last.GetString_().GetSval(), Known: true}
		}
	}
	if t.GetName() != "" {
		return CalledTarget{Name: t.Name, Known: true}
	}
	name, known := calledExpression(t.GetVal())
	return CalledTarget{Name: name, Known: known}
}

// calledExpression is what sqlc calls an expression without an alias.
func calledExpression(n *pg_query.Node) (string, bool) {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_FuncCall:
		names := stringsOf(x.FuncCall.Funcname)
		return names[len(names)-1], true
	case *pg_query.Node_AExpr, *pg_query.Node_AConst, *pg_query.Node_NullTest:
		return "", true
	case *pg_query.Node_TypeCast:
		return strings.Join(stringsOf(x.TypeCast.Arg.GetColumnRef().GetFields()), "_"), true
	case *pg_query.Node_SubLink:
		return "exists", x.SubLink.SubLinkType == pg_query.SubLinkType_EXISTS_SUBLINK
	}
	return "", false
}
