package constraint

import (
	"fmt"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// Scope is what the names in a CHECK stand for.
type Scope struct {
	// Column gives a column's base type, with domains resolved. A domain's CHECK resolves the name VALUE only.
	Column func(name string) (catalog.Type, bool)
	// Collation gives a column's collation, nil for the database's. Nil is a scope where all have that.
	Collation func(name string) *catalog.Collation
	// Catalog has the enums' labels, and the functions that may hide PostgreSQL's own. Nil is one without any.
	Catalog *catalog.Catalog
}

// Compile turns one CHECK into a rule. It never fails: what it does not understand is Unknown in the tree.
func Compile(check catalog.Check, scope Scope) Rule {
	c := compiler{scope}
	return Rule{
		Constraint: check.Name,
		SQL:        check.Expression.SQL,
		Tree:       simplify(c.condition(check.Expression.Tree)),
		NotValid:   check.NotValid,
		Span:       check.Span,
	}
}

// RelationScope is what the names in a relation's CHECKs stand for.
func RelationScope(c *catalog.Catalog, rel *catalog.Relation) Scope {
	return Scope{Catalog: c, Column: func(name string) (catalog.Type, bool) {
		col, ok := rel.Column(name)
		if !ok {
			return catalog.Type{}, false
		}
		return Base(c, col.Type), true
	}, Collation: func(name string) *catalog.Collation {
		if col, ok := rel.Column(name); ok {
			return col.Collation
		}
		return nil
	}}
}

// DomainScope is what VALUE in a domain's CHECKs stands for. It has the collation of the type below: PostgreSQL does not
// look at the domain's own there.
func DomainScope(c *catalog.Catalog, d catalog.Domain) Scope {
	base := Base(c, d.Type)
	return Scope{Catalog: c, Column: func(name string) (catalog.Type, bool) {
		return base, name == DomainValue
	}, Collation: func(string) *catalog.Collation {
		if below, ok := Domain(c, d.Type.Name); ok && d.Type.Kind == catalog.DomainType {
			return below.Collation
		}
		return nil
	}}
}

type compiler struct{ Scope }

// condition compiles a boolean expression.
func (c compiler) condition(e catalog.Expr) Node {
	n := c.value(e)
	if u, ok := n.(Unknown); ok {
		return u
	}
	n, ok := coerce(n, boolType)
	if !ok {
		return c.unknown(e, "no client takes this value for a condition")
	}
	return n
}

// value compiles any expression. A string or NULL that has no type yet is a Const of untypedClass; see coerce.
func (c compiler) value(e catalog.Expr) Node {
	switch e := e.(type) {
	case *catalog.ColumnRef:
		return c.column(e)
	case *catalog.Literal:
		return c.literal(e)
	case *catalog.Cast:
		return c.cast(e)
	case *catalog.Op:
		return c.operator(e, e.Left, e.Right)
	case *catalog.Call:
		return c.call(e)
	case *catalog.Bool:
		return c.logic(e)
	case *catalog.Collate:
		return c.collate(e)
	case *catalog.Array:
		return c.constArray(e, Type{}, catalog.Type{})
	case *catalog.Row, *catalog.Subscript, *catalog.FieldSelect:
		return c.unknown(e, "no client evaluates rows, elements, fields or computed arrays")
	case *catalog.Opaque, nil:
		return c.unknown(e, "no client evaluates this expression")
	}
	return c.special(e)
}

// special compiles what has a grammar of its own.
func (c compiler) special(e catalog.Expr) Node {
	switch e := e.(type) {
	case *catalog.Quantified:
		return c.quantified(e)
	case *catalog.In:
		return c.in(e)
	case *catalog.Between:
		return c.between(e)
	case *catalog.Like:
		return c.like(e)
	case *catalog.NullTest:
		return c.nullTest(e)
	case *catalog.BoolTest:
		return c.boolTest(e)
	case *catalog.Distinct:
		return c.distinct(e)
	case *catalog.Case:
		return c.caseOf(e)
	case *catalog.Coalesce:
		return c.coalesce(e)
	case *catalog.NullIf:
		return c.nullIf(e)
	case *catalog.MinMax:
		return c.extremum(e)
	}
	return c.unknown(e, "no client evaluates this expression")
}

func (c compiler) column(e *catalog.ColumnRef) Node {
	t, ok := c.Column(e.Name)
	if !ok {
		return c.unknown(e, "no client evaluates this expression")
	}
	return Column{Name: e.Name, SQL: t, Type: c.typeOf(t)}
}

// typeOf is the tree's type for a base type.
func (c compiler) typeOf(t catalog.Type) Type {
	if t.Array {
		elem := c.typeOf(t.Element())
		if elem.Class == OtherClass {
			return Type{}
		}
		return Type{Class: ArrayClass, Elem: &elem}
	}
	switch {
	case t.Kind == catalog.EnumType:
		return c.enum(t.Name)
	case t.Kind == catalog.BaseType:
		return baseTypes[t.Name.Name]
	case t.Kind == catalog.DomainType && c.Catalog != nil:
		// An array's elements are of a domain.
		if base := Base(c.Catalog, t); base.Kind != catalog.DomainType {
			return c.typeOf(base)
		}
	}
	return Type{}
}

func (c compiler) enum(name catalog.Name) Type {
	if c.Catalog != nil {
		for _, e := range c.Catalog.Enums {
			if e.Name == name {
				return Type{Class: EnumClass, Enum: name, Labels: e.Values}
			}
		}
	}
	return Type{}
}

func (c compiler) unknown(e catalog.Expr, reason string) Node {
	u := Unknown{Reason: reason, Columns: ColumnsOf(e)}
	if e != nil {
		u.SQL = e.Span().Text()
	}
	return u
}

func (c compiler) unknownf(e catalog.Expr, format string, args ...any) Node {
	return c.unknown(e, fmt.Sprintf(format, args...))
}

// values compiles operands. If one is Unknown, so is the whole, for the same reason.
func (c compiler) values(e catalog.Expr, operands ...catalog.Expr) (nodes []Node, unknown Node) {
	for _, operand := range operands {
		n := c.value(operand)
		if u, ok := n.(Unknown); ok {
			return nil, c.unknown(e, u.Reason)
		}
		nodes = append(nodes, n)
	}
	return nodes, nil
}

// fold simplifies a node whose operands are simple already.
func (c compiler) fold(e catalog.Expr, n Node) Node {
	n = simplify(n)
	if u, ok := n.(Unknown); ok {
		return c.unknown(e, u.Reason)
	}
	return n
}
