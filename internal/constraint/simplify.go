package constraint

// simplify computes what is constant, everywhere in a tree, as PostgreSQL does when it plans. That decides which operands
// are looked at: OR with a constant that is true looks at none.
func simplify(n Node) Node {
	n = rebuild(n, simplify)
	switch n := n.(type) {
	case All:
		return joined(n, n.Args, "false")
	case Any:
		return joined(n, n.Args, "true")
	case Case:
		return simplifyCase(n)
	case Coalesce:
		return simplifyCoalesce(n)
	}
	return folded(n)
}

// folded is a node whose operands are simple: a constant if they are. An error is one for every row: that is left to
// PostgreSQL. A NULL among the operands of a node that is NULL for it spares the others.
func folded(n Node) Node {
	children := Children(n)
	if len(children) == 0 {
		return n
	}
	constant := true
	for _, child := range children {
		k, ok := child.(Const)
		if ok && k.Null && isStrict(n) {
			return Const{Type: TypeOf(n), Null: true}
		}
		constant = constant && ok && k.Type.Class != OtherClass
	}
	if !constant {
		return n
	}
	v, err := Evaluate(n, nil)
	if err != nil {
		return Unknown{Reason: "the constant expression has no value in the clients"}
	}
	k, ok := constOf(v, TypeOf(n))
	if !ok {
		return Unknown{Reason: "the constant has no form in the clients"}
	}
	return k
}

// isStrict tells a node that is NULL where any operand is.
func isStrict(n Node) bool {
	switch n := n.(type) {
	case Cmp, Arith, Cast, Match, Negation:
		return true
	case Func:
		_, seesNull := nullable[n.Name]
		return !seesNull
	}
	return false
}

// joined simplifies AND, for which false is decisive, and OR, for which true is.
func joined(n Node, args []Node, decisive string) Node {
	var kept []Node
	for _, arg := range args {
		switch k, ok := arg.(Const); {
		case !ok || k.Null:
			kept = append(kept, arg)
		case k.Text == decisive:
			return boolConst(decisive == "true")
		}
	}
	switch len(kept) {
	case 0:
		return boolConst(decisive != "true")
	case 1:
		return kept[0]
	}
	if _, ok := n.(All); ok {
		return allOf(kept...)
	}
	return anyOf(kept...)
}

func simplifyCase(n Case) Node {
	out := Case{Else: n.Else, Type: n.Type}
	for _, w := range n.Whens {
		k, ok := w.Cond.(Const)
		if ok && !k.Null && k.Text == "true" {
			out.Else = w.Result
			break
		}
		if !ok {
			out.Whens = append(out.Whens, w)
		}
	}
	if len(out.Whens) == 0 {
		return out.Else
	}
	return out
}

func simplifyCoalesce(n Coalesce) Node {
	var kept []Node
	for _, arg := range n.Args {
		k, ok := arg.(Const)
		if ok && k.Null {
			continue
		}
		kept = append(kept, arg)
		if ok {
			break
		}
	}
	switch len(kept) {
	case 0:
		return Const{Type: TypeOf(n), Null: true}
	case 1:
		return kept[0]
	}
	return Coalesce{Args: kept}
}
