package catalog

import (
	"regexp"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// walkNodes calls visit for a node and all below it; visit says whether to go further down.
func walkNodes(n *pg_query.Node, visit func(*pg_query.Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	walkFields(n.ProtoReflect(), visit)
}

func walkFields(m protoreflect.Message, visit func(*pg_query.Node) bool) {
	below := func(m protoreflect.Message) {
		if n, ok := m.Interface().(*pg_query.Node); ok {
			walkNodes(n, visit)
			return
		}
		walkFields(m, visit)
	}
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.Message() == nil:
		case f.IsList():
			for i := range v.List().Len() {
				below(v.List().Get(i).Message())
			}
		default:
			below(v.Message())
		}
		return true
	})
}

// changingWords are what DDL and EXECUTE begin with, in a body's text.
var changingWords = regexp.MustCompile(`(?i)\b(create|alter|drop|comment|execute|truncate|import|set|call|perform|select)\b`)

var writingWords = regexp.MustCompile(`(?i)\b(insert|copy|merge|update|execute)\b`)

// writes tells whether a function may put rows into tables.
func (f *function) writes() bool { return writingWords.MatchString(f.body) }

// changes tells whether running a function may change the catalog.
func (r *replay) changes(f *function) bool {
	if !changingWords.MatchString(f.body) || r.depth >= maxDepth {
		return false
	}
	r.depth++
	defer func() { r.depth-- }()
	if f.language == "sql" {
		tree, err := pg_query.Parse(f.body)
		if err != nil {
			return false
		}
		for _, raw := range tree.Stmts {
			if r.statementChanges(raw.Stmt) {
				return true
			}
		}
		return false
	}
	fn, err := r.parsedBody(f)
	return err == nil && r.anyChanges(fn.Action.Body, fn.Action.Exceptions)
}

// dataStatements are replayed for the sake of which tables have rows, and change no type.
var dataStatements = map[string]bool{"InsertStmt": true, "MergeStmt": true, "CopyStmt": true}

// statementChanges tells whether a parsed statement changes the catalog.
func (r *replay) statementChanges(n *pg_query.Node) bool {
	if q := n.GetSelectStmt(); q != nil {
		return q.IntoClause != nil || r.hasEffect(q)
	}
	if call := n.GetCallStmt(); call != nil {
		f := r.callee(stringsOf(call.Funccall.Funcname), len(call.Funccall.Args))
		return f != nil && r.changes(f)
	}
	kind := nodeKind(n)
	if kind == "TransactionStmt" || kind == "VariableSetStmt" && n.GetVariableSetStmt().Name != "search_path" {
		return false
	}
	_, skipped := ignored[kind]
	return !skipped && !dataStatements[kind]
}

// anyChanges tells whether any of some statements of PL/pgSQL changes the catalog.
func (r *replay) anyChanges(body []plNode, exceptions *plNode) bool {
	for i := range body {
		if r.plChanges(&body[i]) {
			return true
		}
	}
	if exceptions != nil {
		for _, e := range exceptions.ExcList {
			if r.anyChanges(e.Action, nil) {
				return true
			}
		}
	}
	return false
}

func (r *replay) plChanges(n *plNode) bool {
	switch n.Kind {
	case "stmt_execsql":
		return r.textChanges(n.SQL.Text)
	case "stmt_dynexecute":
		return r.dynamicChanges(n.Query.Text)
	case "stmt_perform", "stmt_call":
		return r.textChanges(n.Expr.Text)
	case "stmt_assign":
		return r.textChanges(assigned(n.Expr.Text))
	case "stmt_fors":
		if r.textChanges(n.Query.Text) {
			return true
		}
	}
	for _, part := range [][]plNode{n.Body, n.Then, n.Else, n.Stmts, n.ElseStmt, n.Elsifs, n.Whens} {
		if r.anyChanges(part, nil) {
			return true
		}
	}
	return r.anyChanges(nil, n.Exceptions)
}

// textChanges parses a statement of a body.
func (r *replay) textChanges(sql string) bool {
	if !changingWords.MatchString(sql) {
		return false
	}
	tree, err := pg_query.Parse(sql)
	if err != nil {
		return true
	}
	for _, raw := range tree.Stmts {
		if r.statementChanges(raw.Stmt) {
			return true
		}
	}
	return false
}

// harmless are the beginnings of statements that change no type, as EXECUTE strings begin.
var harmless = regexp.MustCompile(`(?is)^\s*(grant|revoke|insert|update|delete|truncate|analyze|vacuum|lock|reindex|cluster|refresh|` +
	`alter\s+default\s+privileges|(create|alter|drop)\s+(role|user|group|database|publication|subscription|server|event\s+trigger|system)|` +
	`alter\s+(table|function|view|sequence|schema|type)\s+[^;]*\s+(owner\s+to\s+|set\s*\())`)

// dynamicChanges judges an EXECUTE by the constant that its string begins with.
func (r *replay) dynamicChanges(expr string) bool {
	tree, err := pg_query.Parse("SELECT " + expr)
	if err != nil || len(tree.Stmts) != 1 {
		return true
	}
	targets := tree.Stmts[0].Stmt.GetSelectStmt().GetTargetList()
	if len(targets) != 1 {
		return true
	}
	text, whole := leadingText(targets[0].GetResTarget().Val)
	if harmless.MatchString(text) {
		return false
	}
	return !whole || r.textChanges(text)
}

// leadingText is the constant that an expression's text begins with, and whether that is all of it.
func leadingText(n *pg_query.Node) (string, bool) {
	if c := n.GetAConst(); c != nil {
		return c.GetSval().GetSval(), true
	}
	if e := n.GetAExpr(); e != nil && strings.Join(stringsOf(e.Name), "") == "||" {
		left, whole := leadingText(e.Lexpr)
		if !whole {
			return left, false
		}
		right, whole := leadingText(e.Rexpr)
		return left + right, whole
	}
	if call := n.GetFuncCall(); call != nil && len(call.Args) > 0 {
		if _, name := splitName(stringsOf(call.Funcname)); name == "format" || name == "concat" {
			text, _ := leadingText(call.Args[0])
			return text, len(call.Args) == 1 && !strings.Contains(text, "%")
		}
	}
	return "", false
}
