package constraint

import (
	"fmt"
	"reflect"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// collate compiles x COLLATE name. Only the order of strings and the mapping of their case depend on it, as long as
// equal means the same bytes: so it is with PostgreSQL's own collations. Order is looked at by compare, and collations that
// take more for equal by looseness.
func (c compiler) collate(e *catalog.Collate) Node {
	if !isBinary(e.Name) && !isDefault(e.Name) {
		return c.unknownf(e, "what collation %s takes for equal is not known", e.Name)
	}
	return c.value(e.Arg)
}

// isBinary tells a collation that orders strings by their code points.
func isBinary(collation string) bool {
	switch collation {
	case "C", "POSIX", "ucs_basic", "pg_catalog.C", "pg_catalog.POSIX", "pg_catalog.ucs_basic":
		return true
	}
	return false
}

// isDefault tells the database's collation, which is always deterministic.
func isDefault(collation string) bool {
	return collation == "default" || collation == "pg_catalog.default"
}

// said is the collation that a side of a comparison names, "" for none: it holds for both sides.
func said(sides ...catalog.Expr) string {
	for _, e := range sides {
		switch e := e.(type) {
		case *catalog.Collate:
			return e.Name
		case *catalog.Cast:
			if name := said(e.Arg); name != "" {
				return name
			}
		}
	}
	return ""
}

// binaryOrder tells whether one side of a comparison says that strings are ordered by their code points.
func binaryOrder(sides ...catalog.Expr) bool { return isBinary(said(sides...)) }

// looseness is why strings made of some expressions are not compared: a column in them has a collation that takes
// different strings for equal. It is "" where there is none, or where one of the expressions says another collation.
func (c compiler) looseness(exprs ...catalog.Expr) string {
	if name := said(exprs...); c.Collation == nil || isBinary(name) || isDefault(name) {
		return ""
	}
	reason := ""
	for _, e := range exprs {
		walk(reflect.ValueOf(e), func(e catalog.Expr) bool {
			switch e := e.(type) {
			case *catalog.Collate:
				return false
			case *catalog.ColumnRef:
				if of := c.Collation(e.Name); of != nil && of.Nondeterministic && reason == "" {
					reason = fmt.Sprintf("the collation %s takes different strings for equal", of.Name.Name)
				}
			}
			return true
		})
	}
	return reason
}

// isText tells types whose values are compared by a collation.
func isText(t Type) bool {
	return t.Class == TextClass || t.Class == PaddedClass || t.Class == ArrayClass && isText(*t.Elem)
}

// collated are the functions that compare strings.
var collated = map[FuncName]bool{StartsWith: true, StrPos: true, Replace: true, ArrayPosition: true, ArrayContains: true, ArrayOverlaps: true}

// compares tells a function that compares strings by their collation.
func compares(n Node) bool {
	f, ok := n.(Func)
	return ok && collated[f.Name] && isText(TypeOf(f.Args[0]))
}
