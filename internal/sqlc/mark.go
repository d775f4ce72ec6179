package sqlc

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// unmarked takes the marks off the aliases in a query file's text, or in what is to be run of it: AS "total!" becomes
// AS "total" and a blank, so that all bytes stand where the file's do.
func unmarked(f *source.File, text string) string {
	if !strings.Contains(text, `!"`) && !strings.Contains(text, `?"`) {
		return text
	}
	out := []byte(text)
	for _, s := range statements(f) {
		marks, err := catalog.AliasMarks(text[s.start:s.end])
		if err != nil {
			continue // for sqlc to report
		}
		for _, m := range marks {
			out[s.start+m.At], out[s.start+m.At+1] = '"', ' '
		}
	}
	return string(out)
}

// locate notes where the queries stand in their files.
func (r *runner) locate(queries []Query) {
	byName := map[string]*statement{}
	for _, s := range r.allQueries() {
		byName[s.name] = s
	}
	for i := range queries {
		if s, ok := byName[queries[i].Name]; ok && s.name != "" {
			queries[i].Span = source.Span{File: s.file, Start: s.start, End: s.end}
			queries[i].NameSpan = s.nameAt
		}
	}
}
