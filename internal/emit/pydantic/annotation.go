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
		return a, nil
	case model.ObjectRef:
		return annotation{code: word(f.ref(t.Object.Module, t.Object.Name))}, nil
	case model.Array:
		return f.array(t)
	case model.Range:
		// Sent as text, such as [1,5); a bound's type is not tested.
		return annotation{code: word(f.use(types, "Text"))}, nil
	case model.JSONOf:
		if t.Shape == "object" {
			return annotation{code: word(f.code("dict[str, JsonValue]", imports{"dict": py, "str": py, "JsonValue": pyd}))}, nil
		}
		return annotation{code: word(f.code("list[JsonValue]", imports{"list": py, "JsonValue": pyd}))}, nil
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
	a := annotation{code: word(f.code(r.code, r.from))}
	if r.limit != "" && (t.Length > 0 || t.HasPrecision) {
		numbers := strings.NewReplacer(
			"{n}", strconv.Itoa(t.Length), "{p}", strconv.Itoa(t.Precision), "{s}", strconv.Itoa(t.Scale),
		)
		a.args = []string{numbers.Replace(f.code(r.limit, r.limitFrom))}
	}
	return a, nil
}

// array nests lists to the depth that was declared. PostgreSQL would take any depth, but a type has one.
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
	return annotation{code: nested}, nil
}
