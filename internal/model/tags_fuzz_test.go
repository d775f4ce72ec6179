package model_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// FuzzTags holds that any comment is prose, tags or a mistake with a place; and that prose is kept.
func FuzzTags(f *testing.F) {
	for _, s := range []string{"", "All.", "@name X", "@type zod:A = a from b python:C", "@omit insert", "@nmae", "@type zod:", "a\n@omit\nb", "@", "@name\tX"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := newSchema()
		s.table("things", column("id", "int4"), column("x", "text", comment(text)))
		m, notes, err := model.Build(model.Input{
			Config: &config.Config{Shared: config.Shared{DefaultSchema: "public"}}, Catalog: &s.catalog,
			Language: naming.TypeScript, Options: config.Options{Target: config.Zod},
		})
		require.NoError(t, err)
		for _, d := range notes {
			require.Equal(t, model.CodeBadTag, d.Code)
			require.Equal(t, source.Warning, d.Severity)
			require.False(t, d.Span.IsZero())
		}
		row := m.Relations[0].Row
		if !strings.Contains(text, "@") {
			require.Equal(t, trimLines(text), field(t, row, "x").Doc)
		}
		require.Equal(t, "id", row.Fields[0].Name)
	})
}

// trimLines drops the blanks at the ends of lines, and the blank lines around a text.
func trimLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " \t\r")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
