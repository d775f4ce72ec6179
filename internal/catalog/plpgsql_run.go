package catalog

import (
	"errors"
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// maxLoops is how often a loop may go round before its end counts as undecided.
const maxLoops = 1000

// plRun runs one PL/pgSQL body against the state.
type plRun struct {
	r      *replay
	fn     *plFunction
	text   bodyText
	vars   []value
	byName map[string]int
	ev     *evaluator
	result value
	// leaving: whether the loop ends here is undecided. One that goes over data ends some time, so once round is enough.
	leaving bool
	// caught is the error that an exception handler runs for.
	caught error
}

// outcome is how a statement ended.
type outcome int

const (
	goesOn outcome = iota
	leavesLoop
	nextRound
	returns
)

// jump is an outcome with the label it is for, "" for the innermost loop.
type jump struct {
	outcome outcome
	label   string
}

func (r *replay) newPLRun(fn *plFunction, text bodyText, caught error) *plRun {
	run := &plRun{r: r, fn: fn, text: text, vars: make([]value, len(fn.Datums)), byName: map[string]int{}, caught: caught}
	for i, d := range fn.Datums {
		if d.Name != "" && d.Kind != "row" {
			run.byName[d.Name] = i
		}
	}
	run.ev = &evaluator{r: r, variable: run.lookup}
	return run
}

func (p *plRun) lookup(name string) (value, bool) {
	i, ok := p.byName[name]
	if !ok {
		return nil, false
	}
	return p.vars[i], true
}

// args gives a function's arguments their values; they are the first variables, by name or as $1, $2 ….
func (p *plRun) args(f *function, args []value) {
	for i, a := range f.inputArgs() {
		v := args[i]
		if a.typ.typ != nil && a.typ.typ.schema.builtin {
			v = p.ev.castTo(v, a.typ.typ.name, a.typ.array)
		}
		for _, name := range []string{a.name, "$" + itoa(i+1)} {
			if at, ok := p.byName[name]; ok && name != "" {
				p.vars[at] = v
			}
		}
	}
}

// start gives variables their defaults and runs the outermost block. A body that changes nothing is not run.
func (p *plRun) start() (value, error) {
	for i, d := range p.fn.Datums {
		if d.Default != nil {
			p.vars[i] = p.coerced(i, p.expression(d.Default))
		}
	}
	_, err := p.block(&p.fn.Action)
	return p.result, err
}

// expression computes an expression of the body.
func (p *plRun) expression(n *plNode) value {
	tree, err := pg_query.Parse("SELECT " + n.Text)
	if err != nil || len(tree.Stmts) != 1 {
		return undecidedf("an expression")
	}
	q := tree.Stmts[0].Stmt.GetSelectStmt()
	if len(q.GetFromClause()) > 0 || len(q.GetTargetList()) != 1 {
		return p.ev.scalar(q)
	}
	return p.ev.eval(q.TargetList[0].GetResTarget().Val, nil)
}

// coerced turns a value into a variable's declared type.
func (p *plRun) coerced(varno int, v value) value {
	d := p.fn.Datums[varno]
	if d.Type == nil || v == nil || isUndecided(v) {
		return v
	}
	name := strings.TrimSpace(d.Type.TypeName)
	if ref, ok := p.r.parseTypeName(name); ok && ref.typ.schema.builtin {
		return p.ev.castTo(v, ref.typ.name, ref.array)
	}
	return v
}

// assign sets a variable, or a field of a record.
func (p *plRun) assign(varno int, v value) {
	if varno < 0 || varno >= len(p.vars) {
		return
	}
	d := p.fn.Datums[varno]
	if d.Kind == "recfield" {
		if t, ok := p.vars[d.Parent].(*tuple); ok {
			if i := slices.Index(t.names, d.FieldName); i >= 0 {
				t.values[i] = v
			}
		}
		return
	}
	p.vars[varno] = p.coerced(varno, v)
}

// block runs statements; its exception handlers undo what it did.
func (p *plRun) block(n *plNode) (jump, error) {
	if n.Exceptions == nil {
		return p.body(n.Body)
	}
	before, warnings := p.r.db.clone(), len(p.r.list)
	j, err := p.body(n.Body)
	if err == nil {
		return j, nil
	}
	handler := p.handler(n.Exceptions, err)
	if handler == nil {
		return jump{}, err
	}
	p.r.db, p.r.list = before, p.r.list[:warnings]
	outer := p.caught
	p.caught = err
	defer func() { p.caught = outer }()
	return p.body(handler.Action)
}

// handler finds the WHEN that takes an error.
func (p *plRun) handler(exceptions *plNode, err error) *plNode {
	var list source.List
	if !errors.As(err, &list) || len(list) == 0 {
		return nil
	}
	for i, e := range exceptions.ExcList {
		for _, c := range e.Conditions {
			if conditionMatches(c.CondName, list[0].Code) {
				return &exceptions.ExcList[i]
			}
		}
	}
	return nil
}

func (p *plRun) body(statements []plNode) (jump, error) {
	for i := range statements {
		if j, err := p.statement(&statements[i]); err != nil || j.outcome != goesOn {
			return j, err
		}
	}
	return jump{}, nil
}

// statement runs one statement.
func (p *plRun) statement(n *plNode) (jump, error) {
	switch n.Kind {
	case "stmt_block":
		return p.block(n)
	case "stmt_if":
		return p.ifStatement(n)
	case "stmt_case":
		return p.caseStatement(n)
	case "stmt_loop", "stmt_while":
		return p.whileLoop(n)
	case "stmt_fori":
		return p.countLoop(n)
	case "stmt_fors", "stmt_dynfors":
		return p.queryLoop(n)
	case "stmt_foreach_a":
		return p.arrayLoop(n)
	case "stmt_forc":
		return jump{}, p.leaveOut(n, n.Body, "a loop over a cursor is not replayed", "")
	case "stmt_exit":
		return p.exit(n)
	case "stmt_return":
		if n.Expr != nil {
			p.result = p.expression(n.Expr)
		}
		return jump{outcome: returns}, p.failure(p.result)
	case "stmt_raise":
		return jump{}, p.raise(n)
	case "stmt_assign":
		v := p.expression(&plNode{plFields: plFields{Text: assigned(n.Expr.Text)}})
		p.assign(n.VarNo, v)
		return jump{}, p.failure(v)
	case "stmt_execsql":
		return jump{}, p.execSQL(n)
	case "stmt_dynexecute":
		return jump{}, p.execute(n)
	case "stmt_perform":
		return jump{}, p.runText(n.Expr.Text, n.Line)
	case "stmt_call":
		return jump{}, p.runCall(n)
	case "stmt_getdiag":
		for _, item := range n.DiagItems {
			p.assign(item.DiagVar, undecidedf("what a statement did"))
		}
	case "stmt_fetch", "stmt_open":
		p.forget(n.Target)
	}
	return jump{}, nil // RETURN NEXT, ASSERT, CLOSE, COMMIT, ROLLBACK and NULL change no type
}

// assigned is the right side of an assignment.
func assigned(text string) string {
	for pos := 0; pos < len(text); {
		pos = skipSpace(text, pos)
		end := tokenEnd(text, pos)
		if token := text[pos:end]; token == ":=" || token == "=" {
			return text[end:]
		}
		pos = max(end, pos+1)
	}
	return text
}

// failure is the error that an expression raised.
func (p *plRun) failure(v value) error {
	switch x := v.(type) {
	case raised:
		return x.err
	case missingObject:
		code := undefinedTable
		if x.kind != "regclass" {
			code = undefinedObject
		}
		word := map[string]string{"regclass": "relation", "regtype": "type", "regnamespace": "schema"}[x.kind]
		return failf(p.text.span, code, "%s %q does not exist", word, x.name)
	}
	return nil
}

// leaveOut warns of statements that are not run, if they would change something.
func (p *plRun) leaveOut(n *plNode, body []plNode, what, why string) error {
	if p.r.anyChanges(body, nil) {
		p.r.undecided(p.text.at(n.Line), what, why)
	}
	p.forgetAssigned(body)
	return nil
}

// forget makes the variables of a target undecided.
func (p *plRun) forget(target *plNode) {
	if target == nil {
		return
	}
	for _, f := range target.Fields {
		p.setVar(f.VarNo, undecidedf("a query's result"))
	}
	if at, ok := p.byName[target.Name]; ok {
		p.setVar(at, undecidedf("a query's result"))
	}
}

func (p *plRun) setVar(varno int, v value) {
	if varno >= 0 && varno < len(p.vars) {
		p.vars[varno] = v
	}
}

// forgetAssigned makes undecided whatever statements that were not run would have set.
func (p *plRun) forgetAssigned(body []plNode) {
	for i := range body {
		n := &body[i]
		if n.Kind == "stmt_assign" {
			p.setVar(n.VarNo, undecidedf("a part of the body that was not run"))
		}
		p.forget(n.Target)
		for _, part := range [][]plNode{n.Body, n.Then, n.Else, n.Stmts, n.ElseStmt, n.Elsifs, n.Whens} {
			p.forgetAssigned(part)
		}
	}
}
