package breaking

import (
	"fmt"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// typeChange is one way in which a type changed.
type typeChange struct {
	rule  string
	says  string // completes "schema.table.column …"
	limit bool   // of a length or precision alone
}

func changed(rule string, old, new model.Type) []typeChange {
	return []typeChange{{rule: rule, says: fmt.Sprintf("is %s and was %s", describe(new), describe(old))}}
}

// types compares two types of the database.
func (w *walk) types(old, new model.Type) []typeChange {
	if typeKey(old) == typeKey(new) && !w.isOtherEnum(old, new) {
		return nil
	}
	switch o := old.(type) {
	case model.Array:
		n, ok := new.(model.Array)
		if !ok {
			return changed("became-scalar", old, new)
		}
		return w.arrays(o, n)
	case model.EnumRef:
		if n, ok := new.(model.EnumRef); ok {
			return w.enumRefs(o, n)
		}
		if s, ok := new.(model.Scalar); ok && isText(s.Kind) {
			return changed("enum-withdrawn", old, new)
		}
	case model.JSONOf, model.JSONValue:
		if c, ok := shapes(old, new); ok {
			return c
		}
	case model.Scalar:
		return w.scalarTo(o, new)
	}
	if _, ok := new.(model.Array); ok {
		return changed("became-array", old, new)
	}
	if o, ok := old.(model.ObjectRef); ok {
		if n, ok := new.(model.ObjectRef); ok && w.tables[o.Object.Source.String()] == n.Object.Source.String() {
			return nil
		}
	}
	return changed("type-changed", old, new)
}

// shapes compares JSON of a known shape with whatever JSON it became.
func shapes(old, new model.Type) ([]typeChange, bool) {
	switch n := new.(type) {
	case model.JSONOf:
		o, ok := old.(model.JSONOf)
		return changed(either(ok && o.Shape == n.Shape, "type-equivalent", "json-shape-changed"), old, new), true
	case model.JSONValue:
		o, ok := old.(model.JSONValue)
		same := ok && typeKey(o.Value) == typeKey(n.Value) // json became jsonb
		return changed(either(same, "type-equivalent", "json-shape-changed"), old, new), true
	case model.Scalar:
		if isJSON(n.Kind) {
			return changed("json-shape-removed", old, new), true
		}
	}
	return nil, false
}

func either(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}

// isOtherEnum tells two enums apart that have the same values.
func (w *walk) isOtherEnum(old, new model.Type) bool {
	o, isOld := old.(model.EnumRef)
	n, isNew := new.(model.EnumRef)
	return isOld && isNew && w.lists[o.Enum.SQLName.String()] != n.Enum.SQLName.String()
}

// enumRefs compares a field's enums. What one enum's values became is told once, of the enum.
func (w *walk) enumRefs(old, new model.EnumRef) []typeChange {
	if w.isOtherEnum(old, new) {
		return changed("enum-exchanged", old, new)
	}
	return nil
}

func (w *walk) arrays(old, new model.Array) []typeChange {
	var changes []typeChange
	if old.Dims != new.Dims {
		changes = append(changes, typeChange{rule: "dimensions-changed",
			says: fmt.Sprintf("has %d dimensions and had %d", new.Dims, old.Dims)})
	}
	switch {
	case old.NotNullElements && !new.NotNullElements:
		changes = append(changes, typeChange{rule: "elements-became-nullable", says: "may have elements that are null"})
	case !old.NotNullElements && new.NotNullElements:
		changes = append(changes, typeChange{rule: "elements-became-not-null", says: "may no longer have elements that are null"})
	}
	return append(changes, w.types(old.Elem, new.Elem)...)
}

// scalarTo compares a scalar with whatever it became.
func (w *walk) scalarTo(old model.Scalar, new model.Type) []typeChange {
	switch n := new.(type) {
	case model.Array:
		return changed("became-array", old, new)
	case model.EnumRef:
		if isText(old.Kind) {
			return changed("enum-introduced", old, new)
		}
	case model.JSONOf, model.JSONValue:
		if isJSON(old.Kind) {
			return changed("json-shape-added", old, new)
		}
	case model.Scalar:
		return scalars(old, n)
	}
	return changed("type-changed", old, new)
}

// scalars compares kinds, then the limits of one kind.
func scalars(old, new model.Scalar) []typeChange {
	fits, holds := within(old.Kind, new.Kind), within(new.Kind, old.Kind)
	switch {
	case fits && holds:
		if c := limits(old, new); c != nil {
			return c
		}
		return changed("type-equivalent", old, new)
	case fits:
		return append(changed("type-widened", old, new), tightened(old, new)...)
	case holds && !old.HasPrecision: // numeric(5,2) has not all values of an integer type
		return changed("type-narrowed", old, new)
	default:
		return changed("type-changed", old, new)
	}
}

// tightened are the limits that a wider kind brings along.
func tightened(old, new model.Scalar) []typeChange {
	if new.Length > 0 {
		return []typeChange{limit("limit-added", old, new)}
	}
	if new.HasPrecision {
		return []typeChange{limit("precision-added", old, new)}
	}
	return nil
}

func limit(rule string, old, new model.Scalar) typeChange {
	c := changed(rule, old, new)[0]
	c.limit = true
	return c
}

// limits compares the modifiers of scalars whose kinds have the same values.
func limits(old, new model.Scalar) []typeChange {
	var changes []typeChange
	note := func(rule string, holds bool) {
		if holds {
			changes = append(changes, limit(rule, old, new))
		}
	}
	if exact(old.Kind) && old.Length != new.Length {
		return changed("type-changed", old, new)
	}
	note("limit-added", old.Length == 0 && new.Length > 0)
	note("limit-removed", old.Length > 0 && new.Length == 0)
	note("limit-raised", old.Length > 0 && new.Length > old.Length)
	note("limit-lowered", new.Length > 0 && new.Length < old.Length)
	note("precision-added", !old.HasPrecision && new.HasPrecision)
	note("precision-removed", old.HasPrecision && !new.HasPrecision)
	if old.HasPrecision && new.HasPrecision {
		before, after := old.Precision-old.Scale, new.Precision-new.Scale
		note("precision-raised", after > before)
		note("precision-lowered", after < before)
		note("scale-raised", new.Scale > old.Scale)
		note("scale-lowered", new.Scale < old.Scale)
	}
	return changes
}

// exact tells the kinds whose length is that of every value.
func exact(k model.Kind) bool { return k == model.Bit || k == model.Vector }

// textKinds hold any text, up to a limit.
var textKinds = []model.Kind{model.Text, model.Varchar, model.Char, model.CIText}

func isText(k model.Kind) bool { return slices.Contains(textKinds, k) }

func isJSON(k model.Kind) bool { return k == model.JSON || k == model.JSONB }

// textual are kinds whose values travel as strings in every form, so that a text can hold them.
var textual = []model.Kind{
	model.NameKind, model.InternChar, model.UUID, model.XML, model.Inet, model.CIDR, model.MACAddr, model.MACAddr8,
	model.LTree, model.JSONPath,
}

// wider lists for a kind the next one that has all of its values.
var wider = map[model.Kind][]model.Kind{
	model.Int2: {model.Int4}, model.Int4: {model.Int8}, model.Int8: {model.Numeric}, model.Float4: {model.Float8},
	model.CIDR: {model.Inet}, model.MACAddr: {model.MACAddr8}, model.Bit: {model.Varbit},
}

// within tells whether every value of one kind is one of another, in the form in which clients meet it.
func within(from, to model.Kind) bool {
	switch {
	case from == to, isText(from) && isText(to), isJSON(from) && isJSON(to), to == model.AnyKind:
		return true
	case slices.Contains(textual, from) && isText(to):
		return true
	}
	return slices.ContainsFunc(wider[from], func(k model.Kind) bool { return within(k, to) })
}

// typeKey is a type's structure as text: types with the same key have the same values. An enum is its values.
func typeKey(t model.Type) string {
	switch t := t.(type) {
	case model.EnumRef:
		return "enum(" + strings.Join(values(t.Enum), "\x00") + ")"
	case model.Array:
		return fmt.Sprintf("%s[%d,%t]", typeKey(t.Elem), t.Dims, t.NotNullElements)
	case model.Range:
		return "range " + t.Name + " " + typeKey(t.Elem)
	case model.ObjectRef:
		if t.Object.Variant == model.JSONObject {
			return membersKey(t.Object)
		}
		return "object " + t.Object.Source.String()
	case model.JSONValue:
		return fmt.Sprintf("json[%t] %s", t.Binary, typeKey(t.Value))
	case model.JSONMap:
		return fmt.Sprintf("map[%t] %s", t.NotNullElements, typeKey(t.Elem))
	default:
		return fmt.Sprintf("%#v", t)
	}
}

// membersKey is the structure of an object in JSON, whose name says nothing.
func membersKey(o *model.Object) string {
	members := make([]string, len(o.Fields))
	for i, f := range o.Fields {
		members[i] = fmt.Sprintf("%q[%t,%t] %s", f.Wire, f.Nullable, f.Optional, typeKey(f.Type))
	}
	slices.Sort(members)
	return "{" + strings.Join(members, ",") + "}"
}

// describe is a type in the words of the schema.
func describe(t model.Type) string {
	switch t := t.(type) {
	case model.Scalar:
		switch {
		case t.HasPrecision:
			return fmt.Sprintf("%s(%d,%d)", t.Kind, t.Precision, t.Scale)
		case t.Length > 0:
			return fmt.Sprintf("%s(%d)", t.Kind, t.Length)
		case t.Kind == model.AnyKind:
			return "of a type that is not known"
		}
		return string(t.Kind)
	case model.EnumRef:
		if t.Enum.Constraint != "" {
			return "one of the values that " + t.Enum.Constraint + " lists"
		}
		return "enum " + t.Enum.SQLName.String()
	case model.ObjectRef:
		return t.Object.Source.String()
	case model.Array:
		return describe(t.Elem) + strings.Repeat("[]", max(1, t.Dims))
	case model.Range:
		return t.Name
	case model.JSONOf:
		return fmt.Sprintf("a JSON %s in %s", t.Shape, either(t.Binary, "jsonb", "json"))
	case model.JSONValue:
		return fmt.Sprintf("%s in %s", describeJSON(t.Value), either(t.Binary, "jsonb", "json"))
	}
	return "a type of the options"
}

// describeJSON is what JSON holds.
func describeJSON(t model.Type) string {
	switch t := t.(type) {
	case model.ObjectRef:
		names := make([]string, len(t.Object.Fields))
		for i, f := range t.Object.Fields {
			names[i] = f.Wire
			if f.Optional || f.Nullable {
				names[i] += "?"
			}
		}
		return "a JSON object of " + strings.Join(names, ", ")
	case model.Array:
		if _, ok := t.Elem.(model.ObjectRef); ok {
			return "an array, each element " + describeJSON(t.Elem)
		}
		return "a JSON array"
	case model.JSONMap:
		return "a JSON object with any keys"
	}
	return "a JSON value"
}
