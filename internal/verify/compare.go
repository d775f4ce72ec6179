// Package verify compares the replayed catalog with a running server's.
package verify

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// Difference is one place where the replay and the server do not agree. Path names it by keys and by names, such as
// relations[public.t].columns[id].type. Ours and Server are JSON; "" where that side has nothing there.
type Difference struct{ Path, Ours, Server string }

// Compare lists every difference between two documents, in order of path. An object that one side does not have is one
// difference.
func Compare(ours, server catalog.Document) []Difference {
	var out []Difference
	compareStruct(&out, "", reflect.ValueOf(ours), reflect.ValueOf(server))
	slices.SortStableFunc(out, func(a, b Difference) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// compareStruct compares two structs key by key.
func compareStruct(out *[]Difference, path string, ours, server reflect.Value) {
	for i := range ours.NumField() {
		field := ours.Type().Field(i)
		key := field.Tag.Get("json")
		if field.Anonymous || key == "definition" {
			continue // names are part of the path; the server words a view's query its own way
		}
		if path != "" {
			key = path + "." + key
		}
		compareValue(out, key, ours.Field(i), server.Field(i))
	}
}

func compareValue(out *[]Difference, path string, ours, server reflect.Value) {
	switch {
	case ours.Kind() == reflect.Slice && ours.Type().Elem().Kind() == reflect.Struct:
		compareList(out, path, ours, server)
	case ours.Kind() == reflect.Pointer && ours.Type().Elem().Kind() == reflect.Struct && !ours.IsNil() && !server.IsNil():
		compareStruct(out, path, ours.Elem(), server.Elem())
	default:
		if a, b := text(ours), text(server); a != b {
			*out = append(*out, Difference{path, a, b})
		}
	}
}

// compareList pairs the elements of two lists by name, and compares the order where it counts.
func compareList(out *[]Difference, path string, ours, server reflect.Value) {
	theirs := map[string]reflect.Value{}
	var order, serverOrder []string
	for i := range server.Len() {
		name := nameOf(server.Index(i), i)
		theirs[name] = server.Index(i)
		serverOrder = append(serverOrder, name)
	}
	for i := range ours.Len() {
		name := nameOf(ours.Index(i), i)
		order = append(order, name)
		there, ok := theirs[name]
		if !ok {
			*out = append(*out, Difference{Path: path + "[" + name + "]", Ours: text(ours.Index(i))})
			continue
		}
		delete(theirs, name)
		compareStruct(out, path+"["+name+"]", ours.Index(i), there)
	}
	for name, there := range theirs {
		*out = append(*out, Difference{Path: path + "[" + name + "]", Server: text(there)})
	}
	if ordered(ours.Type().Elem()) && len(theirs) == 0 && len(order) == len(serverOrder) && !slices.Equal(order, serverOrder) {
		*out = append(*out, Difference{path + ".order", strings.Join(order, ", "), strings.Join(serverOrder, ", ")})
	}
}

// ordered tells the elements whose order PostgreSQL keeps.
func ordered(t reflect.Type) bool {
	return t == reflect.TypeFor[catalog.ColumnDoc]() || t == reflect.TypeFor[catalog.AttributeDoc]() ||
		t == reflect.TypeFor[catalog.NameDoc]()
}

// nameOf is what a list's element is known by: its name, with the argument types for a function, or its place for a
// parameter, whose name need not be unique.
func nameOf(v reflect.Value, i int) string {
	switch doc := v.Interface().(type) {
	case catalog.NameDoc:
		return doc.Schema + "." + doc.Name
	case catalog.ArgumentDoc:
		return fmt.Sprint(i)
	case catalog.FunctionDoc:
		var types []string
		for _, a := range doc.Arguments {
			if a.Mode == "in" || a.Mode == "inout" || a.Mode == "variadic" {
				types = append(types, a.Type)
			}
		}
		return doc.Schema + "." + doc.Name + "(" + strings.Join(types, ",") + ")"
	}
	name := v.FieldByName("Name").String()
	if schema := v.FieldByName("Schema"); schema.IsValid() && v.FieldByName("NameDoc").IsValid() {
		name = schema.String() + "." + name
	}
	return name
}

// text is a value as JSON.
func text(v reflect.Value) string {
	b, err := json.Marshal(v.Interface())
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// SplitUndetermined takes out the columns of views whose type the replay says it does not know.
func SplitUndetermined(ours catalog.Document, diffs []Difference) (differences, undetermined []Difference) {
	views := map[string]bool{}
	for _, r := range ours.Relations {
		for _, c := range r.Columns {
			if r.Kind == string(catalog.View) || r.Kind == string(catalog.MaterializedView) {
				views[fmt.Sprintf("relations[%s.%s].columns[%s].type", r.Schema, r.Name, c.Name)] = c.Type == "unknown"
			}
		}
	}
	for _, d := range diffs {
		if views[d.Path] {
			undetermined = append(undetermined, d)
		} else {
			differences = append(differences, d)
		}
	}
	return differences, undetermined
}
