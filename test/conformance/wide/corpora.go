package wide

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/explain"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

// CorporaSubjects has a table for each CHECK of real projects whose columns have types that probes know; left is how many
// have others.
func CorporaSubjects(t testing.TB, dir string) (out []Subject, left int) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		c := corpora.Catalog(t, dir, e.Name())
		for _, r := range explain.Rules(c) {
			if r.Kind != explain.Check || r.IsDomain {
				continue
			}
			s, ok := corporaSubject(c, r)
			key := fmt.Sprint(s.Check, s.Columns)
			switch {
			case !ok:
				left++
			case !seen[key]:
				seen[key] = true
				out = append(out, s)
			}
		}
	}
	return out, left
}

// corporaSubject is a table of the columns that a CHECK reads.
func corporaSubject(c *catalog.Catalog, rule explain.Rule) (Subject, bool) {
	// A CHECK may name its table, which has another name here.
	sql := regexp.MustCompile(`\b`+regexp.QuoteMeta(rule.Object.Name)+`\.`).ReplaceAllString(rule.SQL, "")
	s := Subject{Group: "CHECKs of real projects", Title: rule.SQL, Constraint: rule.Constraint, Check: sql}
	at := slices.IndexFunc(c.Relations, func(rel catalog.Relation) bool { return rel.Name == rule.Object })
	for _, name := range rule.Columns {
		col, ok := c.Relations[at].Column(name)
		if !ok {
			return s, false
		}
		column, types, ok := corporaColumn(c, col, rule.SQL)
		if !ok {
			return s, false
		}
		s.Columns, s.Types = append(s.Columns, column), append(s.Types, types...)
	}
	return s, len(s.Columns) > 0
}

// corporaColumn is a column of a built-in type that probes know, or of an enum, which has to be made.
func corporaColumn(c *catalog.Catalog, col *catalog.Column, check string) (column Column, types []string, ok bool) {
	sql := catalog.FormatType(col.Type)
	switch col.Type.Kind {
	case catalog.BaseType:
		known := typePool(strings.TrimSuffix(sql, "[]")).Edges != nil
		return Column{Name: col.Name, SQL: sql, Pool: ruledPool(sql, check)}, nil, known
	case catalog.EnumType:
		at := slices.IndexFunc(c.Enums, func(e catalog.Enum) bool { return e.Name == col.Type.Name })
		if at < 0 || col.Type.Array || col.Type.Name.Schema != "public" {
			return column, nil, false
		}
		values := c.Enums[at].Values
		labels := make([]string, len(values))
		for i, v := range values {
			labels[i] = "'" + strings.ReplaceAll(v, "'", "''") + "'"
		}
		made := fmt.Sprintf("CREATE TYPE %q AS ENUM (%s);\n", col.Type.Name.Name, strings.Join(labels, ", "))
		return Column{Name: col.Name, SQL: fmt.Sprintf("%q", col.Type.Name.Name), Pool: text(oneOf(values...), append(values, "", "none of them")...)}, []string{made}, true
	}
	return column, nil, false
}
