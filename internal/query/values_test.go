package query

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// traced are queries with the constants that their only column may hold beside the values of the columns kind and old_kind; nil
// where it may hold others.
var traced = map[string][]string{
	`SELECT kind FROM c`:                                             {},
	`SELECT kind::text FROM c`:                                       {},
	`SELECT kind::varchar(50) FROM c`:                                nil,
	`SELECT kind::varchar(2) FROM c`:                                 nil,
	`SELECT kind || '' FROM c`:                                       nil,
	`SELECT lower(kind) FROM c`:                                      nil,
	`SELECT coalesce(old_kind, kind) FROM c`:                         {},
	`SELECT coalesce(old_kind, 'firm') FROM c`:                       {"firm"},
	`SELECT coalesce(old_kind, 'none') FROM c`:                       {"none"},
	`SELECT coalesce(old_kind, name) FROM c`:                         nil,
	`SELECT nullif(kind, 'firm') FROM c`:                             {},
	`SELECT greatest(kind, old_kind, 'person') FROM c`:               {"person"},
	`SELECT min(kind) FROM c`:                                        {},
	`SELECT max(kind) FILTER (WHERE id > 1) FROM c`:                  {},
	`SELECT count(kind)::text FROM c`:                                nil,
	`SELECT mode() WITHIN GROUP (ORDER BY kind) FROM c`:              {},
	`SELECT first_value(kind) OVER (ORDER BY id) FROM c`:             {},
	`SELECT lag(kind) OVER (ORDER BY id) FROM c`:                     {},
	`SELECT lag(kind, 1, 'none') OVER (ORDER BY id) FROM c`:          {"none"},
	`SELECT CASE WHEN id > 1 THEN kind END FROM c`:                   {},
	`SELECT CASE WHEN id > 1 THEN kind ELSE 'x' END FROM c`:          {"x"},
	`SELECT CASE kind WHEN 'firm' THEN 'a' ELSE old_kind END FROM c`: {"a"},
	`SELECT (SELECT kind FROM c AS d WHERE d.id = c.id) FROM c`:      {},
	`SELECT k FROM (SELECT kind AS k FROM c) AS t`:                   {},
	`WITH t (k) AS (SELECT kind FROM c) SELECT k FROM t`:             {},
	`WITH RECURSIVE t AS (SELECT 1 AS n, kind FROM c UNION ALL SELECT n + 1, kind FROM t WHERE n < 3) SELECT kind FROM t`: {},
	`SELECT kind FROM c UNION SELECT old_kind FROM c`:                                                                     {},
	`SELECT kind FROM c UNION ALL VALUES ('firm'), ('other'), (NULL)`:                                                     {"firm", "other"},
	`SELECT kind FROM c EXCEPT SELECT name FROM c`:                                                                        {},
	`SELECT kind FROM v`: {},
	`SELECT u.kind FROM o LEFT JOIN c AS u ON u.id = o.c_id`:         {},
	`SELECT kind FROM c JOIN (SELECT kind FROM c) AS d USING (kind)`: {},
	`SELECT NULL::text FROM c`:                                       nil,
	`UPDATE c SET old_kind = kind RETURNING old_kind`:                {},
}

// TestValuesAreTraced runs queries on a server: they give no value that was not found.
func TestValuesAreTraced(t *testing.T) {
	db := pgtest.New(t)
	db.Exec(t, shapeSchema+shapeData)
	cat, conn := load(t, shapeSchema), db.Conn(context.Background())
	for sql, constants := range traced {
		t.Run(sql, func(t *testing.T) {
			c := describeOne(t, cat, sql).Columns[0]
			rows := texts(t, conn, sql)
			if constants == nil {
				assert.True(t, c.Values == nil || slices.ContainsFunc(c.Values.Columns, func(n catalog.ColumnName) bool { return n.Column == "name" }))
				return
			}
			require.NotNil(t, c.Values)
			assert.ElementsMatch(t, constants, c.Values.Constants)
			for _, v := range rows {
				if v != nil {
					assert.True(t, slices.Contains([]string{"person", "firm"}, *v) || slices.Contains(constants, *v), *v)
				}
			}
		})
	}
}
