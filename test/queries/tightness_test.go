package queries

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/catalog/catalogtest"
	"github.com/trefoil-sql/trefoil/internal/nullability"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// tightness counts the columns and parameters of a project, as sqlc has them and as they are here.
type tightness struct {
	columns          int
	untyped, typed   int // interface{} in sqlc's Go; of these, those with a type here
	nullable, proven int // nullable for sqlc; of these, those that are never NULL
	wrong            int // not-null for sqlc, and can be NULL
	params           int
	anyParams        int // interface{} in sqlc's Go
	typedParams      int
	refused          int // queries
}

// untypedForSqlc are the names with which sqlc says that it cannot tell a type: interface{} in its Go.
var untypedForSqlc = map[string]bool{"any": true, "anyelement": true, "anyarray": true, "record": true, "unknown": true}

// TestTightness prints what is known beyond what sqlc knows. Every column and parameter that it leaves untyped has a type.
func TestTightness(t *testing.T) {
	for _, p := range append(Projects(t), Reference(t)) {
		t.Run(p.Name, func(t *testing.T) {
			cat, _, err := catalog.Load(p.Schema)
			require.NoError(t, err)
			result, _, err := sqlc.Run(context.Background(), sqlc.Input{Config: p.Config, SQL: p.Entry, Catalog: cat, WantQueries: true})
			require.NoError(t, err)
			ours := map[string]*catalog.Query{}
			for _, f := range p.Files {
				statements, err := catalogtest.Split(f.Text)
				require.NoError(t, err)
				names := Names(f, statements)
				for i, a := range cat.Analyse(f, "") {
					ours[f.Path+" "+names[i]] = a.Query
				}
			}
			var c tightness
			for _, q := range result.Queries {
				if analysed := ours[queryKey(q)]; analysed == nil {
					c.refused++ // TestCorporaQueries tells that the server refuses it too
				} else {
					c.count(t, cat, q, analysed)
				}
			}
			t.Logf("%s: %d columns; sqlc leaves %d untyped, of which %d (%s) have a type; it calls %d nullable, of which %d (%s) are never NULL; %d that it calls not-null can be NULL",
				p.Name, c.columns, c.untyped, c.typed, percent(c.typed, c.untyped), c.nullable, c.proven, percent(c.proven, c.nullable), c.wrong)
			t.Logf("%s: %d parameters; sqlc leaves %d untyped, of which %d (%s) have a type", p.Name, c.params, c.anyParams, c.typedParams, percent(c.typedParams, c.anyParams))
			assert.Equal(t, c.untyped, c.typed, "a column has no type")
			assert.Equal(t, c.anyParams, c.typedParams, "a parameter has no type")
			assert.Less(t, c.refused, 4)
		})
	}
}

// count adds a query. sqlc's embed is one column there, and all of the relation's here.
func (c *tightness) count(t *testing.T, cat *catalog.Catalog, theirs sqlc.Query, ours *catalog.Query) {
	t.Helper()
	verdicts := nullability.Columns(cat, ours)
	i := 0
	for _, col := range theirs.Columns {
		if col.Embed != nil {
			for of := ours.Columns[i].EmbedOf; i < len(ours.Columns) && ours.Columns[i].EmbedOf == of; {
				i++
			}
			continue
		}
		if !assert.Less(t, i, len(ours.Columns), theirs.Name) {
			return
		}
		c.column(col, ours.Columns[i].Type, verdicts[i])
		i++
	}
	assert.Equal(t, i, len(ours.Columns), "%s: columns", theirs.Name)
	byNumber := map[int]catalog.Type{}
	for _, p := range ours.Params {
		byNumber[p.Number] = p.Type
	}
	for _, p := range theirs.Params {
		c.params++
		if untypedForSqlc[p.Column.Type.Name] {
			c.anyParams++
			if byNumber[p.Number].Name.Name != "" {
				c.typedParams++
			}
		}
	}
}

func (c *tightness) column(theirs sqlc.Column, ours catalog.Type, v nullability.Verdict) {
	c.columns++
	if untypedForSqlc[theirs.Type.Name] {
		c.untyped++
		if ours.Kind != catalog.UnknownType && ours.Name.Name != "" {
			c.typed++
		}
	}
	switch {
	case !theirs.NotNull:
		c.nullable++
		if !v.Nullable {
			c.proven++
		}
	case v.Nullable:
		c.wrong++
	}
}

func queryKey(q sqlc.Query) string {
	return q.File + " " + strings.TrimSuffix(q.File, ".sql") + "/" + q.Name
}

func percent(part, all int) string {
	if all == 0 {
		return "none"
	}
	return fmt.Sprintf("%.0f%%", 100*float64(part)/float64(all))
}
