package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// createFunction is CREATE [OR REPLACE] FUNCTION and PROCEDURE.
func (r *replay) createFunction(st *statement, n *pg_query.CreateFunctionStmt) error {
	parts := stringsOf(n.Funcname)
	span := st.findName(parts, st.start)
	schemaName, name := splitName(parts)
	in, err := r.schemaFor(schemaName, span)
	if err != nil {
		return err
	}
	f := &function{header: header{name: name, schema: in, span: span}, kind: "function", volatile: 'v'}
	if n.IsProcedure {
		f.kind = "procedure"
	}
	if err := r.functionArgs(st, f, n.Parameters); err != nil {
		return err
	}
	if err := r.functionResult(st, f, n); err != nil {
		return err
	}
	r.functionOptions(st, f, n.Options)
	if f.language != "" {
		if err := r.language(f.language, st.last(f.language)); err != nil {
			return err
		}
	}
	if err := r.functionBody(st, f, n.SqlBody); err != nil {
		return err
	}
	return r.putFunction(f, n.Replace)
}

// putFunction adds a function, or replaces that of the same name and argument types.
func (r *replay) putFunction(f *function, replace bool) error {
	for _, old := range f.schema.functions[f.name] {
		if !sameInputs(old.inputs(), f.inputs()) {
			continue
		}
		if !replace {
			return existing(f.span, old.span, duplicateFunction, "function %q already exists with same argument types", f.name)
		}
		if err := r.mayReplace(old, f); err != nil {
			return err
		}
		f.header, old.header = old.header, f.header
		f.span = old.span
		id, comment := f.id, f.comment
		*old = *f
		old.id, old.comment = id, comment
		return nil
	}
	r.db.identify(&f.header)
	f.schema.functions[f.name] = append(slices.Clone(f.schema.functions[f.name]), f)
	return nil
}

// mayReplace is what OR REPLACE may not change.
func (r *replay) mayReplace(old, f *function) error {
	if old.kind != f.kind {
		return failf(f.span, wrongObjectType, "cannot change routine kind")
	}
	if !old.returns.sameType(f.returns) || old.setOf != f.setOf {
		return hinted(f.span, invalidFunctionDef, "Use DROP FUNCTION "+r.signature(old)+" first.", "cannot change return type of existing function")
	}
	a, b := old.inputArgs(), f.inputArgs()
	for i := range a {
		if a[i].name != "" && a[i].name != b[i].name {
			return hinted(f.span, invalidFunctionDef, "Use DROP FUNCTION "+r.signature(old)+" first.",
				"cannot change name of input parameter %q", a[i].name)
		}
		if a[i].def != nil && b[i].def == nil {
			return hinted(f.span, invalidFunctionDef, "Use DROP FUNCTION "+r.signature(old)+" first.",
				"cannot remove parameter defaults from existing function")
		}
	}
	return nil
}

var argumentModes = map[pg_query.FunctionParameterMode]string{
	pg_query.FunctionParameterMode_FUNC_PARAM_IN:       "in",
	pg_query.FunctionParameterMode_FUNC_PARAM_DEFAULT:  "in",
	pg_query.FunctionParameterMode_FUNC_PARAM_OUT:      "out",
	pg_query.FunctionParameterMode_FUNC_PARAM_INOUT:    "inout",
	pg_query.FunctionParameterMode_FUNC_PARAM_VARIADIC: "variadic",
	pg_query.FunctionParameterMode_FUNC_PARAM_TABLE:    "table",
}

func (r *replay) functionArgs(st *statement, f *function, params []*pg_query.Node) error {
	for _, p := range params {
		param := p.GetFunctionParameter()
		ref, err := r.resolveType(st, param.ArgType)
		if err != nil {
			return err
		}
		arg := argument{name: param.Name, mode: argumentModes[param.Mode], typ: unmodified(ref)}
		if param.Defexpr != nil {
			if arg.def, err = r.defaultExpr(st, param.Defexpr); err != nil {
				return err
			}
		}
		f.args = append(f.args, arg)
	}
	return nil
}

// functionResult reads RETURNS; without it the OUT arguments are the result.
func (r *replay) functionResult(st *statement, f *function, n *pg_query.CreateFunctionStmt) error {
	outs := f.outputArgs()
	if n.ReturnType != nil {
		ref, err := r.resultType(st, f.schema, n.ReturnType)
		if err != nil {
			return err
		}
		f.returns, f.setOf = unmodified(ref), n.ReturnType.Setof
		return nil
	}
	switch {
	case n.IsProcedure && len(outs) == 0:
	case len(outs) == 1 && !n.IsProcedure:
		f.returns = outs[0].typ
	case len(outs) > 0:
		f.returns = r.db.builtinRef("record")
	default:
		return failf(f.span, invalidFunctionDef, "function result type must be specified")
	}
	return nil
}

// resultType makes a shell type where a C function's result is not there yet.
func (r *replay) resultType(st *statement, in *schema, n *pg_query.TypeName) (typeRef, error) {
	ref, err := r.resolveType(st, n)
	if list, ok := err.(source.List); ok && list[0].Code == undefinedObject && isLanguageC(st.node.GetCreateFunctionStmt()) {
		_, name := splitName(stringsOf(n.Names))
		t := &typ{header: header{name: name, schema: in}, kind: BaseType, shell: true}
		r.addType(t)
		return typeRef{typ: t}, nil
	}
	return ref, err
}

func isLanguageC(n *pg_query.CreateFunctionStmt) bool {
	for _, o := range n.GetOptions() {
		if def := o.GetDefElem(); def.Defname == "language" {
			language := strings.ToLower(def.Arg.GetString_().GetSval())
			return language == "c" || language == "internal"
		}
	}
	return false
}

func (r *replay) functionOptions(st *statement, f *function, options []*pg_query.Node) {
	for _, o := range options {
		switch def := o.GetDefElem(); def.Defname {
		case "language":
			f.language = strings.ToLower(def.Arg.GetString_().GetSval())
		case "volatility":
			f.volatile = def.Arg.GetString_().GetSval()[0]
		case "strict":
			f.strict = def.Arg.GetBoolean().GetBoolval()
		case "as":
			if items := stringsOf(def.Arg.GetList().GetItems()); len(items) > 0 {
				f.body = items[0]
				f.bodySpan = st.bodySpan(def)
			}
		}
	}
}

// bodySpan is the string that a function's or DO block's body is, with its quotes.
func (st *statement) bodySpan(def *pg_query.DefElem) source.Span {
	span := st.at(def.Location)
	text := st.file.Text
	for pos := span.Start; pos < st.end; {
		end := tokenEnd(text, pos)
		if c := text[pos]; c == '$' || c == '\'' || (c == 'E' || c == 'e') && end-pos > 2 && text[pos+1] == '\'' {
			return source.Span{File: st.file, Start: pos, End: end}
		}
		pos = skipSpace(text, end)
	}
	return span
}

// functionBody walks a body that is parsed at once: BEGIN ATOMIC … END or RETURN.
func (r *replay) functionBody(st *statement, f *function, body *pg_query.Node) error {
	if body == nil {
		return nil
	}
	a := &analysis{r: r, st: st, variables: map[string]typeRef{}, lenient: true}
	for _, arg := range f.args {
		a.variables[arg.name] = arg.typ
	}
	a.expr(body, (*scope)(nil).inner())
	f.atomic = &expr{node: body, file: st.file, offset: st.offset, refs: a.refs}
	return nil
}

// inputArgs are those that a call passes.
func (f *function) inputArgs() []argument {
	var out []argument
	for _, a := range f.args {
		if a.mode != "out" && a.mode != "table" {
			out = append(out, a)
		}
	}
	return out
}

func (f *function) outputArgs() []argument {
	var out []argument
	for _, a := range f.args {
		if a.mode != "in" && a.mode != "variadic" {
			out = append(out, a)
		}
	}
	return out
}

func (f *function) inputs() []typeRef {
	var out []typeRef
	for _, a := range f.inputArgs() {
		out = append(out, a.typ)
	}
	return out
}

func sameInputs(a, b []typeRef) bool { return slices.EqualFunc(a, b, typeRef.sameType) }

// signature is name(types) for messages.
func (r *replay) signature(f *function) string {
	var types []string
	for _, t := range f.inputs() {
		types = append(types, r.typeText(t))
	}
	return r.plainName(&f.header, r.visible(f.schema, func(s *schema) bool { return s.functions[f.name] != nil })) +
		"(" + strings.Join(types, ",") + ")"
}

// plainName is a name for messages: qualified where a plain one would not find it.
func (r *replay) plainName(h *header, visible bool) string {
	if visible {
		return quoteIdent(h.name)
	}
	return quoteIdent(h.schema.name) + "." + quoteIdent(h.name)
}
