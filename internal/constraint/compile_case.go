package constraint

import "github.com/trefoil-sql/trefoil/internal/catalog"

const noCommonType = "the clients have no common type for these values"

// caseOf compiles both forms of CASE; CASE x WHEN y is WHEN x = y.
func (c compiler) caseOf(e *catalog.Case) Node {
	var results []Node
	conds := make([]Node, len(e.Whens))
	for i, w := range e.Whens {
		if e.Arg != nil {
			conds[i] = c.compare(e, EQ, e.Arg, w.Cond)
		} else {
			conds[i] = c.condition(w.Cond)
		}
		results = append(results, c.value(w.Result))
	}
	if e.Else != nil {
		results = append(results, c.value(e.Else))
	} else {
		results = append(results, Const{Type: untyped, Null: true})
	}
	for _, n := range append(append([]Node{}, conds...), results...) {
		if u, ok := n.(Unknown); ok {
			return c.unknown(e, u.Reason)
		}
	}
	results, t, ok := unify(results)
	if !ok {
		return c.unknown(e, noCommonType)
	}
	n := Case{Else: results[len(conds)], Type: t}
	for i, cond := range conds {
		n.Whens = append(n.Whens, When{cond, results[i]})
	}
	return c.fold(e, n)
}

func (c compiler) coalesce(e *catalog.Coalesce) Node {
	args, unknown := c.values(e, e.Args...)
	if unknown != nil {
		return unknown
	}
	args, _, ok := unify(args)
	if !ok {
		return c.unknown(e, noCommonType)
	}
	return c.fold(e, Coalesce{Args: args})
}

// nullIf reads NULLIF(x, y) as CASE WHEN x = y THEN NULL ELSE x END, where x is of the type that the comparison gives it.
func (c compiler) nullIf(e *catalog.NullIf) Node {
	xs, unknown := c.values(e, e.Left, e.Right)
	if unknown != nil {
		return unknown
	}
	x, y, reason := c.pair(xs[0], xs[1], e.Left, e.Right)
	if reason != "" {
		return c.unknown(e, reason)
	}
	equal := c.compareNodes(e, EQ, x, y, false)
	if class := TypeOf(xs[0]).Class; class == PaddedClass || class == FoldedClass {
		return c.unknown(e, noCommonType)
	}
	t := TypeOf(x)
	return c.fold(e, Case{Whens: []When{{equal, Const{Type: t, Null: true}}}, Else: x, Type: t})
}

func (c compiler) extremum(e *catalog.MinMax) Node {
	args, unknown := c.values(e, e.Args...)
	if unknown != nil {
		return unknown
	}
	args, t, ok := unify(args)
	if !ok {
		return c.unknown(e, noCommonType)
	}
	if !ordered(t) {
		return c.unknown(e, "the order of these values is not known to the clients")
	}
	return c.fold(e, Extremum{Greatest: e.Greatest, Args: args})
}
