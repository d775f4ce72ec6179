package pydantic

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// annotation is a type expression with the arguments of Annotated.
type annotation struct {
	code code
	args []string
}

func (f *file) write(a annotation) code {
	if len(a.args) == 0 {
		return a.code
	}
	return generic{f.use(typing, "Annotated"), append([]code{a.code}, words(a.args)...)}
}

// annotation writes a type that is not null.
func (f *file) annotation(t model.Type) (annotation, error) {
	switch t := t.(type) {
	case model.Scalar:
		return f.scalar(t)
	case model.EnumRef:
		a := annotation{code: word(f.enum(t.Enum))}
		if t.Constraint != "" {
			a.args = []string{fmt.Sprintf("%s(%s)", f.base("Listed"), quote(t.Constraint))}
		}
		if t.Cut > 0 {
			a.args = append(a.args, fmt.Sprintf("%s(%d)", f.use(types, "Cut"), t.Cut))
		}
		return a, nil
	case model.ObjectRef:
		if f.driver {
			return f.cell(driven("Composite")), nil
		}
		return annotation{code: word(f.ref(t.Object.Module, t.Object.Name))}, nil
	case model.Array:
		return f.array(t)
	case model.Range:
		if f.driver {
			return f.cell(rangeCell(t, f.written)), nil
		}
		// Sent as text, such as [1,5); a bound's type is not tested.
		return annotation{code: word(f.use(types, "Text"))}, nil
	case model.JSONOf:
		return f.shaped(t), nil
	case model.JSONValue:
		defer f.inJSON()()
		return f.annotation(t.Value)
	case model.JSONMap:
		return f.record(t)
	case model.Custom:
		from := imports{}
		if t.Import != nil {
			for _, name := range t.Import.Names {
				from[name] = t.Import.Module
			}
		}
		return annotation{code: word(f.code(t.Code, from))}, nil
	}
	return annotation{}, fmt.Errorf("pydantic has no row for a type %T", t)
}

// inJSON has what follows written in the form that values have inside JSON, whatever the wire. The function that it returns
// ends that.
func (f *file) inJSON() (end func()) {
	driver, written := f.driver, f.written
	f.driver, f.written = false, false
	return func() { f.driver, f.written = driver, written }
}

// record is a JSON object with any keys.
func (f *file) record(m model.JSONMap) (annotation, error) {
	a, err := f.annotation(m.Elem)
	elem := f.write(a)
	if !m.NotNullElements {
		elem = orNone{elem}
	}
	return annotation{code: generic{f.builtin("dict"), []code{word(f.builtin("str")), elem}}}, err
}

// cell writes an annotation of the type table.
func (f *file) cell(c cell) annotation { return annotation{code: word(f.code(c.code, c.from))} }

func (f *file) shaped(t model.JSONOf) annotation {
	a := f.cell(cell{"list[JsonValue]", imports{"list": py, "JsonValue": pyd}})
	if t.Shape == "object" {
		a = f.cell(cell{"dict[str, JsonValue]", imports{"dict": py, "str": py, "JsonValue": pyd}})
	}
	if f.driver && f.written {
		wrapper := "Json"
		if t.Binary {
			wrapper = "Jsonb"
		}
		a.args = []string{fmt.Sprintf("%s(%s)", f.use(driver, "SentAs"), f.use("psycopg.types.json", wrapper))}
	}
	return a
}

// ref names a class of this or another module of the package.
func (f *file) ref(module, name string) string {
	if module == f.module {
		return name
	}
	return f.use("."+module, name)
}

// enum names an enum, which has a file of its own.
func (f *file) enum(e *model.Enum) string { return f.use("."+e.Module+"."+e.File, e.Name) }

func (f *file) scalar(t model.Scalar) (annotation, error) {
	r, ok := rowOf[t.Kind]
	if !ok {
		return annotation{}, fmt.Errorf("pydantic has no row for the type %s", t.Kind)
	}
	a := f.cell(r.in(f.driver, f.written))
	if r.limit != "" && (t.Length > 0 || t.HasPrecision) {
		limit := f.code(r.limit, r.limitFrom)
		for key, n := range r.numbers(t) {
			limit = strings.ReplaceAll(limit, key, strconv.Itoa(n))
		}
		a.args = []string{limit}
	}
	return a, nil
}

// array nests lists to the depth that was declared; lists of any depth pass, as in PostgreSQL.
func (f *file) array(t model.Array) (annotation, error) {
	elem, err := f.annotation(t.Elem)
	if err != nil {
		return elem, err
	}
	if elem, err = f.limited(elem, t.Rules, t.Tests, t.Elem); err != nil {
		return elem, err
	}
	nested := f.write(elem)
	if !t.NotNullElements {
		nested = orNone{nested}
	}
	list := f.builtin("list")
	for range max(1, t.Dims) {
		nested = generic{list, []code{nested}}
	}
	a := annotation{code: nested}
	if !t.Plain && !isJSON(t.Elem) { // whose elements may be lists themselves
		arg := ""
		if t.Dims > 1 {
			arg = strconv.Itoa(t.Dims)
		}
		a.args = []string{f.use(types, "Dimensions") + "(" + arg + ")"}
	}
	if f.driver {
		a.args = append(a.args, f.driverArray(t)...)
	}
	return a, nil
}

// driverArray are an array's own arguments of Annotated, for what psycopg does not do.
func (f *file) driverArray(t model.Array) []string {
	if s, ok := t.Elem.(model.Scalar); ok && s.Kind == model.Box && f.written {
		return []string{f.use(driver, "Boxes")}
	}
	if !textual(t) {
		return nil
	}
	element := ""
	switch e := t.Elem.(type) {
	case model.Scalar:
		if e.Kind == model.JSON || e.Kind == model.JSONB {
			element = f.use(driver, "read_json")
		}
	case model.JSONOf:
		element = f.use(driver, "read_json")
	}
	return []string{f.use(driver, "ArrayText") + "(" + element + ")"}
}

// textual tells whether psycopg leaves an array as text.
func textual(t model.Array) bool {
	switch e := t.Elem.(type) {
	case model.Scalar:
		return t.OfDomain || unknownToPsycopg[e.Kind]
	case model.Range:
		_, known := bounds[strings.Replace(e.Name, "multirange", "range", 1)]
		return t.OfDomain || !known
	case model.EnumRef, model.ObjectRef:
		return true
	}
	return t.OfDomain
}

func isJSON(t model.Type) bool {
	s, ok := t.(model.Scalar)
	return ok && (s.Kind == model.JSON || s.Kind == model.JSONB)
}
