package pydantic

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// field writes a model's field: one line of a class, or several where it is long.
func (f *file) field(m model.Field, v model.Variant) (string, error) {
	a, err := f.annotation(m.Type)
	if err != nil {
		return "", err
	}
	if of, ok := m.Type.(model.ObjectRef); ok && m.Embed {
		a = annotation{code: word(f.ref(of.Object.Module, of.Object.Name))}
	}
	if a, err = f.limited(a, m.Rules, m.Tests, m.Type); err != nil {
		return "", err
	}
	if required := !m.Nullable && !m.Optional; required && f.refusesNull(m, v) {
		a.args = append(a.args, f.notNull(m))
	}
	typ := f.write(a)
	args, err := f.defaultArg(m)
	if err != nil {
		return "", err
	}
	switch {
	case m.Nullable:
		typ = orNone{typ}
	case m.Optional && m.Default == nil:
		// A type checker has to see that the attribute may be None; the validator refuses it as a value.
		typ = f.write(annotation{orNone{typ}, []string{f.notNull(m)}})
	}
	if m.Wire != m.Name {
		// With alias=, type checkers would take the alias for the name of the constructor's argument.
		args = append(args, "validation_alias="+quote(m.Wire), "serialization_alias="+quote(m.Wire))
	}
	if m.Doc != "" {
		args = append(args, "description="+quote(m.Doc))
	}
	return f.line(m.Name, typ, args), nil
}

// notNull refuses null, for the CHECK that does so, if it is one.
func (f *file) notNull(m model.Field) string {
	name := ""
	if m.NullBreaks != "" {
		name = quote(m.NullBreaks)
	}
	return f.base("NotNull") + "(" + name + ")"
}

// refusesNull tells whether a CHECK refuses null, or nothing in the type does: a JSON null that is sent as JSON is stored
// as NULL, although null is a value of json's. Through psycopg it is stored as JSON's.
func (f *file) refusesNull(m model.Field, v model.Variant) bool {
	if isJSON(m.Type) && f.driver {
		return false
	}
	return m.NullBreaks != "" || isJSON(m.Type) && (v == model.Insert || v == model.Update)
}

// line breaks what does not fit: first Field's arguments, then the type's.
func (f *file) line(name string, typ code, args []string) string {
	start := "    " + name + ": "
	room := width - len(start)
	if len(args) == 0 {
		return start + typ.broken("    ", room)
	}
	if plain, ok := strings.CutPrefix(args[0], "default="); ok && len(args) == 1 {
		return start + typ.broken("    ", room-len(" = ")-len(plain)) + " = " + plain
	}
	value := call{f.pydantic("Field"), words(args)}
	broken := typ.broken("    ", room-len(" = Field("))
	last := broken[strings.LastIndex(broken, "\n")+1:]
	if broken == last {
		last = start + last
	}
	return start + broken + " = " + value.broken("    ", width-len(last)-len(" = "))
}

// defaultArg is Field's argument for what the field holds when it is left out; none for a required field.
func (f *file) defaultArg(m model.Field) ([]string, error) {
	switch {
	case !m.Optional:
		return nil, nil
	case m.Default == nil:
		return []string{"default=None"}, nil
	case m.Default.Kind == model.JSONDefault:
		return f.jsonDefault(m)
	}
	code, err := f.constant(m)
	return []string{"default=" + code}, err
}

// jsonDefault makes a new value each time, so that no two models share one.
func (f *file) jsonDefault(m model.Field) ([]string, error) {
	text := strings.TrimSpace(m.Default.Text)
	if !json.Valid([]byte(text)) {
		return nil, fmt.Errorf("the default of field %s is no JSON: %s", m.Name, text)
	}
	if of, ok := m.Type.(model.JSONOf); ok {
		switch {
		case of.Shape == "object" && text == "{}":
			return []string{"default_factory=" + f.builtin("dict")}, nil
		case of.Shape == "array" && text == "[]":
			return []string{"default_factory=" + f.builtin("list")}, nil
		}
	}
	return []string{fmt.Sprintf("default_factory=%s(%s)", f.base("json_default"), quote(text))}, nil
}

// constant writes a default as an expression of the field's own type.
func (f *file) constant(m model.Field) (string, error) {
	text := m.Default.Text
	switch m.Default.Kind {
	case model.BoolDefault:
		if text == "true" {
			return "True", nil
		}
		return "False", nil
	case model.NumberDefault:
		return f.numberDefault(text, m.Type)
	}
	ref, ok := m.Type.(model.EnumRef)
	if !ok {
		return quote(text), nil
	}
	for _, v := range ref.Enum.Values {
		if v.Value == text {
			return f.enum(ref.Enum) + "." + v.Name, nil
		}
	}
	return "", fmt.Errorf("the default of field %s is no value of %s: %s", m.Name, ref.Enum.Name, text)
}

func (f *file) numberDefault(text string, t model.Type) (string, error) {
	s, ok := t.(model.Scalar)
	if !ok {
		return "", fmt.Errorf("pydantic cannot write a number as a default of type %T", t)
	}
	n, whole := new(big.Int).SetString(text, 10)
	switch isFloat := s.Kind == model.Float4 || s.Kind == model.Float8; {
	case s.Kind == model.Numeric:
		return f.decimal(text), nil
	case whole && isFloat: // a default is not validated, so that it has to be a float already
		return n.String() + ".0", nil
	case whole:
		return n.String(), nil
	default:
		return text, nil
	}
}
