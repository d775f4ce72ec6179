package zod

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// writer fills one module.
type writer struct {
	*emitter
	// Options are those of the value at hand: the target's, or those of JSON.
	Options
	name    string
	imports *imports
	// usesZod, usesPG and usesSQL tell which modules it names: an import that is not used is an error in many projects.
	usesZod, usesPG, usesSQL bool
	// both tells that what is being written down is read and sent: a composite.
	both bool
}

// enumView and the other views are what the templates show. Text in them is escaped.
type enumView struct {
	ListDoc, Doc, SchemaDoc string
	List, Name, Schema      string
	Values                  []string
	Expr                    string
}

type objectView struct {
	Doc, SchemaDoc string
	Name, Schema   string
	// Plain is the name of the schema that holds the fields: Schema, or where Rules refine it, another.
	Plain, PlainDoc string
	Rules           string
	Constructor     string // object or strictObject
	// Members and Schemas are the fields in the type and in the schema, with the line breaks round them.
	Members, Schemas string
	Description      string
	Satisfies        bool
	Rename           *renameView
}

// fieldView is a field of an object. There are so many that they are written here, and not by a template.
type fieldView struct {
	doc          string
	typeKey, key string
	optional     bool
	typ          string
	lazy         bool
	expr         string
}

// writeMember writes a field of the type.
func (f fieldView) writeMember(b *strings.Builder) {
	b.WriteByte('\n')
	b.WriteString(f.doc)
	b.WriteString("  ")
	b.WriteString(f.typeKey)
	if f.optional {
		b.WriteByte('?')
	}
	b.WriteString(": ")
	b.WriteString(f.typ)
	b.WriteByte(';')
}

// writeSchema writes a field of the schema.
func (f fieldView) writeSchema(b *strings.Builder) {
	if f.lazy {
		b.WriteString("\n  get " + f.key + "() {\n    return " + f.expr + ";\n  },")
		return
	}
	b.WriteString("\n  ")
	b.WriteString(f.key)
	b.WriteString(": ")
	b.WriteString(f.expr)
	b.WriteByte(',')
}

// renameView is a function between a type's keys and the database's.
type renameView struct {
	Doc, Function, Argument, Type string
	Names                         []string
}

// module writes one module of the model.
func (e *emitter) module(s *source) error {
	switch s.name {
	case indexModule, jsonModule, runtimeModule, sqlModule:
		return fmt.Errorf("the name of module %s is taken by the generator", s.name)
	}
	w := newWriter(e, s.name)
	var enums []enumView
	for _, enum := range s.enums {
		enums = append(enums, w.enum(enum))
	}
	var objects []objectView
	for _, o := range s.objects {
		objects = append(objects, w.object(o))
	}
	var lines []string
	if w.usesZod {
		lines = append(lines, `import * as z from "zod";`)
	}
	lines = append(lines, w.imports.lines()...)
	if w.usesPG {
		lines = append(lines, fmt.Sprintf("import * as pg from %s;", w.specifier(runtimeModule)))
	}
	if w.usesSQL {
		lines = append(lines, fmt.Sprintf("import * as sql from %s;", w.specifier(sqlModule)))
		e.usesSQL = true
	}
	e.render("module", s.name, map[string]any{"Imports": lines, "Enums": enums, "Objects": objects})
	return e.err
}

func newWriter(e *emitter, module string) *writer {
	return &writer{emitter: e, Options: e.Options, name: module, imports: newImports(e.declared)}
}

// inJSON has what follows written in the form that values have inside JSON, whatever the target's wire. The function that
// it returns ends that.
func (w *writer) inJSON() (end func()) {
	target := w.Options
	w.Options = Options{ImportExtension: target.ImportExtension}
	return func() { w.Options = target }
}

var (
	// noCode is what stands between code: comments, strings and regular expressions.
	noCode  = regexp.MustCompile(`//.*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/`)
	zodName = regexp.MustCompile(`\bz\.`)
)

// namesZod tells whether the user's own code names Zod.
func namesZod(code string) bool {
	return strings.Contains(code, "z.") && zodName.MatchString(noCode.ReplaceAllString(code, `""`))
}

// fail keeps the first error.
func (e *emitter) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// take gives a name of the target, and imports it if it is another module's.
func (w *writer) take(module, name string, value bool) string {
	if module == w.name {
		return name
	}
	return w.imports.add(w.specifier(module), name, value, true)
}

func (w *writer) enum(e *model.Enum) enumView {
	v := enumView{
		ListDoc:   tsdoc("", fmt.Sprintf("The values of {@link %s}, as the database holds them: %s.", e.Name, e.Origin)),
		Doc:       tsdoc("", e.Doc),
		SchemaDoc: tsdoc("", fmt.Sprintf("Schema of {@link %s}.", e.Name)),
		List:      e.List,
		Name:      e.Name,
		Schema:    e.Schema,
	}
	for _, value := range e.Values {
		v.Values = append(v.Values, quote(value.Value))
	}
	w.usesPG = true
	v.Expr = chain{raw("pg.values(" + e.List + ")"), raws(describe(e.Doc))}.lines(len("export const  = /* @__PURE__ */ ")+len(e.Schema), 0)
	return v
}

func (w *writer) object(o described) objectView {
	v := objectView{
		Doc:         tsdoc("", o.Doc, o.what),
		SchemaDoc:   tsdoc("", fmt.Sprintf("Schema of {@link %s}.", o.Name)),
		Name:        o.Name,
		Schema:      o.Schema,
		Plain:       o.Schema,
		Constructor: "object",
	}
	if o.Doc != "" {
		v.Description = quote(o.Doc)
	}
	w.usesPG = true
	written := isWritten(o.Variant)
	if o.Variant == model.JSONObject {
		defer w.inJSON()()
	}
	if written {
		v.Constructor = "strictObject"
	}
	w.both = o.Variant == model.Composite && !w.Driver
	var members, schemas strings.Builder
	members.Grow(64 * len(o.Fields))
	schemas.Grow(96 * len(o.Fields))
	for _, f := range o.Fields {
		x := w.field(f, written)
		x.view.writeMember(&members)
		x.view.writeSchema(&schemas)
		v.Satisfies = v.Satisfies || x.custom
	}
	if len(o.Fields) == 0 {
		members.WriteString(" [key: string]: never ")
	} else {
		members.WriteByte('\n')
		schemas.WriteByte('\n')
	}
	v.Members, v.Schemas = members.String(), schemas.String()
	w.usesZod = w.usesZod || v.Satisfies
	w.refined(&v, o.Object, written)
	v.Rename = w.rename(o.Object, written)
	return v
}

// isWritten tells what is sent to the database from what it sends. Composites are both: their scalars have the form that
// is sent, which takes what is read.
func isWritten(v model.Variant) bool {
	return v == model.Insert || v == model.Update || v == model.Params
}

// field is a field's view, and whether the user's own schema is in it.
type field struct {
	view   fieldView
	custom bool
}

func (w *writer) field(f model.Field, written bool) field {
	x := w.tested(f.Type, f.Rules, f.Tests, written)
	if of, ok := f.Type.(model.ObjectRef); ok && f.Embed {
		x = w.reference(of)
	}
	if !f.Nullable {
		x = w.notNull(x, f, written)
	}
	switch {
	case f.Nullable && f.Optional:
		x = x.or("null | undefined", ".nullish()")
	case f.Nullable:
		x = x.or("null", ".nullable()")
	case f.Optional:
		x = x.or("undefined", ".optional()")
	}
	x.calls = append(x.calls, raws(describe(f.Doc))...)
	v := fieldView{
		doc:      tsdoc("  ", f.Doc, defaultText(f)),
		typeKey:  typeKey(f.Name),
		key:      key(f.Name),
		optional: f.Optional,
		typ:      x.ts,
		lazy:     x.lazy,
	}
	if x.lazy {
		v.expr = x.code().lines(len("    return ;"), 4)
	} else {
		v.expr = x.code().lines(len("  : ,")+len(f.Name), 2)
	}
	return field{v, x.custom}
}

// notNull refuses null where the type's schema does not, or names the CHECK that refuses it.
func (w *writer) notNull(x expr, f model.Field, written bool) expr {
	switch _, custom := f.Type.(model.Custom); {
	case isAnyJSON(f.Type) && written && f.Column != "":
		// A null that is sent as JSON is stored as NULL, and so is one that node-postgres sends.
		message := quote("Invalid input: expected a value that is not null")
		if f.NullBreaks != "" {
			message = violation(f.NullBreaks)
		}
		x.calls = append(x.calls, raw(".refine((value): boolean => value !== null, "+message+")"))
	case f.NullBreaks != "" && !custom && !isAnyJSON(f.Type):
		w.usesPG = true
		x.base, x.calls = call{"pg.notNullBy(", []code{x.code(), raw(quote(f.NullBreaks))}, ")"}, nil
	}
	return x
}

func isAnyJSON(t model.Type) bool {
	s, ok := t.(model.Scalar)
	return ok && (s.Kind == model.JSON || s.Kind == model.JSONB)
}

func describe(doc string) []string {
	if doc == "" {
		return nil
	}
	return []string{".describe(" + quote(doc) + ")"}
}

// defaultText says what the database takes when a key is left out, where that is a constant.
func defaultText(f model.Field) string {
	if f.Default == nil {
		return ""
	}
	text := f.Default.Text
	if f.Default.Kind == model.StringDefault {
		text = quote(text)
	}
	return "Default: " + text
}

// rename maps the keys of what is inserted or updated to the database's names, or those of what the database sends to
// the object's. Parameters have no other names than their own. What is nested is left as it is.
func (w *writer) rename(o *model.Object, written bool) *renameView {
	var names []string
	for _, f := range o.Fields {
		switch {
		case f.Column == "" || f.Name == f.Column || o.Variant == model.Params:
		case written:
			names = append(names, key(f.Name)+": "+quote(f.Column))
		default:
			names = append(names, key(f.Column)+": "+quote(f.Name))
		}
	}
	if len(names) == 0 {
		return nil
	}
	w.usesPG = true
	first, size := utf8.DecodeRuneInString(o.Name)
	stem := string(unicode.ToLower(first)) + o.Name[size:]
	if written {
		return &renameView{
			Doc:      tsdoc("", fmt.Sprintf(toRowDoc, o.Name)),
			Function: stem + "ToRow", Argument: "input", Type: o.Name, Names: names,
		}
	}
	return &renameView{
		Doc:      tsdoc("", fmt.Sprintf(fromRowDoc, o.Schema)),
		Function: stem + "FromRow", Argument: "row", Type: "{ [column: string]: unknown }", Names: names,
	}
}

const (
	toRowDoc   = "Names the keys of a {@link %s} as the database does. Keys that are undefined are left out."
	fromRowDoc = "Names the columns of a row as {@link %s} does, to be parsed with it."
)
