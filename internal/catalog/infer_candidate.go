package catalog

// candidate is a function or operator that a call may mean. want are the types of the arguments that the call has.
type candidate struct {
	want   []typeRef
	result typeRef
	set    bool
	kind   byte // f, a, w or p
	// volatile is i, s or v.
	volatile byte
	fn       *function
	// expanded tells a variadic function that is called with its elements.
	expanded bool
	// defaults is how many arguments the call leaves out.
	defaults int
}

// choose finds the candidate that PostgreSQL would: an exact match, else the best of those that the arguments can be
// turned into. It returns nil and how many are left otherwise.
func (a *analysis) choose(candidates []candidate, have []typeRef) (*candidate, int) {
	for i, c := range candidates {
		if exact(c.want, have) {
			return &candidates[i], 1
		}
	}
	var fit []candidate
	for _, c := range candidates {
		if a.fits(c.want, have) {
			fit = append(fit, c)
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
	return true
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

// result is the type that a candidate gives for these arguments: polymorphic types are those of the call.
func (a *analysis) result(c *candidate, have []typeRef) typeRef {
	if c.result.typ == nil || c.result.typ.kind != PseudoType || c.result.array {
		return c.result
	}
	name := c.result.typ.name
	family := "any"
	if len(name) > 13 && name[:13] == "anycompatible" || name == "anycompatible" {
		family = "anycompatible"
	} else if len(name) < 3 || name[:3] != "any" {
		return c.result
	}
	elem, rng := a.bind(c.want, have, family)
	switch name[len(family):] {
	case "array":
		return arrayOf(elem)
	case "range":
		return rng
	case "multirange":
		if rng.typ != nil && rng.typ.other != nil {
			return typeRef{typ: rng.typ.other}
		}
		return typeRef{}
	}
	return elem
}

// bind finds what the polymorphic arguments of a call stand for: the element and the range type.
func (a *analysis) bind(want, have []typeRef, family string) (elem, rng typeRef) {
	var elems []typeRef
	for i, w := range want {
		if w.typ == nil || w.typ.kind != PseudoType || have[i].typ == nil || len(w.typ.name) < len(family) || w.typ.name[:len(family)] != family {
			continue
		}
		h := unmodified(have[i])
		switch w.typ.name[len(family):] {
		case "array":
			if b := baseOf(h); b.array {
				elems = append(elems, element(b))
			}
		case "range":
			if b := baseOf(h); b.typ.kind == RangeType {
				rng = b
				elems = append(elems, b.typ.base)
			}
		case "multirange":
			if b := baseOf(h); b.typ.kind == MultirangeType && b.typ.other != nil {
				rng = typeRef{typ: b.typ.other}
				elems = append(elems, b.typ.other.base)
			}
		default:
			elems = append(elems, h)
		}
	}
	if len(elems) == 0 {
		return typeRef{}, rng
	}
	if family == "any" {
		for _, e := range elems {
			if !isUnknownLiteral(e) {
				return e, rng
			}
		}
	}
	return a.commonType(elems), rng
}
