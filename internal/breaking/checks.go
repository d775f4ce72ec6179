package breaking

import (
	"cmp"
	"fmt"
	"math/big"
	"reflect"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// byConstraint are the tests of a field by the CHECK that they come from, and the CHECKs in order.
func byConstraint(rules []model.Rule) (tests map[string][]constraint.Atom, names []string) {
	tests = map[string][]constraint.Atom{}
	for _, r := range rules {
		if tests[r.Constraint] == nil {
			names = append(names, r.Constraint)
		}
		tests[r.Constraint] = append(tests[r.Constraint], r.Test)
	}
	return tests, names
}

// fieldChecks compares what the CHECKs say of the field. A shape of JSON is the type's.
func (w *walk) fieldChecks(f fieldChange) {
	old, oldNames := byConstraint(ofValue(f.dbOld))
	now, newNames := byConstraint(ofValue(f.dbNew))
	s := w.seen(f)
	s.language = w.old.Language
	_, custom := f.old.Type.(model.Custom)
	s.data = f.role == writers || !custom
	tell := func(rule, name, says string) {
		message := fmt.Sprintf("constraint %s on %s %s", name, f.subject.Name, says)
		w.out.add(rule, f.subject, message, w.placeOfCheck(f.subject, name), s)
	}
	from := map[string]string{} // names before, by those after
	for _, name := range newNames {
		for _, was := range oldNames {
			if old[name] == nil && now[was] == nil && reflect.DeepEqual(old[was], now[name]) && from[name] == "" {
				from[name] = was
			}
		}
	}
	moved := map[string]bool{}
	for _, name := range newNames {
		was, renamed := from[name]
		moved[was] = renamed
		switch {
		case renamed:
			tell("check-renamed", name, "was called "+was)
		case old[name] == nil:
			tell("check-added", name, "is new")
		case !reflect.DeepEqual(old[name], now[name]):
			rule := compareTests(old[name], now[name])
			tell(rule, name, checkSays[rule])
		}
	}
	for _, name := range oldNames {
		if now[name] == nil && !moved[name] {
			tell("check-removed", name, "is gone")
		}
	}
}

var checkSays = map[string]string{
	"check-tightened": "allows less", "check-loosened": "allows more", "check-changed": "allows other values",
}

// placeOfCheck is where a table's CHECK is, or else the column.
func (w *walk) placeOfCheck(column Subject, name string) source.Span {
	if span, ok := w.new.Places[parent(column.Name)+" "+name]; ok {
		return span
	}
	return w.place(column.Name)
}

// ofValue leaves out the rules that are the field's type already.
func ofValue(f *model.Field) []model.Rule {
	if _, shaped := f.Type.(model.JSONOf); !shaped {
		return f.Rules
	}
	var rules []model.Rule
	for _, r := range f.Rules {
		if _, ok := r.Test.(constraint.JSONType); !ok {
			rules = append(rules, r)
		}
	}
	return rules
}

// compareTests says what became of the tests of one CHECK.
func compareTests(old, new []constraint.Atom) string {
	old, new = oneSided(old), oneSided(new)
	less, more := false, false // it allows less, or more, than before
	for _, o := range old {
		n := counterpart(o, new)
		if n == nil {
			more = true
			continue
		}
		tighter, looser := compareAtoms(o, n)
		less, more = less || tighter, more || looser
	}
	for _, n := range new {
		less = less || counterpart(n, old) == nil
	}
	switch {
	case less && !more:
		return "check-tightened"
	case more && !less:
		return "check-loosened"
	default:
		return "check-changed"
	}
}

// oneSided makes two tests of a length that is limited on both sides.
func oneSided(tests []constraint.Atom) []constraint.Atom {
	var list []constraint.Atom
	for _, a := range tests {
		l, ok := a.(constraint.Length)
		if !ok || l.Min == nil || l.Max == nil {
			list = append(list, a)
			continue
		}
		list = append(list, constraint.Length{Unit: l.Unit, Min: l.Min}, constraint.Length{Unit: l.Unit, Max: l.Max})
	}
	return list
}

// counterpart finds the test that limits the value in the same direction.
func counterpart(a constraint.Atom, in []constraint.Atom) constraint.Atom {
	for _, b := range in {
		if direction(a) == direction(b) {
			return b
		}
	}
	return nil
}

// direction is what a test limits: tests with the same one can be compared.
func direction(a constraint.Atom) string {
	switch a := a.(type) {
	case constraint.Compare:
		switch a.Op {
		case constraint.LT, constraint.LE:
			return "at most"
		case constraint.GT, constraint.GE:
			return "at least"
		}
		return string(a.Op)
	case constraint.Length:
		return "length in " + string(a.Unit) + either(a.Max == nil, ", at least", ", at most")
	default:
		return fmt.Sprintf("%T", a)
	}
}

// compareAtoms tells whether a test allows less, and whether it allows more, than before. Both are true for tests that
// cannot be compared.
func compareAtoms(old, new constraint.Atom) (less, more bool) {
	switch o := old.(type) {
	case constraint.Compare:
		if n, ok := new.(constraint.Compare); ok && o.Op != constraint.EQ && o.Op != constraint.NE {
			return compareBounds(o, n)
		}
	case constraint.Length:
		if n, ok := new.(constraint.Length); ok {
			if o.Max == nil {
				return *n.Min > *o.Min, *n.Min < *o.Min
			}
			return *n.Max < *o.Max, *n.Max > *o.Max
		}
	}
	differ := !reflect.DeepEqual(old, new)
	return differ, differ
}

// compareBounds compares two bounds of the same direction.
func compareBounds(old, after constraint.Compare) (less, more bool) {
	from, ok := decimal(old.Value)
	to, alsoOK := decimal(after.Value)
	if !ok || !alsoOK {
		return true, true
	}
	sign := to.Cmp(from)
	if old.Op == constraint.LT || old.Op == constraint.LE {
		sign = -sign
	}
	strict := func(op constraint.CompareOp) int {
		if op == constraint.LT || op == constraint.GT {
			return 1
		}
		return 0
	}
	sign = cmp.Or(sign, strict(after.Op)-strict(old.Op))
	return sign > 0, sign < 0
}

func decimal(text string) (*big.Rat, bool) { return new(big.Rat).SetString(text) }
