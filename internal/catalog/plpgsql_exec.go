package catalog

import (
	"strconv"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

func itoa(i int) string { return strconv.Itoa(i) }

// parsedQuery parses a query; nil if it is none.
func parsedQuery(sql string) *pg_query.SelectStmt {
	tree, err := pg_query.Parse(sql)
	if err != nil || len(tree.Stmts) != 1 {
		return nil
	}
	return tree.Stmts[0].Stmt.GetSelectStmt()
}

// execSQL runs a statement that is written out. SELECT … INTO sets variables.
func (p *plRun) execSQL(n *plNode) error {
	if n.Into {
		return p.selectInto(p.ev, n.SQL.Text, n.Target)
	}
	return p.runText(n.SQL.Text, n.Line)
}

func (p *plRun) selectInto(ev *evaluator, sql string, target *plNode) error {
	set, why := ev.query(parsedQuery(sql), nil)
	if why != "" {
		p.r.noteWrites(sql)
		p.forget(target)
		return nil
	}
	var row []value
	if len(set.rows) > 0 {
		row = set.rows[0]
		for _, v := range row {
			if err := p.failure(v); err != nil {
				return err
			}
		}
	}
	p.assignRow(target, set.columns, row)
	p.setVar(p.byName["found"], len(set.rows) > 0)
	return nil
}

// runText runs a statement of the body in the file's own words.
func (p *plRun) runText(sql string, line int) error {
	statements, err := p.text.parse(sql, line)
	if err != nil {
		return err
	}
	for _, st := range statements {
		if q := st.node.GetSelectStmt(); q != nil && q.IntoClause == nil {
			err = p.runQuery(st, q)
		} else {
			err = p.r.run(st)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// runQuery is PERFORM, or a query for its functions' sake.
func (p *plRun) runQuery(st *statement, q *pg_query.SelectStmt) error {
	if !p.r.hasEffect(q) {
		return nil
	}
	set, why := p.ev.query(q, nil)
	if why != "" {
		p.r.undecided(st.head(), "a query that calls functions is not replayed", why)
		return nil
	}
	for _, row := range set.rows {
		for _, v := range row {
			if err := p.failure(v); err != nil {
				return relocate(err, st)
			}
		}
	}
	return nil
}

func (p *plRun) runCall(n *plNode) error {
	tree, err := pg_query.Parse(n.Expr.Text)
	if err != nil || len(tree.Stmts) != 1 {
		return nil
	}
	call := tree.Stmts[0].Stmt.GetCallStmt().GetFunccall()
	if call == nil {
		return p.runText(n.Expr.Text, n.Line)
	}
	args := p.ev.evalAll(call.Args, nil)
	if f := p.r.callee(stringsOf(call.Funcname), len(args)); f != nil {
		return p.failure(p.r.runFunction(f, args))
	}
	return nil
}

// execute is EXECUTE: the string is run if it is known.
func (p *plRun) execute(n *plNode) error {
	v := p.expression(n.Query)
	if err := p.failure(v); err != nil {
		return err
	}
	sql, ok := v.(string)
	if !ok {
		return p.unknownExecute(n, v)
	}
	if n.Into {
		ev := &evaluator{r: p.r, variable: p.lookup, param: p.paramValues(n.Params)}
		return p.selectInto(ev, sql, n.Target)
	}
	tree, err := pg_query.Parse(sql)
	if err != nil {
		return failf(p.text.at(n.Line), syntaxError, "%s", err)
	}
	base := p.constantPlace(n, sql)
	for _, raw := range tree.Stmts {
		if err := p.r.run(p.dynamicStatement(raw, n, base, len(sql))); err != nil {
			return err
		}
	}
	return nil
}

// constantPlace is where a constant string that EXECUTE runs stands in the file, -1 if it is computed.
func (p *plRun) constantPlace(n *plNode, sql string) int {
	at := p.text.find(n.Query.Text, n.Line)
	if at < 0 {
		return -1
	}
	text := p.text.span.File.Text[at : at+len(n.Query.Text)]
	if i := strings.Index(text, sql); i >= 0 {
		return at + i
	}
	return -1
}

func (p *plRun) dynamicStatement(raw *pg_query.RawStmt, n *plNode, base, length int) *statement {
	span := p.text.at(n.Line)
	st := &statement{file: span.File, node: raw.Stmt, start: span.Start, end: span.End}
	if base < 0 {
		unplace(raw.ProtoReflect())
		return st
	}
	if raw.StmtLen > 0 {
		length = int(raw.StmtLocation + raw.StmtLen)
	}
	st.offset, st.start, st.end = base, skipSpace(span.File.Text, base+int(raw.StmtLocation)), base+length
	return st
}

// unknownExecute warns of a string that is not known, unless what it begins with changes no type.
func (p *plRun) unknownExecute(n *plNode, v value) error {
	p.forget(n.Target)
	if n.Into || !p.r.dynamicChanges(n.Query.Text) {
		return nil
	}
	why := "a value"
	if u, ok := v.(undecided); ok {
		why = u.why
	}
	p.r.undecided(p.text.at(n.Line), "EXECUTE is not replayed", why)
	return nil
}

// raise is RAISE: an exception is an error, all else is a message.
func (p *plRun) raise(n *plNode) error {
	if n.Level != 0 && n.Level < errorLevel {
		return nil
	}
	if n.Message == "" && n.CondName == "" && len(n.Params) == 0 && p.caught != nil {
		return p.caught // RAISE; passes the error on
	}
	code := "P0001"
	if n.CondName != "" {
		code = n.CondName
		if c, ok := conditions[n.CondName]; ok {
			code = c
		}
	}
	message := n.Message
	for i := range n.Params {
		text, ok := textOf(p.expression(&n.Params[i]))
		if !ok {
			text = "…"
		}
		message = strings.Replace(message, "%", text, 1)
	}
	if message == "" {
		message = n.CondName
	}
	return failf(p.text.at(n.Line), code, "%s", message)
}

// conditions are PL/pgSQL's names of the errors that DDL raises.
var conditions = map[string]string{
	"duplicate_object": duplicateObject, "duplicate_table": duplicateTable, "duplicate_column": duplicateColumn,
	"duplicate_schema": duplicateSchema, "duplicate_function": duplicateFunction, "duplicate_alias": duplicateAlias,
	"undefined_table": undefinedTable, "undefined_column": undefinedColumn, "undefined_object": undefinedObject,
	"undefined_function": undefinedFunction, "invalid_schema_name": invalidSchemaName,
	"invalid_table_definition": invalidTableDefinition, "invalid_column_definition": invalidColumnDefinition,
	"invalid_object_definition": invalidObjectDefinition, "invalid_foreign_key": invalidForeignKey,
	"dependent_objects_still_exist": dependentObjectsExist, "wrong_object_type": wrongObjectType,
	"feature_not_supported": featureNotSupported, "datatype_mismatch": datatypeMismatch, "syntax_error": syntaxError,
	"ambiguous_column": ambiguousColumn, "ambiguous_function": ambiguousFunction, "invalid_name": invalidName,
	"reserved_name": reservedName, "object_not_in_prerequisite_state": objectNotInState,
	"invalid_parameter_value": invalidParameterValue, "invalid_text_representation": "22P02", "raise_exception": "P0001",
	"insufficient_privilege": "42501", "unique_violation": "23505", "foreign_key_violation": "23503", "not_null_violation": "23502",
	"check_violation": "23514", "invalid_column_reference": invalidColumnReference, "grouping_error": groupingError,
	"syntax_error_or_access_rule_violation": "42000", "integrity_constraint_violation": "23000", "no_data_found": "P0002",
	"too_many_rows": "P0003", "division_by_zero": "22012", "data_exception": "22000", "object_in_use": "55006",
}

// conditionMatches tells whether WHEN name takes an error. A class, such as 42000, takes all of its errors.
func conditionMatches(name, code string) bool {
	if name == "others" {
		return code != "P0004" && code != "57014"
	}
	want, ok := conditions[name]
	if !ok {
		want = strings.ToUpper(name)
	}
	return want == code || strings.HasSuffix(want, "000") && len(code) == 5 && strings.HasPrefix(code, want[:2])
}

// noteWrites marks the tables that a statement may write to, where all that is known is its text.
func (r *replay) noteWrites(sql string) {
	if writingWords.MatchString(sql) {
		r.db.unknownWrites = true
	}
}

// write marks the table that a data statement puts rows into.
func (r *replay) write(v *pg_query.RangeVar) {
	if rel := r.findRelation(v.GetSchemaname(), v.GetRelname()); rel != nil {
		rel.written = true
		if len(rel.triggers) > 0 {
			r.db.unknownWrites = true
		}
		for _, p := range rel.parents {
			p.written = true
		}
		for _, child := range r.children(rel) {
			child.written = true
		}
	}
}
