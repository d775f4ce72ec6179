package catalog_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

func TestAliasMarks(t *testing.T) {
	for sql, want := range map[string]string{
		`SELECT sum(n) AS "total!" FROM t`:                                                `SELECT sum(n) AS "total_" FROM t`,
		`SELECT sum(n) "total?" FROM t`:                                                   `SELECT sum(n) "total_" FROM t`,
		`SELECT a AS "a!", b AS "b?", c AS "c" FROM t ORDER BY "b?", "a!"`:                `SELECT a AS "a_", b AS "b_", c AS "c" FROM t ORDER BY "b_", "a_"`,
		`SELECT a AS "x""y!" FROM t`:                                                      `SELECT a AS "x""y_" FROM t`,
		`SELECT a AS "é!" FROM t`:                                                         `SELECT a AS "é_" FROM t`,
		`SELECT "total!" FROM t`:                                                          `SELECT "total!" FROM t`,
		`SELECT t."total!" AS "total!" FROM t`:                                            `SELECT t."total!" AS "total_" FROM t`,
		`SELECT a AS "!" FROM t`:                                                          `SELECT a AS "!" FROM t`,
		`SELECT a FROM t WHERE b = '"total!"' /* "total!" */`:                             `SELECT a FROM t WHERE b = '"total!"' /* "total!" */`,
		`SELECT x FROM (SELECT a AS "x!" FROM t) AS s`:                                    `SELECT x FROM (SELECT a AS "x!" FROM t) AS s`,
		`SELECT a AS "a!" FROM t UNION SELECT b FROM u`:                                   `SELECT a AS "a_" FROM t UNION SELECT b FROM u`,
		`INSERT INTO t (a) VALUES (1) RETURNING a AS "a!"`:                                `INSERT INTO t (a) VALUES (1) RETURNING a AS "a_"`,
		`UPDATE t SET a = 1 RETURNING a + 1 AS "a?"`:                                      `UPDATE t SET a = 1 RETURNING a + 1 AS "a_"`,
		`DELETE FROM t RETURNING a AS "a!"`:                                               `DELETE FROM t RETURNING a AS "a_"`,
		`WITH x AS (SELECT 1 AS n) SELECT n AS "n!", @p::int AS "p!", sqlc.arg(q) FROM x`: `WITH x AS (SELECT 1 AS n) SELECT n AS "n_", @p::int AS "p_", sqlc.arg(q) FROM x`,
	} {
		marks, err := catalog.AliasMarks(sql)
		require.NoError(t, err, sql)
		got := []byte(sql)
		for _, m := range marks {
			assert.Equal(t, string(m.Mark), string(got[m.At]))
			got[m.At] = '_'
		}
		assert.Equal(t, want, string(got))
	}
	marks, err := catalog.AliasMarks(`SELECT a AS "x""y!" FROM t`)
	require.NoError(t, err)
	assert.Equal(t, []catalog.AliasMark{{At: 17, Name: `x"y`, Mark: catalog.NeverMark}}, marks)
	_, err = catalog.AliasMarks(`SELECT a AS "a!" FROM`)
	assert.Error(t, err)
}

func FuzzAliasMarks(f *testing.F) {
	f.Add(`SELECT sum(n) AS "total!" FROM t ORDER BY "total!"`)
	f.Add(`SELECT "a""!" "b?" , U&"c!" FROM "t!"`)
	f.Fuzz(func(t *testing.T, sql string) {
		marks, err := catalog.AliasMarks(sql)
		if err != nil {
			return
		}
		for _, m := range marks {
			assert.Contains(t, "!?", string(sql[m.At]))
			assert.Equal(t, byte('"'), sql[m.At+1])
		}
	})
}
