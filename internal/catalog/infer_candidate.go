package catalog

import (
	"slices"
)

// candidate is a function or operator that a call may mean. want are the types of the arguments that the call has.
type candidate struct {
	want   []typeRef
	result typeRef
	set    bool
	kind   byte // f, a, w or p
	// volatile is i, s or v.
	volatile byte
	strict   bool
	// sig is the function; fn is nil for a built-in one.
	sig, fn *function
	// order are the places of the arguments given among the function's own; nil for those in order.
	order []int
	// schema is where the function is in the search path: of two with the same arguments the first counts.
	schema int
	// expanded tells a variadic function that is called with its elements.
	expanded bool
	// name is an operator's function, in is the operator's schema.
	name, in string
	// defaults is how many arguments the call leaves out.
	defaults int
}

// choose finds the candidate that PostgreSQL would: an exact match, else the best of those that the arguments can be
// turned into. It returns nil and how many are left otherwise.
func (a *analysis) choose(candidates []candidate, have []typeRef) (*candidate, int) {
	if c := exactCandidate(candidates, have); c != nil {
		return c, 1
	}
	return a.best(candidates, have)
}

func exactCandidate(candidates []candidate, have []typeRef) *candidate {
	for i := range candidates {
		if exact(candidates[i].want, have) {
			return &candidates[i]
		}
	}
	return nil
}

// best is choose where none matches exactly.
func (a *analysis) best(candidates []candidate, have []typeRef) (*candidate, int) {
	var fit []candidate
	for i := range candidates {
		if a.fits(candidates[i].want, have) {
			fit = append(fit, candidates[i])
		}
	}
	if len(fit) <= 1 {
		return first(fit), len(fit)
	}
	base := make([]typeRef, len(have))
	for i, t := range have {
		base[i] = baseOf(t)
	}
	fit = keepBest(fit, func(c candidate) int { return countExact(c.want, base) })
	if len(fit) == 1 {
		return &fit[0], 1
	}
	fit = keepBest(fit, func(c candidate) int { return countPreferred(c.want, base) })
	if len(fit) == 1 {
		return &fit[0], 1
	}
	if !slices.ContainsFunc(base, isUnknownLiteral) {
		return nil, len(fit)
	}
	fit = a.byUnknowns(fit, base)
	if len(fit) == 1 {
		return &fit[0], 1
	}
	return a.assumeSame(fit, base), len(fit)
}

func first(list []candidate) *candidate {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

func exact(want, have []typeRef) bool {
	for i := range want {
		if have[i].typ == nil || !want[i].sameType(have[i]) {
			return false
		}
	}
	return true
}

func (a *analysis) fits(want, have []typeRef) bool {
	for i := range want {
		if !a.coerces(have[i], want[i]) {
			return false
		}
	}
	_, ok := a.r.bind(want, have)
	return ok
}

// keepBest keeps the candidates with the highest score.
func keepBest(list []candidate, score func(candidate) int) []candidate {
	best := -1
	var out []candidate
	for _, c := range list {
		switch s := score(c); {
		case s > best:
			best, out = s, []candidate{c}
		case s == best:
			out = append(out, c)
		}
	}
	return out
}

func countExact(want, have []typeRef) int {
	n := 0
	for i := range want {
		if have[i].typ != nil && !isUnknownLiteral(have[i]) && want[i].sameType(have[i]) {
			n++
		}
	}
	return n
}

// countPreferred counts exact matches, and preferred types of the argument's category.
func countPreferred(want, have []typeRef) int {
	n := 0
	for i := range want {
		if have[i].typ == nil || isUnknownLiteral(have[i]) {
			continue
		}
		if want[i].sameType(have[i]) || isPreferred(want[i]) && categoryOf(want[i]) == categoryOf(have[i]) {
			n++
		}
	}
	return n
}

// byUnknowns decides by the arguments that are constants without a type: text is liked best, then the category that all
// candidates agree on, and in it the preferred type.
func (a *analysis) byUnknowns(fit []candidate, have []typeRef) []candidate {
	categories := make([]byte, len(have))
	preferred := make([]bool, len(have))
	for i, t := range have {
		if !isUnknownLiteral(t) {
			continue
		}
		category, ok := slotCategory(fit, i)
		if !ok {
			return fit
		}
		categories[i] = category
		for _, c := range fit {
			preferred[i] = preferred[i] || categoryOf(c.want[i]) == category && isPreferred(c.want[i])
		}
	}
	var out []candidate
	for _, c := range fit {
		keep := true
		for i := range have {
			if categories[i] == 0 {
				continue
			}
			if categoryOf(c.want[i]) != categories[i] || preferred[i] && !isPreferred(c.want[i]) {
				keep = false
			}
		}
		if keep {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return fit
	}
	return out
}

func slotCategory(fit []candidate, i int) (byte, bool) {
	category := categoryOf(fit[0].want[i])
	same := true
	for _, c := range fit {
		if categoryOf(c.want[i]) == 'S' {
			return 'S', true
		}
		same = same && categoryOf(c.want[i]) == category
	}
	return category, same
}

// assumeSame takes constants without a type to be of the type that all other arguments have.
func (a *analysis) assumeSame(fit []candidate, have []typeRef) *candidate {
	var known typeRef
	unknowns := 0
	for _, t := range have {
		switch {
		case isUnknownLiteral(t):
			unknowns++
		case t.typ == nil:
			return nil
		case known.typ == nil:
			known = t
		case !known.sameType(t):
			return nil
		}
	}
	if unknowns == 0 || known.typ == nil {
		return nil
	}
	all := make([]typeRef, len(have))
	for i := range all {
		all[i] = known
	}
	var found *candidate
	for i := range fit {
		if a.fits(fit[i].want, all) {
			if found != nil {
				return nil
			}
			found = &fit[i]
		}
	}
	return found
}
