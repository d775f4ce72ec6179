package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// createTrigger is CREATE [OR REPLACE] [CONSTRAINT] TRIGGER.
func (r *replay) createTrigger(st *statement, n *pg_query.CreateTrigStmt) error {
	rel, err := r.relation(st, n.Relation)
	if err != nil {
		return err
	}
	span := st.find(n.Trigname, st.start)
	old := rel.trigger(n.Trigname)
	if old != nil && !n.Replace {
		return existing(span, old.span, duplicateObject, "trigger %q for relation %q already exists", n.Trigname, rel.name)
	}
	t := &trigger{header: header{name: n.Trigname, span: span}, rel: rel}
	if err := r.triggerParts(st, t, n); err != nil {
		return err
	}
	if old != nil {
		rel.triggers = without(rel.triggers, old)
	}
	r.db.identify(&t.header)
	rel.triggers = append(rel.triggers, t)
	if n.Isconstraint {
		r.addConstraint(&constraint{
			header: header{name: n.Trigname, span: span}, kind: triggerConstraint, rel: rel, local: true, trigger: t,
		})
	}
	if rel.kind == partitioned && n.Row {
		for _, child := range r.children(rel) {
			r.cloneTrigger(t, child)
		}
	}
	return nil
}

func (r *replay) triggerParts(st *statement, t *trigger, n *pg_query.CreateTrigStmt) error {
	for _, name := range stringsOf(n.Columns) {
		col, err := columnOf(t.rel, name, st.find(name, t.span.End))
		if err != nil {
			return err
		}
		t.columns = append(t.columns, col)
	}
	if n.WhenClause != nil {
		item := func(name string) *scopeItem {
			i := relationItem(t.rel)
			i.name = name
			return i
		}
		var err error
		sc := &scope{items: []*scopeItem{item("old"), item("new")}, query: &queryState{}}
		if t.when, err = r.newExpr(st, n.WhenClause, sc); err != nil {
			return err
		}
	}
	return r.triggerFunction(st, t, stringsOf(n.Funcname))
}

// builtinTriggers are the trigger functions that every database has.
var builtinTriggers = map[string]bool{
	"suppress_redundant_updates_trigger": true, "tsvector_update_trigger": true, "tsvector_update_trigger_column": true,
}

func (r *replay) triggerFunction(st *statement, t *trigger, parts []string) error {
	_, name := splitName(parts)
	for _, f := range r.functionsNamed(parts) {
		if len(f.inputs()) > 0 {
			continue
		}
		t.fn = f
		if f.returns.typ == nil || f.returns.typ.name != "trigger" {
			return failf(st.findName(parts, t.span.End), invalidObjectDefinition, "function %s must return type trigger", strings.Join(parts, "."))
		}
		return nil
	}
	if builtinTriggers[name] || r.partlyKnown() {
		return nil
	}
	return failf(st.findName(parts, t.span.End), undefinedFunction, "function %s() does not exist", strings.Join(parts, "."))
}

func (rel *relation) trigger(name string) *trigger {
	for _, t := range rel.triggers {
		if t.name == name {
			return t
		}
	}
	return nil
}

// createRule is CREATE RULE. Only what it depends on matters here.
func (r *replay) createRule(st *statement, n *pg_query.RuleStmt) error {
	rel, err := r.relation(st, n.Relation)
	if err != nil {
		return err
	}
	span := st.find(n.Rulename, st.start)
	old := rel.rule(n.Rulename)
	if old != nil && !n.Replace {
		return existing(span, old.span, duplicateObject, "rule %q for relation %q already exists", n.Rulename, rel.name)
	}
	if old != nil {
		rel.rules = without(rel.rules, old)
	}
	made := &rule{header: header{name: n.Rulename, span: span}, rel: rel}
	a := &analysis{r: r, st: st, lenient: true}
	a.exprs(append([]*pg_query.Node{n.WhereClause}, n.Actions...), relationScope(rel))
	made.exprs = []*expr{{node: nil, file: st.file, offset: st.offset, refs: a.refs}}
	r.db.identify(&made.header)
	rel.rules = append(rel.rules, made)
	return nil
}

func (rel *relation) rule(name string) *rule {
	for _, x := range rel.rules {
		if x.name == name {
			return x
		}
	}
	return nil
}
