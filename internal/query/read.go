package query

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// Read fills in the queries of an input from their files and the catalog's analysis, in place of sqlc's answers: what sqlc
// calls them, their columns and parameters. It tells in which files there are queries that cannot be analysed, or have
// something that only sqlc can name: those wait for Told. It is false where the files have something that only sqlc can
// read. bulk tells whether sqlc itself will check what :copyfrom and :batch commands ask of a statement.
func Read(in Input, files *sqlc.QueryFiles, bulk bool) (_ Input, unread []*source.File, ok bool) {
	if in.Queries, ok = files.Named(); !ok {
		return in, nil, false
	}
	texts, _ := files.Files()
	in.statements = in.analysed(texts)
	b := &builder{Input: in}
	waiting := map[*source.File]bool{}
	for i := range in.Queries {
		one := in.Queries[i]
		if b.read(&one, bulk) {
			in.Queries[i] = one
		} else {
			waiting[one.Span.File] = true
		}
	}
	for _, f := range texts {
		if waiting[f] || slices.ContainsFunc(in.statements[f], func(a catalog.Analysed) bool { return a.Query == nil }) {
			unread = append(unread, f)
		}
	}
	return in, unread, true
}

// Told fills in the queries that were not read from sqlc's answers. It is false where sqlc knows nothing of one.
func (in Input) Told(answers []sqlc.Query) (Input, bool) {
	byName := map[string]sqlc.Query{}
	for _, q := range answers {
		byName[q.Name] = q
	}
	in.Queries = slices.Clone(in.Queries)
	for i, q := range in.Queries {
		if q.Read {
			continue
		}
		told, ok := byName[q.Name]
		if !ok {
			return in, false
		}
		in.Queries[i] = told
	}
	return in, true
}

// plainCommands are those that sqlc asks nothing of a statement for, save rows.
var plainCommands = []string{":one", ":many", ":exec", ":execresult", ":execrows"}

// read names a query's columns and parameters.
func (b *builder) read(s *sqlc.Query, bulk bool) bool {
	if !bulk && !slices.Contains(plainCommands, s.Cmd) {
		return false
	}
	found, _ := b.statement(s)
	if found == nil || found.Query == nil || found.Query.Command == catalog.MergeCommand {
		return false
	}
	q := found.Query
	s.Read = true
	if q.Command == catalog.InsertCommand && q.Write != nil {
		s.InsertInto = q.Write.Target.Relation
	}
	for _, p := range q.Params {
		called, ok := found.Called.Params[p.Number]
		if !ok {
			return false
		}
		s.Params = append(s.Params, sqlc.Param{Number: p.Number, Column: sqlc.Column{
			Name: called.Name, NamedParam: p.Name != "", Slice: p.Slice, NotNull: called.Null == catalog.NeverMark,
			Unknown: called.Null == catalog.NoMark,
		}})
	}
	returns := s.Cmd == ":one" || s.Cmd == ":many" || s.Cmd == ":batchone" || s.Cmd == ":batchmany"
	return readColumns(s, q, found.Called) && (!returns || len(s.Columns) > 0)
}

// readColumns names the columns of a result: one by one, save that stars stand for as many as are left.
func readColumns(s *sqlc.Query, q *catalog.Query, called catalog.Called) bool {
	all, targets := groups(q.Columns), called.Targets
	stars, embeds := 0, 0
	for _, t := range targets {
		if !t.Known {
			return false
		}
		if t.Star {
			stars++
		}
	}
	if len(all) > 0 && len(targets) == 0 || stars == 0 && len(all) != len(targets) {
		return false
	}
	for _, group := range all {
		c := sqlc.Column{Name: group[0].Name, Embed: group[0].Embed}
		if c.Embed != nil {
			c.Name = c.Embed.Name
			embeds++
		}
		s.Columns = append(s.Columns, c)
	}
	// An embed within a subquery is one for sqlc wherever the star of the subquery stands.
	return embeds == called.Embeds && nameTargets(s.Columns, targets, stars)
}

// nameTargets gives the columns that are no star's sqlc's names. Between two stars nobody can tell which these are, unless
// sqlc's names are the server's.
func nameTargets(columns []sqlc.Column, targets []catalog.CalledTarget, stars int) bool {
	name := func(c *sqlc.Column, t catalog.CalledTarget) {
		if c.Embed == nil {
			c.Name = unmarked(c.Name, t.Name)
		}
	}
	for i := 0; i < len(targets) && i < len(columns) && !targets[i].Star; i++ {
		name(&columns[i], targets[i])
	}
	last := len(targets) - 1
	for i := 0; i <= last && i < len(columns) && !targets[last-i].Star; i++ {
		name(&columns[len(columns)-1-i], targets[last-i])
	}
	between := slices.ContainsFunc(targets, func(t catalog.CalledTarget) bool { return !t.Star && t.Name == "" })
	return stars < 2 || !between
}

// unmarked is a name that sqlc sees without the mark of an override, which the server's name has lost.
func unmarked(server, called string) string {
	if n := len(called) - 1; n > 0 && called[:n] == server {
		return server
	}
	return called
}
