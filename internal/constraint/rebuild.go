package constraint

// rebuild makes a node again with each operand replaced by what f makes of it, from left to right.
func rebuild(n Node, f func(Node) Node) Node {
	switch n := n.(type) {
	case Cmp:
		n.Left, n.Right = f(n.Left), f(n.Right)
		return n
	case Distinct:
		n.Left, n.Right = f(n.Left), f(n.Right)
		return n
	case Arith:
		n.Left, n.Right = f(n.Left), f(n.Right)
		return n
	case Quantified:
		n.X, n.Array = f(n.X), f(n.Array)
		return n
	case Member:
		n.X = f(n.X)
		return n
	case Negation:
		return negate(f(n.X))
	case IsNull:
		n.X = f(n.X)
		return n
	case Cast:
		n.X = f(n.X)
		return n
	case Match:
		n.X = f(n.X)
		return n
	case All:
		return All{Args: each(n.Args, f)}
	case Any:
		return Any{Args: each(n.Args, f)}
	case Func:
		n.Args = each(n.Args, f)
		return n
	case Coalesce:
		return Coalesce{Args: each(n.Args, f)}
	case Extremum:
		n.Args = each(n.Args, f)
		return n
	case Case:
		whens := make([]When, len(n.Whens))
		for i, w := range n.Whens {
			whens[i] = When{f(w.Cond), f(w.Result)}
		}
		n.Whens, n.Else = whens, f(n.Else)
		return n
	}
	return n
}

func each(args []Node, f func(Node) Node) []Node {
	out := make([]Node, len(args))
	for i, arg := range args {
		out[i] = f(arg)
	}
	return out
}

// Substitute replaces columns: by what values gives for their names, where it gives something.
func Substitute(n Node, value func(column string) (Node, bool)) Node {
	var replace func(Node) Node
	replace = func(n Node) Node {
		if col, ok := n.(Column); ok {
			if v, ok := value(col.Name); ok {
				return v
			}
			return n
		}
		return rebuild(n, replace)
	}
	return simplify(replace(n))
}

// Rename gives a column another name.
func Rename(n Node, from, to string) Node {
	if col, ok := n.(Column); ok && col.Name == from {
		col.Name = to
		return col
	}
	return rebuild(n, func(n Node) Node { return Rename(n, from, to) })
}
