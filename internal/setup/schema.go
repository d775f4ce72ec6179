package setup

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/migration"
)

// Schema is a place that a schema can be read from.
type Schema struct {
	Path string
	migration.Recognised
}

// places are where tools and people keep a schema, as the ends of paths; those of directories have a slash. Among
// equals the first is taken.
var places = []string{
	"supabase/migrations/", "prisma/migrations/", "drizzle/", "drizzle/migrations/", "db/migrations/", "database/migrations/",
	"sql/migrations/", "migrations/", "sql/schema/", "db/schema/", "schema/",
	"db/structure.sql", "structure.sql", "db/schema.sql", "sql/schema.sql", "schema.sql",
}

// findSchema takes what a tool's layout is recognised in, else plain SQL; of these what is nearest to the project's
// directory.
func (p *Project) findSchema() {
	type candidate struct {
		Schema
		plain, depth, rank int
	}
	var all []candidate
	for _, found := range p.tree {
		rank := slices.IndexFunc(places, func(place string) bool { return strings.HasSuffix("/"+found, "/"+place) })
		if rank < 0 {
			continue
		}
		c := candidate{Schema: Schema{Path: strings.TrimSuffix(found, "/")}, depth: depth(found), rank: rank}
		how, ok := migration.Recognise(p.Dir, c.Path)
		if !ok {
			continue
		}
		c.Recognised = how
		if how.Layout == "plain" {
			c.plain = 1
		}
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(a.plain-b.plain, a.depth-b.depth, a.rank-b.rank)
	})
	for i, c := range all {
		switch {
		case i == 0:
			p.Schema = c.Schema
		case !within(c.Path, p.Schema.Path) && !within(p.Schema.Path, c.Path):
			p.Rivals = append(p.Rivals, c.Schema)
		}
	}
}

// Queries is a folder with query files of sqlc's.
type Queries struct {
	Path  string
	Files int
}

// queryName is the comment that sqlc takes a query's name from.
var queryName = regexp.MustCompile(`(?m)^\s*(?:--|#|/\*)\s*name:\s*\w+\s+:\w+`)

// findQueries lists the folders with query files outside of the schema.
func (p *Project) findQueries() {
	for _, file := range p.tree {
		if path.Ext(file) != ".sql" || p.Schema.Path != "" && within(file, p.Schema.Path) || !queryName.Match(p.read(file)) {
			continue
		}
		dir := path.Dir(file)
		i := slices.IndexFunc(p.Queries, func(q Queries) bool { return q.Path == dir })
		if i < 0 {
			i = len(p.Queries)
			p.Queries = append(p.Queries, Queries{Path: dir})
		}
		p.Queries[i].Files++
	}
	slices.SortFunc(p.Queries, func(a, b Queries) int { return cmp.Compare(a.Path, b.Path) })
}
