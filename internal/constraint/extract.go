package constraint

import (
	"slices"
	"strconv"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// ColumnAtom is an atom and the column that it tests.
type ColumnAtom struct {
	Column string
	Atom   Atom
}

// Atoms reads off a rule's top-level conjunction what every client has natively. rest are the conjuncts that are not
// covered: a client that only knows atoms does not enforce them.
func (r Rule) Atoms() (atoms []ColumnAtom, rest []Node) {
	for _, n := range conjuncts(r.Tree) {
		column, atom, ok := atomOf(n)
		switch {
		case !ok:
			rest = append(rest, n)
		case atom != nil:
			atoms = append(atoms, ColumnAtom{column, atom})
		}
	}
	return atoms, rest
}

// AtomOf reads a condition on one column that Enforceable gave. ok is false where it is no atom; an atom that is nil
// refuses nothing.
func AtomOf(test Node) (atom Atom, ok bool) {
	_, atom, ok = atomOf(test)
	return atom, ok
}

// Passes tells a condition that refuses nothing.
func Passes(test Node) bool {
	_, atom, ok := atomOf(test)
	return ok && atom == nil
}

// conjuncts splits a condition into the conditions that must all hold. x IS NULL OR (a AND b) is the two conditions
// x IS NULL OR a and x IS NULL OR b.
func conjuncts(n Node) []Node {
	var out []Node
	switch n := n.(type) {
	case All:
		for _, arg := range n.Args {
			out = append(out, conjuncts(arg)...)
		}
		return out
	case Any:
		at := slices.IndexFunc(n.Args, func(a Node) bool { _, ok := a.(All); return ok })
		if at < 0 || !isNullTests(n.Args[:at]) || !isNullTests(n.Args[at+1:]) {
			break
		}
		for _, arg := range n.Args[at].(All).Args {
			out = append(out, Any{Args: slices.Concat(n.Args[:at], flatAny(arg), n.Args[at+1:])})
		}
		return out
	}
	return []Node{n}
}

func isNullTests(args []Node) bool {
	return !slices.ContainsFunc(args, func(n Node) bool { t, ok := n.(IsNull); return !ok || t.Not })
}

func flatAny(n Node) []Node {
	if any, ok := n.(Any); ok {
		return any.Args
	}
	return []Node{n}
}

// atomOf reads one conjunct. ok with a nil atom means that it refuses nothing.
func atomOf(n Node) (column string, atom Atom, ok bool) {
	switch n := n.(type) {
	case Cmp:
		return cmpAtom(n)
	case Member:
		return memberAtom(n)
	case Any:
		return anyAtom(n)
	case Match:
		col, ok := n.X.(Column)
		if ok && !n.Not && !n.Regex.ASCII {
			return col.Name, Pattern{Regex: n.Regex}, true
		}
	case Const:
		return "", nil, n.Null || n.Text == "true"
	case IsNull:
		col, isColumn := n.X.(Column)
		if isColumn && n.Not {
			return col.Name, NotNull{}, true
		}
	}
	return "", nil, false
}

func cmpAtom(n Cmp) (string, Atom, bool) {
	k, ok := n.Right.(Const)
	if !ok {
		return "", nil, false
	}
	switch x := n.Left.(type) {
	case Column:
		return columnCompare(x, n.Op, k)
	case Func:
		return funcCompare(x, n.Op, k)
	}
	return "", nil, false
}

// neverFails tells that a node is neither an error nor undecided for any value.
func neverFails(n Node) bool {
	_, isColumn := n.(Column)
	return isColumn
}

func columnCompare(x Column, op CompareOp, k Const) (string, Atom, bool) {
	switch class := x.Type.Class; {
	case class == TextClass && op == EQ:
		return x.Name, OneOf{Values: []string{k.Text}}, true
	case class == TextClass && op == NE:
		return x.Name, NotEqual{Value: k.Text}, true
	case class == IntClass && !outside(x.Type, k.Text):
		return x.Name, Compare{Op: op, Value: k.Text}, true
	case class == NumericClass, class == FloatClass && x.Type.Size == 8:
		value, ok := Decimal(k.Text)
		return x.Name, Compare{Op: op, Value: value}, ok
	}
	return "", nil, false
}

func funcCompare(x Func, op CompareOp, k Const) (string, Atom, bool) {
	col, ok := atomColumn(x.Args[0])
	if !ok {
		return "", nil, false
	}
	switch x.Name {
	case JSONTypeOf:
		return jsonTypeAtom(col.Name, []string{k.Text}, op == NE, op == EQ || op == NE)
	case CharLength, OctetLength:
		if col.Type.Class == ByteaClass {
			return "", nil, false
		}
		length, ok := lengthAtom(x.Name, op, k.Text)
		return col.Name, length, ok
	}
	return "", nil, false
}

// atomColumn is the column whose string, or JSON, a function sees: citext is the same as text there.
func atomColumn(n Node) (Column, bool) {
	if cast, ok := n.(Cast); ok && TypeOf(cast.X).Class == FoldedClass {
		n = cast.X
	}
	col, ok := n.(Column)
	return col, ok
}

// jsonTypes are the answers that jsonb_typeof gives.
var jsonTypes = []string{"object", "array", "string", "number", "boolean", "null"}

func jsonTypeAtom(column string, types []string, not, ok bool) (string, Atom, bool) {
	if !ok {
		return "", nil, false
	}
	if not {
		types = slices.DeleteFunc(slices.Clone(jsonTypes), func(t string) bool { return slices.Contains(types, t) })
	}
	return column, JSONType{Types: unique(types)}, len(types) > 0
}

var units = map[FuncName]LengthUnit{CharLength: Characters, OctetLength: Bytes}

func lengthAtom(name FuncName, op CompareOp, bound string) (Atom, bool) {
	op, bound, ok := integerBound(op, bound)
	if !ok {
		return nil, false
	}
	n, err := strconv.Atoi(bound)
	if err != nil {
		return nil, false
	}
	length := Length{Unit: units[name]}
	switch op {
	case GE:
		length.Min = &n
	case GT:
		n++
		length.Min = &n
	case LE:
		length.Max = &n
	case LT:
		n--
		length.Max = &n
	case EQ:
		length.Min, length.Max = &n, &n
	case NE:
		if n != 0 {
			return nil, false
		}
		n = 1
		length.Min = &n // length <> 0: at least one
	}
	if length.Max != nil && *length.Max < 0 {
		return nil, false
	}
	if length.Min != nil && *length.Min <= 0 {
		length.Min = nil
	}
	if length.Min == nil && length.Max == nil {
		return nil, true // every length is at least 0
	}
	return length, true
}

func memberAtom(n Member) (string, Atom, bool) {
	if slices.ContainsFunc(n.List, func(k Const) bool { return k.Null }) {
		if n.Not || !neverFails(n.X) {
			return "", nil, false // x NOT IN (…, NULL) can be false
		}
		return "", nil, true // x IN (…, NULL) is never false
	}
	values := make([]string, len(n.List))
	for i, k := range n.List {
		values[i] = k.Text
	}
	switch x := n.X.(type) {
	case Column:
		if !n.Not && x.Type.Class == TextClass {
			return x.Name, OneOf{Values: unique(values)}, true
		}
	case Func:
		if col, ok := x.Args[0].(Column); ok && x.Name == JSONTypeOf {
			return jsonTypeAtom(col.Name, values, n.Not, true)
		}
	}
	return "", nil, false
}

// anyAtom reads x IS NULL OR test, where the first part adds nothing since NULL passes, and x = 'a' OR x = 'b'.
func anyAtom(n Any) (string, Atom, bool) {
	var nullTests []string
	var merged Atom
	var column string
	for _, arg := range n.Args {
		if t, ok := arg.(IsNull); ok && !t.Not {
			nullTests = append(nullTests, Columns(t)...)
			continue
		}
		col, atom, ok := atomOf(arg)
		if !ok {
			return "", nil, false
		}
		if atom == nil {
			return "", nil, true // one operand is never false, so the disjunction is not
		}
		if merged == nil {
			column, merged = col, atom
			continue
		}
		if merged, ok = union(merged, atom); !ok || col != column {
			return "", nil, false
		}
	}
	if merged == nil || slices.ContainsFunc(nullTests, func(name string) bool { return name != column }) {
		return "", nil, false
	}
	if _, notNull := merged.(NotNull); notNull {
		return "", nil, len(nullTests) > 0 // x IS NULL OR x IS NOT NULL
	}
	return column, merged, true
}

func union(a, b Atom) (Atom, bool) {
	switch a := a.(type) {
	case OneOf:
		if b, ok := b.(OneOf); ok {
			return OneOf{Values: unique(slices.Concat(a.Values, b.Values))}, true
		}
	case JSONType:
		if b, ok := b.(JSONType); ok {
			return JSONType{Types: unique(slices.Concat(a.Types, b.Types))}, true
		}
	}
	return nil, false
}

func unique(values []string) []string {
	var out []string
	for _, v := range values {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// Intersect gives the values that all lists hold, in the order of the first.
func Intersect(lists ...OneOf) OneOf {
	if len(lists) == 0 {
		return OneOf{}
	}
	out := OneOf{}
	for _, v := range lists[0].Values {
		if !slices.ContainsFunc(lists[1:], func(l OneOf) bool { return !slices.Contains(l.Values, v) }) {
			out.Values = append(out.Values, v)
		}
	}
	return out
}

// DomainValue is the name that a domain's CHECK calls the value by.
const DomainValue = "VALUE"

// Domain finds a domain of the catalog.
func Domain(c *catalog.Catalog, name catalog.Name) (*catalog.Domain, bool) {
	for i := range c.Domains {
		if c.Domains[i].Name == name {
			return &c.Domains[i], true
		}
	}
	return nil, false
}

// Base resolves a type through domains to the type that values are stored in. A domain over an array is an array.
func Base(c *catalog.Catalog, t catalog.Type) catalog.Type {
	for t.Kind == catalog.DomainType && !t.Array {
		d, ok := Domain(c, t.Name)
		if !ok {
			return t
		}
		t = d.Type
	}
	return t
}
