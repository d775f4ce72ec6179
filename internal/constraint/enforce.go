package constraint

import "github.com/trefoil-sql/trefoil/internal/naming"

// Enforceable gives the conditions that a client of the language can refuse a row by. Each is to be evaluated by itself,
// so that one that is undecided leaves the others in force. No Unknown is in them, and no construct that the language
// has no support for: a part that cannot be evaluated is taken for true where that makes the whole weaker, and
// otherwise the condition around it is left out.
func Enforceable(tree Node, lang naming.Language) []Node {
	weaker, ok := weaken(tree, lang)
	if !ok {
		return nil
	}
	return conjuncts(weaker)
}

// weaken gives a condition that holds, or is NULL, wherever n does, and evaluates nothing that n does not. ok is false
// where there is none but TRUE.
func weaken(n Node, lang naming.Language) (weaker Node, ok bool) {
	switch n := n.(type) {
	case All:
		var args []Node
		for _, arg := range n.Args {
			if arg, ok := weaken(arg, lang); ok {
				args = append(args, arg)
			}
		}
		switch len(args) {
		case 0:
			return nil, false
		case 1:
			return args[0], true
		}
		return All{Args: args}, true
	case Any:
		args := make([]Node, len(n.Args))
		for i, arg := range n.Args {
			if args[i], ok = weaken(arg, lang); !ok {
				return nil, false
			}
		}
		return Any{Args: flat(args, func(n Node) ([]Node, bool) { any, ok := n.(Any); return any.Args, ok })}, true
	}
	return n, Unsupported(n, lang) == ""
}
