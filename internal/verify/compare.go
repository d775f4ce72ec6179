// Package verify compares the replayed catalog with a running server's, and says in words what differs.
package verify

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// Difference is one place where the replay and the server do not agree. Ours and Server are JSON; "" where that side has
// nothing there.
type Difference struct {
	// Path names the place by keys and by names, such as relations[public.t].columns[id].type.
	Path string
	// Steps are the parts of the path.
	Steps        []Step
	Ours, Server string
}

// Step is a key, and which element of it if it is a list.
type Step struct{ Key, Name string }

// Compare lists every difference between two documents, in order of path. An object that one side does not have is one
// difference.
func Compare(ours, server catalog.Document) []Difference {
	var c comparison
	c.structs(nil, reflect.ValueOf(ours), reflect.ValueOf(server))
	slices.SortStableFunc(c.out, func(a, b Difference) int { return strings.Compare(a.Path, b.Path) })
	return c.out
}

type comparison struct{ out []Difference }

func (c *comparison) add(at []Step, ours, server string) {
	c.out = append(c.out, Difference{joined(at), slices.Clone(at), ours, server})
}

// joined writes steps as relations[public.t].columns[id].type.
func joined(at []Step) string {
	var b strings.Builder
	for i, s := range at {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(s.Key)
		if s.Name != "" {
			b.WriteString("[" + s.Name + "]")
		}
	}
	return b.String()
}

// structs compares two structs key by key.
func (c *comparison) structs(at []Step, ours, server reflect.Value) {
	for i := range ours.NumField() {
		field := ours.Type().Field(i)
		key := field.Tag.Get("json")
		if field.Anonymous || key == "definition" {
			continue // names are part of the path; the server words a view's query its own way
		}
		c.values(append(slices.Clip(at), Step{Key: key}), ours.Field(i), server.Field(i))
	}
}

func (c *comparison) values(at []Step, ours, server reflect.Value) {
	switch {
	case ours.Kind() == reflect.Slice && ours.Type().Elem().Kind() == reflect.Struct:
		c.lists(at, ours, server)
	case ours.Type() == reflect.TypeFor[*catalog.KeyDoc]() && !ours.IsNil() && !server.IsNil():
		c.structs(at, ours.Elem(), server.Elem())
	default:
		if a, b := text(ours), text(server); a != b {
			c.add(at, a, b)
		}
	}
}

// lists pairs the elements of two lists by name, and compares the order where it counts.
func (c *comparison) lists(at []Step, ours, server reflect.Value) {
	owner, key := slices.Clip(at[:len(at)-1]), at[len(at)-1].Key
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
			c.add(append(owner, Step{key, name}), text(ours.Index(i)), "")
			continue
		}
		delete(theirs, name)
		c.structs(append(owner, Step{key, name}), ours.Index(i), there)
	}
	for name, there := range theirs {
		c.add(append(owner, Step{key, name}), "", text(there))
	}
	if ordered(ours.Type().Elem()) && len(theirs) == 0 && len(order) == len(serverOrder) && !slices.Equal(order, serverOrder) {
		c.add(append(slices.Clip(at), Step{Key: "order"}), strings.Join(order, ", "), strings.Join(serverOrder, ", "))
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
		return nameOfFunction(doc)
	}
	name := v.FieldByName("Name").String()
	if schema := v.FieldByName("Schema"); schema.IsValid() && v.FieldByName("NameDoc").IsValid() {
		name = schema.String() + "." + name
	}
	return name
}

// nameOfFunction is a function's name with the types that tell it from others of the name.
func nameOfFunction(doc catalog.FunctionDoc) string {
	var types []string
	for _, a := range doc.Arguments {
		if a.Mode == "in" || a.Mode == "inout" || a.Mode == "variadic" {
			types = append(types, a.Type)
		}
	}
	return doc.Schema + "." + doc.Name + "(" + strings.Join(types, ",") + ")"
}

// text is a value as JSON.
func text(v reflect.Value) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v.Interface()); err != nil {
		return err.Error()
	}
	return strings.TrimSuffix(b.String(), "\n")
}
