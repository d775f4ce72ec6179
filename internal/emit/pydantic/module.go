package pydantic

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// class is one class of a module.
type class struct {
	Name, Base, Doc string
	// Late are imports that cannot stand at the top: those modules need the classes before this one.
	Late []string
	// Fields are the fields' lines.
	Fields string
	// Rules are those of several columns; "" without any.
	Rules string
}

// object is an object of the model with what its docstring says of it.
type object struct {
	*model.Object
	// about is what it is in the database: "A row of table public.deals."
	about string
}

// module is a file's objects.
type module struct {
	name    string
	objects []object
}

// modules sorts the model's objects into their files, in the order of first mention.
func modules(m *model.Model) []*module {
	var list []*module
	byName := map[string]*module{}
	add := func(o *model.Object, about string) {
		if o == nil {
			return
		}
		mod, ok := byName[o.Module]
		if !ok {
			mod = &module{name: o.Module}
			byName[o.Module] = mod
			list = append(list, mod)
		}
		mod.objects = append(mod.objects, object{o, about})
	}
	for _, o := range ordered(m) {
		add(o, fmt.Sprintf("Type %s.", o.Source))
	}
	for _, r := range m.Relations {
		what := fmt.Sprintf("%s %s", r.Kind, r.Source)
		for _, o := range r.JSON {
			add(o, fmt.Sprintf("An object in the JSON of %s.", what))
		}
		add(r.Row, fmt.Sprintf("A row of %s.", what))
		add(r.Insert, fmt.Sprintf("A new row of %s.", what))
		add(r.Update, fmt.Sprintf("Changes to a row of %s.", what))
	}
	for _, q := range m.Queries {
		for _, o := range q.JSON {
			add(o, fmt.Sprintf("An object in the JSON of query %s.", q.Name))
		}
		if !q.SharedRow {
			add(q.Row, fmt.Sprintf("A row of query %s.", q.Name))
		}
		add(q.Params, fmt.Sprintf("The parameters of query %s.", q.Name))
	}
	return list
}

// baseOf is the base class of a variant: what the database sends takes unknown keys, what is sent to it does not.
var baseOf = map[model.Variant]string{
	model.Row: "RowModel", model.QueryRow: "RowModel", model.Composite: "RowModel", model.JSONObject: "RowModel",
	model.Insert: "InputModel", model.Update: "InputModel", model.Params: "InputModel",
}

// module writes a file of models.
func (e *emitter) module(m *module) error {
	size := 0
	for _, o := range m.objects {
		size += 1 + len(o.Fields)
	}
	own, names := make([]string, 0, size), make([]string, 0, len(m.objects))
	for _, o := range m.objects {
		names = append(names, o.Name)
		own = append(own, o.Name)
		for _, field := range o.Fields {
			own = append(own, field.Name)
		}
	}
	f := e.start(m.name, own)
	classes := make([]class, 0, len(m.objects))
	late := map[[2]string]bool{}
	for _, o := range m.objects {
		c, err := f.class(o)
		if err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
		c.Late = f.late(o.Object, late)
		classes = append(classes, c)
	}
	e.exports = append(e.exports, export{Module: m.name, Names: names, first: len(late) > 0})
	e.rules = e.rules || len(f.functions) > 0
	return e.add(m.name, "module.tmpl", page{f.imports(late), f.functions, classes})
}

// page is what a module's template is filled with.
type page struct {
	Imports   importBlock
	Functions []function
	Classes   []class
}

func (f *file) class(o object) (class, error) {
	base, ok := baseOf[o.Variant]
	if !ok {
		return class{}, fmt.Errorf("pydantic has no base class for a %s", o.Variant)
	}
	f.written = base == "InputModel"
	if o.Variant == model.JSONObject {
		defer f.inJSON()()
	}
	c := class{Name: o.Name, Base: f.base(base), Doc: docstring("    ", o.Doc, o.about, advice(o.Object))}
	fields := make([]string, len(o.Fields))
	var err error
	for i, m := range o.Fields {
		if fields[i], err = f.field(m, o.Variant); err != nil {
			return class{}, err
		}
	}
	c.Fields = strings.Join(fields, "\n")
	c.Rules, err = f.rowRules(o.Object)
	return c, err
}

// advice says how to send an object, where its defaults of None must not be sent.
func advice(o *model.Object) string {
	switch {
	case o.Variant == model.Update:
		return "Send what model_dump(exclude_unset=True) returns: a column that was left out keeps its value."
	case o.Variant == model.Insert && slices.ContainsFunc(o.Fields, databaseDefault):
		return "Send what model_dump(exclude_unset=True) returns: the database has defaults for columns that were left out."
	}
	return ""
}

// databaseDefault: the value of a left-out column is not known here, or null would not be it.
func databaseDefault(f model.Field) bool { return f.Optional && f.Default == nil && !f.Nullable }

// enums writes a package of enums, each in a file of its own: a model costs the enums that it has, not all of them.
func (e *emitter) enums(list []*model.Enum) error {
	byModule := map[string][]export{}
	for _, enum := range list {
		if err := e.enum(enum); err != nil {
			return err
		}
		byModule[enum.Module] = append(byModule[enum.Module], export{Module: enum.File, Names: []string{enum.Name}})
	}
	for _, name := range slices.Sorted(maps.Keys(byModule)) {
		x := export{Module: name}
		for _, own := range byModule[name] {
			x.Names = append(x.Names, own.Names...)
		}
		e.exports = append(e.exports, x)
		if err := e.init(name+"/", byModule[name]); err != nil {
			return err
		}
	}
	return nil
}

func (e *emitter) enum(enum *model.Enum) error {
	f := e.start(enum.Module, []string{enum.Name})
	c := class{
		Name: enum.Name, Base: f.use("enum", "StrEnum"),
		Doc: docstring("    ", enum.Doc, fmt.Sprintf("The values of %s.", enum.Origin)),
	}
	values := make([]string, len(enum.Values))
	for i, v := range enum.Values {
		values[i] = "    " + v.Name + " = " + quote(v.Value)
	}
	c.Fields = strings.Join(values, "\n")
	return e.add(enum.Module+"/"+enum.File, "module.tmpl", page{Imports: f.imports(nil), Classes: []class{c}})
}
