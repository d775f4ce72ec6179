package catalog_test

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// FuzzAnalyse: whatever the text, the resolver ends without a panic. A statement has a query or a problem, never both, and
// all places are in the file.
func FuzzAnalyse(f *testing.F) {
	schema, err := os.ReadFile("testdata/query/schema.sql")
	if err != nil {
		f.Fatal(err)
	}
	cat, _, err := catalog.Load([]*source.File{source.NewFile("schema.sql", string(schema))})
	if err != nil {
		f.Fatal(err)
	}
	for _, pattern := range []string{"testdata/query/queries.sql", "../../queries/*.sql", "../../../shared/corpora/*/queries/*.sql"} {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			file := source.NewFile(path, string(text))
			for _, s := range cat.Analyse(file, "") {
				f.Add(file.Text[s.Span.Start:s.Span.End])
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("files are valid UTF-8")
		}
		for _, s := range cat.Analyse(source.NewFile("f.sql", text), "") {
			if (s.Query == nil) != (len(s.Problems) > 0) {
				t.Fatalf("query %v, problems %v", s.Query, s.Problems)
			}
			for _, d := range s.Problems {
				if d.Span.Start < 0 || d.Span.End < d.Span.Start || d.Span.End > len(text) || d.Code == "" || d.Message == "" {
					t.Fatalf("%+v", d)
				}
			}
			if s.Query == nil {
				continue
			}
			for _, c := range s.Query.Columns {
				if c.Type.Kind == catalog.UnknownType {
					t.Fatalf("column %q has no type", c.Name)
				}
			}
			for _, p := range s.Query.Params {
				if p.Type.Kind == catalog.UnknownType || len(p.Uses) == 0 {
					t.Fatalf("parameter %d has no type or use", p.Number)
				}
			}
		}
	})
}
