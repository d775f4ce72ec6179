package sqlc

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// sizes say when and how the queries are split.
type sizes struct {
	// from is how many queries there have to be, and part how many go into a part, about.
	from, part int
	// tables is how many relations and enums there have to be without queries; half of that go into a part.
	tables int
}

// usual are such that a part's own cost, a process's memory of pg_catalog and the schema's part, is small beside the
// queries', and that a small project is one run.
var usual = sizes{from: 400, part: 200, tables: 300}

// wholeOnly are the options of gen: go: with which a file of sqlc's depends on all queries in a way that parts do not
// show: which structs are used, the statements to prepare, and the names that constants may not have.
var wholeOnly = []string{"omit_unused_structs", "emit_prepared_queries", "emit_exported_queries"}

// groups splits the query files into parts that sqlc can be run on side by side. It is false if all should be one run.
func (r *runner) groups(s sizes) (groups [][]queryFile, ok bool) {
	if r.in.SQL.Go == nil {
		return nil, false
	}
	if len(r.in.SQL.Queries) == 0 {
		return nil, true
	}
	for _, option := range wholeOnly {
		if n := resolved(get(r.in.SQL.Go.Node, option)); n != nil && n.Value != "false" {
			return nil, false
		}
	}
	units := unitsOf(r.files)
	all := 0
	for _, u := range units {
		if !u.plain {
			return nil, false
		}
		all += u.queries
	}
	if all < s.from {
		return nil, false
	}
	return grouped(units, s.part), true
}

// unit is what has to stay together: the files of one base name, of which sqlc makes one file.
type unit struct {
	files   []queryFile
	queries int
	// bulk tells queries that sqlc writes into one file with those of other units: copyfrom.go and batch.go.
	bulk bool
	// plain tells that every name in it can be read off its words.
	plain bool
}

var bulkCommand = regexp.MustCompile(`(?m)^(?:--|/\*) name: +\S+ +:(?:copyfrom|batch)`)

func unitsOf(files []queryFile) []unit {
	var units []unit
	for i, f := range files {
		if i == 0 || path.Base(f.Path) != path.Base(files[i-1].Path) {
			units = append(units, unit{plain: true})
		}
		u := &units[len(units)-1]
		u.files = append(u.files, f)
		u.queries += len(nameLine.FindAllStringIndex(f.Text, -1))
		u.bulk = u.bulk || bulkCommand.MatchString(f.Text)
		u.plain = u.plain && isPlain(f.Text)
	}
	return units
}

// maxName is how many bytes of a name PostgreSQL keeps.
const maxName = 63

// isPlain tells that no name in a text is written with escapes or cut off.
func isPlain(text string) bool {
	tokens, err := catalog.Scan(text)
	return err == nil && !slices.ContainsFunc(tokens, func(t catalog.Token) bool {
		word := text[t.Start:t.End]
		return t.Word && (len(word) > maxName || strings.HasPrefix(strings.ToLower(word), `u&`))
	})
}

// grouped puts units into groups of about so many queries. All bulk commands are in the first.
func grouped(units []unit, size int) [][]queryFile {
	groups := [][]queryFile{nil}
	for _, u := range units {
		if u.bulk {
			groups[0] = append(groups[0], u.files...)
		}
	}
	if groups[0] == nil {
		groups = nil
	}
	room := 0
	for _, u := range units {
		switch {
		case u.bulk:
			continue
		case room <= 0:
			groups, room = append(groups, nil), size
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], u.files...)
		room -= u.queries
	}
	return groups
}
