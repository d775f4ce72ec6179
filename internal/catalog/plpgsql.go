package catalog

import (
	"errors"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// maxDepth is how deep functions may call each other.
const maxDepth = 30

// do is DO: a PL/pgSQL body that runs at once.
func (r *replay) do(st *statement, n *pg_query.DoStmt) error {
	language, body := "plpgsql", (*pg_query.DefElem)(nil)
	for _, arg := range n.Args {
		switch def := arg.GetDefElem(); def.Defname {
		case "as":
			body = def
		case "language":
			language = strings.ToLower(def.Arg.GetString_().GetSval())
		}
	}
	if body == nil {
		return failf(st.head(), syntaxError, "no inline code specified")
	}
	if language != "plpgsql" {
		r.undecided(st.head(), "a DO block in language "+language+" is not replayed", "")
		return nil
	}
	span := st.bodySpan(body)
	fn, err := parsePL("DO " + dollarQuoted(body.Arg.GetString_().GetSval()))
	if err != nil {
		return failf(span, syntaxError, "%s", err)
	}
	run := r.newPLRun(fn, newBodyText(span), nil)
	_, err = run.start()
	return err
}

// dollarQuoted quotes a body with a tag that is not in it.
func dollarQuoted(body string) string {
	tag := "$trefoil$"
	for strings.Contains(body, tag) {
		tag = "$x" + tag[1:]
	}
	return tag + body + tag
}

// undecided warns that something was left out, and says what to write instead.
func (r *replay) undecided(span source.Span, what, why string) {
	if why != "" {
		what += ": it depends on " + why + ", which only a server knows"
	}
	r.warn(span, codeUndecided, "Write the statements that it runs as plain DDL in a file that trefoil reads.", "%s", what)
}

// callee is the function or procedure that a call with so many arguments means, if it is one whose body can run here.
func (r *replay) callee(parts []string, args int) *function {
	for _, f := range r.functionsNamed(parts) {
		inputs := f.inputArgs()
		least := len(inputs)
		for least > 0 && inputs[least-1].def != nil {
			least--
		}
		if args >= least && args <= len(inputs) && (f.language == "plpgsql" || f.language == "sql") && f.extension == nil {
			return f
		}
	}
	return nil
}

// runFunction runs a function of the migrations' own and gives its result.
func (r *replay) runFunction(f *function, args []value) value {
	if r.depth >= maxDepth {
		return undecidedf("functions that call each other without end")
	}
	r.depth++
	defer func() { r.depth-- }()
	for i, a := range f.inputArgs() {
		if i >= len(args) {
			args = append(args, (&evaluator{r: r}).eval(a.def.node, nil))
		}
	}
	v := r.runBody(f, args)
	if f.returns.typ != nil && f.returns.typ.name == "void" && v == nil {
		return ""
	}
	return v
}

func (r *replay) runBody(f *function, args []value) value {
	if f.language == "sql" {
		return r.runSQLFunction(f, args)
	}
	fn, err := r.parsedBody(f)
	if err != nil {
		return undecidedf("the body of " + f.name + "()")
	}
	run := r.newPLRun(fn, newBodyText(f.bodySpan), nil)
	run.args(f, args)
	v, err := run.start()
	if err != nil {
		return raised{err}
	}
	return v
}

// raised is an error that a function raised while it was called in an expression.
type raised struct{ err error }

// parsedBody is a function's body in PL/pgSQL, parsed once.
func (r *replay) parsedBody(f *function) (*plFunction, error) {
	text := f.createText()
	if fn, ok := r.bodies[text]; ok {
		return fn, nil
	}
	fn, err := parsePL(text)
	if err == nil {
		if r.bodies == nil {
			r.bodies = map[string]*plFunction{}
		}
		r.bodies[text] = fn
	}
	return fn, err
}

// createText is the function as a statement for the parser of bodies, which looks at arguments and body alone.
func (f *function) createText() string {
	var args []string
	for _, a := range f.args {
		mode := a.mode
		if mode == "table" {
			mode = "out"
		}
		args = append(args, mode+" "+quoteIdent(a.name)+" text")
	}
	returns := "void"
	for _, a := range f.args {
		if a.mode == "out" || a.mode == "table" || a.mode == "inout" {
			returns = ""
		}
	}
	if f.isTrigger() {
		returns = "trigger"
	}
	text := "CREATE FUNCTION f(" + strings.Join(args, ", ") + ") "
	if returns != "" {
		text += "RETURNS " + returns + " "
	}
	return text + "LANGUAGE plpgsql AS " + dollarQuoted(f.body)
}

func (f *function) isTrigger() bool {
	return f.returns.typ != nil && (f.returns.typ.name == "trigger" || f.returns.typ.name == "event_trigger")
}

// runSQLFunction runs the statements of a body in SQL; the last one's value is the result.
func (r *replay) runSQLFunction(f *function, args []value) value {
	text := newBodyText(f.bodySpan)
	tree, err := pg_query.Parse(f.body)
	if err != nil {
		return undecidedf("the body of " + f.name + "()")
	}
	vars := map[string]value{}
	for i, a := range f.inputArgs() {
		vars[a.name] = args[i]
	}
	ev := &evaluator{r: r, param: args, variable: func(name string) (value, bool) {
		v, ok := vars[name]
		return v, ok
	}}
	var result value
	for _, raw := range tree.Stmts {
		st := text.statement(raw, f.body)
		if q := raw.Stmt.GetSelectStmt(); q != nil && q.IntoClause == nil {
			result = ev.scalar(q)
			continue
		}
		if err := r.run(st); err != nil {
			return raised{err}
		}
	}
	return result
}

// scalar is the first value of a query's first row.
func (ev *evaluator) scalar(q *pg_query.SelectStmt) value {
	set, why := ev.query(q, nil)
	switch {
	case why != "":
		return undecidedf(why)
	case len(set.rows) == 0 || len(set.rows[0]) == 0:
		return nil
	}
	return set.rows[0][0]
}

// callStatement is CALL.
func (r *replay) callStatement(st *statement, n *pg_query.CallStmt) error {
	call := n.Funccall
	parts := stringsOf(call.Funcname)
	ev := &evaluator{r: r}
	args := ev.evalAll(call.Args, nil)
	f := r.callee(parts, len(args))
	if f == nil {
		for _, known := range r.functionsNamed(parts) {
			if known.kind == "procedure" {
				r.db.unknownWrites = true
				return nil
			}
		}
		if r.partlyKnown() {
			return nil
		}
		return failf(st.name(call.Location), undefinedFunction, "procedure %s does not exist", strings.Join(parts, "."))
	}
	return r.settle(st, "CALL "+f.name, r.runFunction(f, args))
}

// settle reports what a call came to: an error, or that it could not be decided and would have changed something.
func (r *replay) settle(st *statement, what string, v value) error {
	switch x := v.(type) {
	case raised:
		return relocate(x.err, st)
	case undecided:
		r.db.unknownWrites = true
	case missingObject:
		return failf(st.head(), undefinedTable, "relation %q does not exist", x.name)
	}
	return nil
}

// relocate adds to errors inside a function where it was called.
func relocate(err error, st *statement) error {
	var list source.List
	if !errors.As(err, &list) {
		return err
	}
	for i := range list {
		list[i].Notes = append(list[i].Notes, source.Note{Span: st.head(), Message: "it was called here"})
	}
	return list
}

// selectCalls runs the functions in a SELECT that change something: set_config() and the migrations' own.
func (r *replay) selectCalls(st *statement, n *pg_query.SelectStmt) error {
	if !r.hasEffect(n) {
		return nil
	}
	ev := &evaluator{r: r}
	set, why := ev.query(n, nil)
	if why != "" {
		r.undecided(st.head(), "a SELECT that calls functions is not replayed", why)
		r.db.unknownWrites = true
		return nil
	}
	var errs []error
	for _, row := range set.rows {
		for _, v := range row {
			errs = append(errs, r.settle(st, "SELECT", v))
		}
	}
	return join(errs...)
}

// hasEffect tells whether a query calls set_config() or a function with DDL in its body.
func (r *replay) hasEffect(n *pg_query.SelectStmt) bool {
	found := false
	walkNodes(&pg_query.Node{Node: &pg_query.Node_SelectStmt{SelectStmt: n}}, func(x *pg_query.Node) bool {
		if call := x.GetFuncCall(); call != nil {
			parts := stringsOf(call.Funcname)
			_, name := splitName(parts)
			found = found || name == "set_config"
			if f := r.callee(parts, len(call.Args)); f != nil {
				found = found || r.changes(f)
				r.db.unknownWrites = r.db.unknownWrites || f.writes()
			}
		}
		return !found
	})
	return found
}
