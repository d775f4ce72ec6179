package catalog

import (
	"sort"
	"sync"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// Analysed is one statement of a query file.
type Analysed struct {
	// Span is the statement without the comments before it and the semicolon.
	Span source.Span
	// Query is nil if the statement could not be analysed: then Problems say why.
	Query    *Query
	Problems source.List
	// Called are sqlc's names, where Query is set.
	Called Called
}

// queries is what is kept of the replay to analyse queries with. It is safe for concurrent use.
type queries struct {
	once  sync.Once
	state *replay
	mu    sync.Mutex
	views map[Name]*Query
}

// kept is what Load kept. A catalog that it did not make knows PostgreSQL's own objects alone.
func (c *Catalog) kept() *queries {
	if c.queries == nil {
		return &queries{state: &replay{db: newDatabase()}}
	}
	return c.queries
}

// session is a replay that looks names up in a schema, and changes nothing.
func (q *queries) session(defaultSchema string) *replay {
	q.once.Do(q.state.complete)
	if defaultSchema == "" {
		defaultSchema = "public"
	}
	db := *q.state.db
	db.path = []string{defaultSchema}
	return &replay{db: &db, settings: map[string]string{}}
}

// complete makes at once what is else made when it is first asked for, and forgets what ends with the session.
func (r *replay) complete() {
	db := *r.db
	db.schemas = map[string]*schema{}
	for name, s := range r.db.schemas {
		if !s.temporary {
			db.schemas[name] = s
		}
	}
	r.db = &db
	r.temporary()
	for _, s := range r.db.sortedSchemas() {
		if s.builtin {
			for _, name := range builtinRelationNames(s.name) {
				r.relationIn(s, name)
			}
		}
	}
}

// Analyse analyses the statements of a query file. Names without a schema are looked for in defaultSchema ("" is public),
// then pg_catalog. Problems have places, and SQLSTATE codes where PostgreSQL would refuse. It is safe for concurrent use.
func (c *Catalog) Analyse(f *source.File, defaultSchema string) []Analysed {
	r := c.kept().session(defaultSchema)
	statements, list := parseFile(f)
	var out []Analysed
	for _, d := range list {
		out = append(out, Analysed{Span: d.Span, Problems: source.List{d}})
	}
	for _, st := range statements {
		out = append(out, r.analysed(st))
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Span.Start < out[j].Span.Start })
	return out
}

// analysed analyses one statement.
func (r *replay) analysed(st *statement) Analysed {
	out := Analysed{Span: st.span()}
	if st.cut && st.returning == nil {
		out.Problems = source.List{source.Errorf(st.head(), codeNewerSyntax, "this RETURNING is newer than the grammar of PostgreSQL 16, which trefoil parses")}
		return out
	}
	params := rewriteMacros(st)
	called := calledBy(st, params)
	a := &analysis{r: r, st: st, params: params}
	q := a.whole(st.node)
	q.Span = st.span()
	q.Params = a.finish(st.span())
	if len(a.problems) == 0 {
		a.unknowns(q)
	}
	if len(a.problems) > 0 {
		out.Problems = a.problems
		return out
	}
	q.marks(aliasesOf(st.node, st.returning))
	out.Query, out.Called = q, called.only(q)
	return out
}

// whole walks a statement.
func (a *analysis) whole(n *pg_query.Node) *Query {
	if call := n.GetCallStmt(); call != nil {
		a.calling = true
		a.expr(&pg_query.Node{Node: &pg_query.Node_FuncCall{FuncCall: call.Funccall}}, (*scope)(nil).inner())
		return &Query{Command: OtherCommand}
	}
	q, _ := a.subquery(n, nil)
	if into := n.GetSelectStmt(); into.GetIntoClause() != nil {
		return &Query{Command: OtherCommand} // SELECT INTO makes a table
	}
	return q
}

// unknowns says which columns and parameters have types that could not be told.
func (a *analysis) unknowns(q *Query) {
	for _, c := range q.Columns {
		if c.Type.Kind == UnknownType {
			at := q.Span
			if c.Value != nil {
				at = spanOr(c.Value.At(), q.Span)
			}
			a.problem(hinted(at, codeUnknownQueryType, "A cast in the query tells it.", "the type of column %q is not known", c.Name))
		}
	}
	for _, p := range q.Params {
		if p != nil && p.Type.Kind == UnknownType {
			a.problem(hinted(p.Uses[0], codeUnknownQueryType, "A cast in the query tells it.", "the type of parameter %d is not known", p.Number))
		}
	}
}

// marks takes the marks of overrides off the names of the result's columns that are aliases.
func (q *Query) marks(aliases map[string]bool) {
	for i := range q.Columns {
		c := &q.Columns[i]
		last := len(c.Name) - 1
		if last < 1 || !aliases[c.Name] {
			continue
		}
		if m := NullMark(c.Name[last]); m == NeverMark || m == PerhapsMark {
			c.Name, c.Null = c.Name[:last], m
		}
	}
}

// aliasesOf are the aliases of a statement's result.
func aliasesOf(n *pg_query.Node, returning []*pg_query.Node) map[string]bool {
	list := n.GetSelectStmt().GetTargetList()
	for s := n.GetSelectStmt(); s.GetLarg() != nil; s = s.Larg {
		list = s.Larg.TargetList
	}
	for _, more := range [][]*pg_query.Node{
		returning, n.GetInsertStmt().GetReturningList(), n.GetUpdateStmt().GetReturningList(), n.GetDeleteStmt().GetReturningList(),
	} {
		list = append(list[:len(list):len(list)], more...)
	}
	out := map[string]bool{}
	for _, t := range list {
		out[t.GetResTarget().GetName()] = true
	}
	return out
}

// View is the analysed query of a view or materialized view; nil for other relations. Its columns have the view's names. It
// is safe for concurrent use.
func (c *Catalog) View(n Name) *Query {
	kept := c.kept()
	r := kept.session("")
	kept.mu.Lock()
	defer kept.mu.Unlock()
	if q, ok := kept.views[n]; ok {
		return q
	}
	if kept.views == nil {
		kept.views = map[Name]*Query{}
	}
	kept.views[n] = r.view(n)
	return kept.views[n]
}

func (r *replay) view(n Name) *Query {
	rel := r.findRelation(n.Schema, n.Name)
	if rel == nil || rel.query == nil {
		return nil
	}
	e := rel.query
	a := &analysis{r: r, st: &statement{file: e.file, offset: e.offset, start: e.start, end: e.end}, stars: e.stars}
	q, _ := a.subquery(e.node, nil)
	if len(a.problems) > 0 || len(q.Columns) != len(rel.columns) {
		return nil
	}
	for i, c := range rel.columns {
		q.Columns[i].Name = c.name
	}
	return q
}
