package model

import (
	"fmt"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// place is where a type is used, for overrides and messages.
type place struct {
	span   source.Span
	rel    *catalog.Relation // nil for composites and queries
	column string
	tags   tagged
}

// resolved is a type with what its domains add to it.
type resolved struct {
	typ     Type
	rules   []factRule
	notNull bool
	custom  bool // the user wrote the type
}

// resolve turns a catalog type into a model type: the user's own first, then through domains, arrays, enums,
// composites and ranges to the built-in ones.
func (b *builder) resolve(t catalog.Type, at place) resolved {
	if c, ok := b.custom(t, at); ok {
		return resolved{typ: c, custom: true}
	}
	if t.Array {
		elem := b.resolve(t.Element(), place{span: at.span, column: at.column})
		list := Array{
			Elem: elem.typ, Dims: max(1, t.Dims), NotNullElements: elem.notNull, OfDomain: t.Kind == catalog.DomainType,
		}
		list.Rules, list.Tests = split(applying(elem.typ, elem.rules), false)
		return resolved{typ: list}
	}
	switch t.Kind {
	case catalog.DomainType:
		return b.resolveDomain(t, at)
	case catalog.EnumType:
		if e, ok := b.enumOf[t.Name]; ok {
			return resolved{typ: EnumRef{Enum: e}}
		}
		return resolved{typ: Scalar{Kind: Text}} // an enum that the target excludes is sent as text
	case catalog.CompositeType:
		if o, ok := b.objectOf[t.Name]; ok {
			return resolved{typ: ObjectRef{Object: o}}
		}
		if slices.Contains(systemSchemas, t.Name.Schema) {
			b.unmapped(t, at) // no target has the rows of PostgreSQL's own tables
		}
		return resolved{typ: Scalar{Kind: AnyKind}}
	case catalog.UnknownType, catalog.PseudoType:
		return resolved{typ: Scalar{Kind: AnyKind}}
	case catalog.RangeType, catalog.MultirangeType:
		return resolved{typ: b.resolveRange(t, at)}
	}
	if r, ok := rangeElem[t.Name.Name]; ok && t.Name.Schema == "pg_catalog" {
		return resolved{typ: builtinRange(t.Name.Name, r)}
	}
	kind, ok := kindOf(canonicalName(t.Name))
	if !ok {
		b.unmapped(t, at)
		return resolved{typ: Scalar{Kind: AnyKind}}
	}
	return resolved{typ: scalar(kind, t.Mods)}
}

var systemSchemas = []string{"pg_catalog", "information_schema"}

// scalar gives a kind its limits from the type's modifiers.
func scalar(kind Kind, mods []int32) Scalar {
	s := Scalar{Kind: kind}
	switch kind {
	case Varchar, Char, Bit, Varbit, Vector:
		if len(mods) > 0 {
			s.Length = int(mods[0])
		}
	case Numeric:
		if len(mods) > 0 {
			s.Precision, s.HasPrecision = int(mods[0]), true
		}
		if len(mods) > 1 {
			s.Scale = int(mods[1])
		}
	}
	return s
}

func builtinRange(name string, elem Kind) Range {
	multi := len(name) > len("multirange") && name[len(name)-len("multirange"):] == "multirange"
	return Range{Elem: Scalar{Kind: elem}, Multi: multi, Name: name}
}

func (b *builder) resolveRange(t catalog.Type, at place) Type {
	r, ok := b.rangeOf[t.Name]
	if !ok {
		if elem, builtin := rangeElem[t.Name.Name]; builtin {
			return builtinRange(t.Name.Name, elem)
		}
		b.unmapped(t, at)
		return Scalar{Kind: AnyKind}
	}
	elem := b.resolve(r.Subtype, place{span: at.span, column: at.column})
	return Range{Elem: elem.typ, Multi: t.Name == r.Multirange, Name: t.Name.Name}
}

// resolveDomain resolves the type below and adds the domain's rules. A list of values that the domain's CHECK gives is
// the domain's enum.
func (b *builder) resolveDomain(t catalog.Type, at place) resolved {
	d, ok := b.domainOf[t.Name]
	if !ok {
		b.unmapped(t, at)
		return resolved{typ: Scalar{Kind: AnyKind}}
	}
	below := b.resolve(d.Type, at)
	own := b.domainFacts(d)
	never, _ := notNull(own)
	below.notNull = below.notNull || d.NotNull || never
	below.rules = slices.Concat(below.rules, own)
	if e, ok := b.enumOf[t.Name]; ok && !below.custom {
		name := listName(own)
		if ref, isEnum := below.typ.(EnumRef); isEnum && name == "" {
			name = ref.Constraint
		}
		below.typ = EnumRef{Enum: e, Constraint: name, Cut: cutOf(below.typ, e)}
	}
	return below
}

// custom finds the type that the user wrote for this place: in the column's comment, for the column, or for the type.
func (b *builder) custom(t catalog.Type, at place) (Custom, bool) {
	if b.Language == naming.Go {
		return Custom{}, false
	}
	if c, ok := at.tags.types[b.Options.Target]; ok {
		return b.customOf(c), true
	}
	var byType *config.CustomType
	for _, o := range b.Config.Shared.Types {
		c := o.Zod
		if b.Options.Target == config.Pydantic {
			c = o.Python
		}
		switch {
		case c == nil:
		case o.Column != "" && at.rel != nil && b.names.matchesColumn(o.Column, at.rel, at.column):
			return b.customOf(*c), true
		case o.DBType != "" && byType == nil && matchesType(o.DBType, t):
			byType = c
		}
	}
	if byType == nil {
		return Custom{}, false
	}
	return b.customOf(*byType), true
}

// matchesType compares a db_type option with a type: its internal name, an SQL spelling of it, or schema.name. A type
// with [] at its end is an array.
func matchesType(option string, t catalog.Type) bool {
	if n := len(option); n > 2 && option[n-2:] == "[]" {
		return t.Array && matchesType(option[:n-2], t.Element())
	}
	if t.Array {
		return false
	}
	if option == t.Name.Name || option == t.Name.String() {
		return true
	}
	return t.Name.Schema == "pg_catalog" && canonicalName(catalog.Name{Name: option}).Name == t.Name.Name
}

// unmapped reports a type that no table knows. In Go the types are sqlc's to map.
func (b *builder) unmapped(t catalog.Type, at place) {
	if b.Language == naming.Go {
		return
	}
	what := at.column
	if at.rel != nil {
		what = at.rel.Name.String() + "." + at.column
	}
	b.report(source.Diagnostic{
		Span: at.span, Code: CodeUnmappedType,
		Message: fmt.Sprintf("%s has type %s, which %s does not know", what, t.Name, b.targetName()),
		Hint: fmt.Sprintf("say what it is: options: trefoil: types: [{db_type: %s, zod: {type: string}, python: {type: str}}]",
			t.Name),
	})
}
