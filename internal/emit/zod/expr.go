package zod

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// expr is a type in TypeScript and the expression of its schema: a base and the calls on it.
type expr struct {
	ts    string
	base  code
	calls []code
	// lazy tells that the schema refers to another object's, which may not be there yet when its module is loaded.
	lazy bool
	// custom tells that the user's own schema is in it.
	custom bool
	// compound tells that the type needs parentheses before anything is added to it.
	compound bool
}

// or adds a type to a union, and to the schema the call that accepts it.
func (x expr) or(ts, call string) expr {
	if x.compound {
		x.ts, x.compound = "("+x.ts+")", false
	}
	x.ts += " | " + ts
	x.calls = append(x.calls, raw(call))
	return x
}

// code is the schema.
func (x expr) code() code { return chain{x.base, x.calls} }

// within puts the schema in brackets. It is not broken unless there are rules in it.
func (x expr) within(open, close string) code {
	if len(x.calls) > 1 || breakable(x.code()) {
		return call{open, []code{x.code()}, close}
	}
	return raw(open + x.code().flat() + close)
}

// typed writes a type as it is read, or as it is written to the database.
func (w *writer) typed(t model.Type, rules []model.Rule, written bool) expr {
	switch t := t.(type) {
	case model.Scalar:
		return w.scalar(t, rules, written)
	case model.EnumRef:
		return w.enumRef(t, rules)
	case model.ObjectRef:
		if w.Driver {
			return w.form(text.read) // node-postgres knows no composites
		}
		return w.reference(t)
	case model.Array:
		if w.Driver {
			return w.driverArray(t, written)
		}
		return w.array(t, written)
	case model.Range:
		return w.form(rangeForm)
	case model.JSONOf:
		return w.shaped(t, rules, written)
	case model.JSONValue:
		defer w.inJSON()()
		return w.typed(t.Value, rules, false)
	case model.JSONMap:
		return w.record(t)
	case model.Custom:
		return w.custom(t)
	}
	w.fail(fmt.Errorf("no TypeScript for type %T", t))
	return expr{base: raw("undefined")}
}

// reference is another object's schema, which may not be there yet when its module is loaded.
func (w *writer) reference(t model.ObjectRef) expr {
	return expr{
		ts:   w.take(t.Object.Module, t.Object.Name, false),
		base: raw(w.take(t.Object.Module, t.Object.Schema, true)),
		lazy: true,
	}
}

func (w *writer) scalar(s model.Scalar, rules []model.Rule, written bool) expr {
	row, ok := w.scalarOf(s.Kind)
	if !ok {
		w.fail(fmt.Errorf("no TypeScript for type %s with option %q", s.Kind, w.option(s.Kind)))
	}
	f := row.read
	if written || w.both {
		f = row.write
	}
	switch limited := cmp.Or(f.limited, row.limited); {
	case limited != "" && s.HasPrecision:
		f.schema, f.wrap = fmt.Sprintf(limited, s.Precision, s.Scale), cmp.Or(f.limitedWrap, f.wrap)
	case limited != "" && s.Length > 0:
		f.schema = fmt.Sprintf(limited, s.Length)
	}
	x := w.form(f)
	x.calls = raws(w.checks(rules, s, f))
	if f.wrap != "" {
		w.usesPG = true
		x = expr{ts: x.ts, base: raw(fmt.Sprintf(f.wrap, x.code().flat())), calls: raws(nonFinite(rules, s))}
	}
	return x
}

// shaped writes JSON of a known shape. The rule that says so is named in the schema's error.
func (w *writer) shaped(t model.JSONOf, rules []model.Rule, written bool) expr {
	f := objectForm
	if t.Shape == "array" {
		f = arrayForm
	}
	by := ""
	for _, r := range rules {
		if test, ok := r.Test.(constraint.JSONType); ok && slices.Equal(test.Types, []string{t.Shape}) {
			by = quote(r.Constraint)
			break
		}
	}
	switch {
	case w.Driver && written && by != "":
		f.ts, f.schema = f.ts+" | string", fmt.Sprintf("pg.jsonParamOf(%q, %s)", t.Shape, by)
	case w.Driver && written:
		f.ts, f.schema = f.ts+" | string", fmt.Sprintf("pg.jsonParamOf(%q)", t.Shape)
	case by != "":
		f.schema = strings.TrimSuffix(f.schema, "()") + "By(" + by + ")"
	}
	return w.form(f)
}

// form writes a row of the type table and imports what it names.
func (w *writer) form(f form) expr {
	w.usesPG = w.usesPG || strings.Contains(f.ts+f.schema, "pg.")
	if strings.Contains(f.ts, "Json") {
		w.take(jsonModule, "Json", false)
	}
	return expr{ts: w.global(f.ts), base: raw(f.schema)}
}

// global names the types of the table as JavaScript's own where the target has types of these names.
func (w *writer) global(ts string) string {
	if !w.declared["Date"] && !w.declared["Uint8Array"] {
		return ts
	}
	return globalTypes.ReplaceAllStringFunc(ts, func(name string) string {
		if w.declared[name] {
			return "globalThis." + name
		}
		return name
	})
}

// array nests as deep as was declared. PostgreSQL stores any depth, and the schema lets it pass.
func (w *writer) array(a model.Array, written bool) expr {
	return w.nested(w.tested(a.Elem, a.Rules, a.Tests, written), a)
}

func (w *writer) nested(x expr, a model.Array) expr {
	open := "pg.array("
	if a.Plain || w.Driver && isAnyJSON(a.Elem) {
		w.usesZod, open = true, "z.array(" // an array in it is an element
	} else {
		w.usesPG = true
	}
	if !a.NotNullElements {
		x = x.or("null", ".nullable()")
	}
	if !isPlainType(x.ts) {
		x.ts = "(" + x.ts + ")"
	}
	for range max(1, a.Dims) {
		x = expr{ts: x.ts + "[]", base: x.within(open, ")"), lazy: x.lazy, custom: x.custom}
	}
	return x
}

// record is a JSON object with any keys.
func (w *writer) record(m model.JSONMap) expr {
	x := w.typed(m.Elem, nil, false)
	if !m.NotNullElements {
		x = x.or("null", ".nullable()")
	}
	w.usesZod, w.usesPG = true, true
	return expr{ts: "{ [key: string]: " + x.ts + " }", base: x.within("z.record(pg.text(), ", ")"), lazy: x.lazy, custom: x.custom}
}

// driverArray is an array that node-postgres makes, or else PostgreSQL's text, beside which an array can be sent.
func (w *writer) driverArray(a model.Array, written bool) expr {
	if w.lists(a) {
		elem, isScalar := a.Elem.(model.Scalar)
		if isScalar && elem.Kind == model.Numeric && !written {
			// node-postgres makes numbers of the elements, though it makes none of a numeric.
			w.usesPG = true
			return w.nested(expr{ts: "number", base: raw("pg.anyNumber(pg.number())")}, a)
		}
		return w.array(a, written)
	}
	if !written {
		return w.form(text.read)
	}
	x := w.array(a, true)
	w.usesZod, w.usesPG = true, true
	return expr{ts: x.ts + " | string", base: call{"z.union([", []code{x.code(), raw("pg.text()")}, "])"}, custom: x.custom}
}

var (
	// globalTypes are the types of the table that a type of the target may hide.
	globalTypes = regexp.MustCompile(`\b(Date|Uint8Array)\b`)
	// joinable are types that can stand in a union without parentheses.
	joinable = regexp.MustCompile(`^[\w$.]+(<[\w$., ]*>)?(\[\])*$`)
)

// isPlainType tells a name, with or without dots and brackets after it.
func isPlainType(ts string) bool {
	for strings.HasSuffix(ts, "[]") {
		ts = strings.TrimSuffix(ts, "[]")
	}
	for i := range len(ts) {
		if !isWord(ts[i]) && ts[i] != '$' && ts[i] != '.' {
			return false
		}
	}
	return ts != ""
}

// custom writes the user's type. The names that it starts with are imported, and renamed here where the module has the
// name already.
func (w *writer) custom(c model.Custom) expr {
	code, schema := c.Code, c.Schema
	if c.Import != nil {
		for _, name := range c.Import.Names {
			if rest, ok := startsWith(code, name); ok {
				code = w.imports.add(quote(c.Import.Module), name, false, false) + rest
			}
			if rest, ok := startsWith(schema, name); ok {
				schema = w.imports.add(quote(c.Import.Module), name, true, false) + rest
			}
		}
	}
	w.usesZod = w.usesZod || namesZod(code) || namesZod(schema)
	x := expr{ts: code, base: raw(schema), custom: schema != "", compound: !joinable.MatchString(code)}
	if schema == "" {
		w.usesPG = true
		x.base = raw("pg.unchecked<" + code + ">()")
	}
	return x
}

// startsWith tells whether code begins with the identifier, and gives what follows it.
func startsWith(code, name string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(code, name)
	return rest, ok && (rest == "" || !isWord(rest[0]) && rest[0] != '$')
}
