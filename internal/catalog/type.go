package catalog

// Type is a use of a type, as pg_attribute holds it: the element type's name and modifiers, and whether it is an array.
type Type struct {
	// Name is the internal name: pg_catalog.int4, not integer; for an array the element's name, without underscore.
	Name Name
	// Kind says where Name is defined.
	Kind TypeKind
	// Mods are the modifiers as they were resolved: varchar(50) has [50], numeric(10,6) has [10 6], bpchar always has
	// one. Nil without any.
	Mods []int32
	// Fields is the field restriction of an interval (day to second), "" without one.
	Fields string
	// Array tells an array type. PostgreSQL does not keep or enforce how many dimensions were declared; Dims does.
	Array bool
	Dims  int
}

// TypeKind is the sort of a type.
type TypeKind string

const (
	BaseType       TypeKind = "base" // built in, or an extension's
	EnumType       TypeKind = "enum"
	DomainType     TypeKind = "domain"
	CompositeType  TypeKind = "composite" // also a relation's row type
	RangeType      TypeKind = "range"
	MultirangeType TypeKind = "multirange"
	PseudoType     TypeKind = "pseudo" // record, void, trigger, any…
	// UnknownType is one that the replay could not determine, such as an expression in a view.
	UnknownType TypeKind = "unknown"
)

// Element is the type of an array's elements; of another type, the type itself.
func (t Type) Element() Type {
	t.Array, t.Dims = false, 0
	return t
}
