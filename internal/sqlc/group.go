package sqlc

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
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
var usual = sizes{from: 400, part: 100, tables: 300}

// wholeOnly are the options of gen: go: with which a file of sqlc's depends on all queries in a way that parts do not
// show: which structs are used, the statements to prepare, and the names that constants may not have.
var wholeOnly = []string{"omit_unused_structs", "emit_prepared_queries", "emit_exported_queries"}

// groups splits the query files into parts that sqlc can be run on side by side. It is false if all should be one run.
func (r *runner) groups(s sizes) (groups []group, ok bool) {
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
	// words are all names that can be meant in it, as they are written and as PostgreSQL folds them.
	words map[string]bool
	// plain tells that every name in it can be read off its words.
	plain bool
}

var bulkCommand = regexp.MustCompile(`(?m)^(?:--|/\*) name: +\S+ +:(?:copyfrom|batch)`)

func unitsOf(files []queryFile) []unit {
	var units []unit
	for i, f := range files {
		if i == 0 || path.Base(f.Path) != path.Base(files[i-1].Path) {
			units = append(units, unit{plain: true, words: map[string]bool{}})
		}
		u := &units[len(units)-1]
		u.files = append(u.files, f)
		u.queries += len(nameLine.FindAllStringIndex(f.Text, -1))
		u.bulk = u.bulk || bulkCommand.MatchString(f.Text)
		u.plain = u.plain && u.read(f)
	}
	return units
}

// maxName is how many bytes of a name PostgreSQL keeps.
const maxName = 63

// read notes the words of a file. It is false where a name is written with escapes or cut off.
func (u *unit) read(f queryFile) bool {
	tokens, err := f.tokens()
	if err != nil {
		return false
	}
	for _, t := range tokens {
		if !t.Word {
			continue
		}
		word := f.Text[t.Start:t.End]
		if len(word) > maxName || strings.HasPrefix(strings.ToLower(word), `u&`) {
			return false
		}
		u.words[word], u.words[unquoted(word)] = true, true
	}
	return true
}

// group are the query files of one part, and all names that can be meant in them.
type group struct {
	files []queryFile
	words map[string]bool
	room  int // for so many queries more
}

func (g *group) add(u unit) {
	g.files = append(g.files, u.files...)
	maps.Copy(g.words, u.words)
	g.room -= u.queries
}

// grouped puts units into groups of about so many queries. All bulk commands are in the first.
func grouped(units []unit, size int) []group {
	bulk, groups := newGroup(0), []group(nil)
	for _, u := range units {
		switch {
		case u.bulk:
			bulk.add(u)
			continue
		case len(groups) == 0 || groups[len(groups)-1].room <= 0:
			groups = append(groups, newGroup(size))
		}
		groups[len(groups)-1].add(u)
	}
	if bulk.files != nil {
		groups = slices.Insert(groups, 0, bulk)
	}
	return groups
}

func newGroup(size int) group { return group{words: map[string]bool{}, room: size} }
