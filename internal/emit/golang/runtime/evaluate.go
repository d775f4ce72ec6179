package runtime

// A CHECK's expression is evaluated on SQL's values: nil is NULL; others are bool, *big.Int, trefoilNumber, float64,
// string (also of uuid, bytea and enums), trefoilMoment, trefoilJSON or trefoilList.

// trefoilRaised ends an evaluation where PostgreSQL raises an error: the row is refused.
type trefoilRaised struct{}

// trefoilUndecided ends an evaluation on a value that only PostgreSQL can judge: the row passes.
type trefoilUndecided struct{}

// trefoilRefuses tells whether one of a CHECK's conditions is false, or an error.
func trefoilRefuses(conditions ...func() any) bool {
	for _, condition := range conditions {
		if trefoilFails(condition) {
			return true
		}
	}
	return false
}

func trefoilFails(condition func() any) (fails bool) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case trefoilRaised:
			fails = true
		case trefoilUndecided:
			fails = false
		default:
			panic(r)
		}
	}()
	return condition() == false
}

// trefoilAll is AND: it looks at its arguments up to the first that is false.
func trefoilAll(args ...func() any) any { return trefoilLogic(args, false) }

// trefoilAny is OR: it looks at its arguments up to the first that is true.
func trefoilAny(args ...func() any) any { return trefoilLogic(args, true) }

func trefoilLogic(args []func() any, decisive bool) any {
	var out any = !decisive
	for _, arg := range args {
		switch arg() {
		case decisive:
			return decisive
		case nil:
			out = nil
		}
	}
	return out
}

func trefoilNot(x any) any { return trefoilOf(x, func(b bool) any { return !b }) }

func trefoilIsNull(x any) any { return x == nil }

// trefoilCase takes conditions and results by turns, and what else there is.
func trefoilCase(branches ...func() any) any {
	last := len(branches) - 1
	for i := 0; i < last; i += 2 {
		if branches[i]() == true {
			return branches[i+1]()
		}
	}
	return branches[last]()
}

func trefoilCoalesce(args ...func() any) any {
	for _, arg := range args {
		if v := arg(); v != nil {
			return v
		}
	}
	return nil
}

// trefoilOf applies a function of one value; NULL gives NULL.
func trefoilOf[A any](x any, f func(A) any) any {
	if x == nil {
		return nil
	}
	return f(x.(A))
}

// trefoilOf2 applies a function of two values; NULL gives NULL.
func trefoilOf2[A, B any](x, y any, f func(A, B) any) any {
	if x == nil || y == nil {
		return nil
	}
	return f(x.(A), y.(B))
}
