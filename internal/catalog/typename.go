package catalog

import (
	"fmt"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// serialTypes are the pseudo types of columns with a sequence of their own.
var serialTypes = map[string]string{
	"smallserial": "int2", "serial2": "int2", "serial": "int4", "serial4": "int4", "bigserial": "int8", "serial8": "int8",
}

// resolveType finds the type that a statement names, with its modifiers.
func (r *replay) resolveType(st *statement, n *pg_query.TypeName) (typeRef, error) {
	if n == nil {
		return typeRef{}, nil
	}
	parts := stringsOf(n.Names)
	span := st.typeSpan(n)
	if n.PctType {
		return r.percentType(parts, span)
	}
	ref, err := r.namedType(parts, span)
	if err != nil {
		return typeRef{}, err
	}
	if len(n.ArrayBounds) > 0 {
		ref.array, ref.dims = true, len(n.ArrayBounds)
	}
	return ref, r.applyMods(&ref, n, span)
}

// namedType finds a type by its name; _name is the array of name, unless there is a type called so.
func (r *replay) namedType(parts []string, span source.Span) (typeRef, error) {
	schemaName, name := splitName(parts)
	if t := r.findType(schemaName, name); t != nil {
		return typeRef{typ: t}, nil
	}
	if element, ok := strings.CutPrefix(name, "_"); ok && element != "" {
		if t := r.findType(schemaName, element); t != nil {
			return typeRef{typ: t, array: true, dims: 1}, nil
		}
	}
	if schemaName != "" && r.db.schemas[schemaName] == nil && schemaName != temporarySchema {
		_, err := r.schemaNamed(schemaName, span)
		return typeRef{}, err
	}
	return typeRef{}, hinted(span, undefinedObject, r.typeHint(schemaName, name), "type %q does not exist", strings.Join(parts, "."))
}

// typeHint says which extension has the type, or which type has a name like it.
func (r *replay) typeHint(schemaName, name string) string {
	if ext := extensionOfType(name); ext != "" && r.db.extensions[ext] == nil {
		return fmt.Sprintf("The type is in extension %s: CREATE EXTENSION %s.", ext, quoteIdent(ext))
	}
	var names []string
	for _, s := range r.db.sortedSchemas() {
		if s.name != schemaName && !s.builtin && s.types[name] != nil {
			return "There is a type " + s.name + "." + name + "."
		}
		if schemaName == "" || s.name == schemaName {
			for n := range s.types {
				names = append(names, n)
			}
		}
	}
	return suggest.Hint(name, names)
}

// percentType is table.column%TYPE.
func (r *replay) percentType(parts []string, span source.Span) (typeRef, error) {
	if len(parts) < 2 {
		return typeRef{}, failf(span, syntaxError, "improper %%TYPE reference (too few dotted names): %s", strings.Join(parts, "."))
	}
	schemaName, name := splitName(parts[:len(parts)-1])
	rel := r.findRelation(schemaName, name)
	if rel == nil {
		return typeRef{}, r.noRelation(span, schemaName, name)
	}
	col, err := columnOf(rel, parts[len(parts)-1], span)
	if err != nil {
		return typeRef{}, err
	}
	return col.typ, nil
}

// intervalFields are the masks that the grammar gives for an interval's fields.
var intervalFields = map[int32]string{
	1 << 2: "year", 1 << 1: "month", 1 << 3: "day", 1 << 10: "hour", 1 << 11: "minute", 1 << 12: "second",
	1<<2 | 1<<1: "year to month", 1<<3 | 1<<10: "day to hour", 1<<3 | 1<<10 | 1<<11: "day to minute",
	1<<3 | 1<<10 | 1<<11 | 1<<12: "day to second", 1<<10 | 1<<11: "hour to minute",
	1<<10 | 1<<11 | 1<<12: "hour to second", 1<<11 | 1<<12: "minute to second",
}

// modLimits are the types that take modifiers: how many, and the least and greatest value of the first.
var modLimits = map[string]struct {
	count    int
	min, max int32
	word     string
}{
	"varchar":     {1, 1, 10485760, "varchar"},
	"bpchar":      {1, 1, 10485760, "char"},
	"bit":         {1, 1, 83886080, "bit"},
	"varbit":      {1, 1, 83886080, "varbit"},
	"numeric":     {2, 1, 1000, "NUMERIC precision"},
	"time":        {1, 0, 6, "TIME"},
	"timetz":      {1, 0, 6, "TIME"},
	"timestamp":   {1, 0, 6, "TIMESTAMP"},
	"timestamptz": {1, 0, 6, "TIMESTAMP"},
	"interval":    {2, 0, 32767, "INTERVAL"},
}

// applyMods reads a type's modifiers and checks them as the type's own input function does.
func (r *replay) applyMods(ref *typeRef, n *pg_query.TypeName, span source.Span) error {
	if len(n.Typmods) == 0 {
		return nil
	}
	builtin := ref.typ.schema.name == "pg_catalog"
	mods, ok := constantMods(n.Typmods)
	if !builtin && ref.typ.kind == BaseType { // an extension's: geometry(Point, 4326), vector(3)
		ref.mods = mods
		return nil
	}
	limit, known := modLimits[ref.typ.name]
	if !builtin || !known {
		return failf(span, syntaxError, "type modifier is not allowed for type %q", r.typeText(typeRef{typ: ref.typ}))
	}
	if !ok {
		return failf(span, invalidParameterValue, "invalid type modifier")
	}
	if len(mods) > limit.count {
		if ref.typ.name == "numeric" {
			return failf(span, invalidParameterValue, "invalid NUMERIC type modifier")
		}
		return failf(span, invalidParameterValue, "invalid type modifier")
	}
	if ref.typ.name == "interval" {
		ref.fields = intervalFields[mods[0]]
		ref.mods = mods[1:]
		if len(ref.mods) == 0 {
			ref.mods = nil
		} else {
			ref.mods[0] = min(ref.mods[0], 6)
		}
		return nil
	}
	return setMods(ref, mods, limit.min, limit.max, limit.word, span)
}

// setMods keeps modifiers that are in range; a precision of time beyond 6 is reduced.
func setMods(ref *typeRef, mods []int32, low, high int32, word string, span source.Span) error {
	switch name := ref.typ.name; {
	case strings.HasPrefix(name, "time"):
		if mods[0] < 0 {
			return failf(span, invalidParameterValue, "%s(%d) precision must not be negative", word, mods[0])
		}
		mods[0] = min(mods[0], high)
	case name == "numeric":
		if mods[0] < low || mods[0] > high {
			return failf(span, invalidParameterValue, "NUMERIC precision %d must be between 1 and 1000", mods[0])
		}
		if len(mods) == 1 {
			mods = append(mods, 0)
		}
		if mods[1] < -1000 || mods[1] > 1000 {
			return failf(span, invalidParameterValue, "NUMERIC scale %d must be between -1000 and 1000", mods[1])
		}
	case mods[0] < low:
		return failf(span, invalidParameterValue, "length for type %s must be at least %d", word, low)
	case mods[0] > high:
		return failf(span, invalidParameterValue, "length for type %s cannot exceed %d", word, high)
	}
	ref.mods = mods
	return nil
}

// constantMods reads the modifiers that are integers; words, such as those of geometry, are left out.
func constantMods(nodes []*pg_query.Node) ([]int32, bool) {
	var mods []int32
	all := true
	for _, n := range nodes {
		negative := false
		if e := n.GetAExpr(); e != nil && e.Lexpr == nil && strings.Join(stringsOf(e.Name), "") == "-" {
			n, negative = e.Rexpr, true
		}
		c := n.GetAConst()
		if c == nil || c.GetIval() == nil && c.Isnull {
			all = false
			continue
		}
		if _, isInt := c.Val.(*pg_query.A_Const_Ival); !isInt {
			all = false
			continue
		}
		v := c.GetIval().GetIval()
		if negative {
			v = -v
		}
		mods = append(mods, v)
	}
	return mods, all
}

// typeSpan is the place of a type as it was written.
func (st *statement) typeSpan(n *pg_query.TypeName) source.Span {
	if n.GetLocation() < 0 {
		return st.head()
	}
	start := st.offset + int(n.Location)
	return source.Span{File: st.file, Start: start, End: typeEnd(st.file.Text, start)}
}

// typeText spells a type for messages, as format_type() does under the current search path.
func (r *replay) typeText(ref typeRef) string {
	if ref.typ == nil {
		return "unknown"
	}
	t := ref.freeze()
	if s := ref.typ.schema; s.name != "pg_catalog" && r.visible(s, func(p *schema) bool { return p.types[ref.typ.name] != nil }) {
		t.Name.Schema = "public" // what FormatType leaves out
	} else if s.name == "public" {
		return `public.` + FormatType(t)
	}
	return FormatType(t)
}

// freeze makes the value of a type reference.
func (ref typeRef) freeze() Type {
	if ref.typ == nil {
		return Type{Kind: UnknownType, Array: ref.array, Dims: ref.dims}
	}
	return Type{
		Name: Name{ref.typ.schema.name, ref.typ.name}, Kind: ref.typ.kind,
		Mods: ref.mods, Fields: ref.fields, Array: ref.array, Dims: ref.dims,
	}
}

// same tells whether two references name the same type with the same modifiers.
func (ref typeRef) same(o typeRef) bool {
	if !ref.sameType(o) || len(ref.mods) != len(o.mods) || ref.fields != o.fields {
		return false
	}
	for i := range ref.mods {
		if ref.mods[i] != o.mods[i] {
			return false
		}
	}
	return true
}

func (ref typeRef) sameType(o typeRef) bool { return ref.typ == o.typ && ref.array == o.array }
