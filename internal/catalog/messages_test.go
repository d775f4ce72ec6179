package catalog

import (
	"testing"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// inGeneral visits what messagesIn visits, in protobuf's own way.
func inGeneral(m protoreflect.Message, visit func(any)) {
	visit(m.Interface())
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		if f.Message() == nil || !m.Has(f) {
			continue
		}
		if !f.IsList() {
			inGeneral(m.Get(f).Message(), visit)
			continue
		}
		for k, list := 0, m.Get(f).List(); k < list.Len(); k++ {
			inGeneral(list.Get(k).Message(), visit)
		}
	}
}

func TestMessagesIn(t *testing.T) {
	for _, sql := range []string{
		"SELECT a.*, count(*) FILTER (WHERE x IS NULL) OVER (PARTITION BY y ORDER BY z) FROM t AS a (b) LEFT JOIN LATERAL (SELECT 1) AS s ON true WHERE a[1:2] = ANY ($1)",
		"WITH RECURSIVE w (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM w) SEARCH DEPTH FIRST BY n SET o SELECT 'x'::numeric(3, 1), 1.5, B'1', NULL, true FROM w FOR UPDATE",
		"INSERT INTO t (a, b[1]) VALUES (DEFAULT, ROW(1, 'a')), ((SELECT 2), CASE WHEN x THEN y ELSE z END) ON CONFLICT (a) WHERE c DO UPDATE SET a = excluded.a RETURNING *",
		"UPDATE t SET (a, b) = (SELECT 1, 2) FROM u WHERE t.id = u.id",
		"MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)",
		"CREATE TABLE t (a int CHECK (a > 0), b text COLLATE \"C\" DEFAULT 'x' REFERENCES u (id), EXCLUDE USING gist (c WITH &&)) PARTITION BY RANGE (a)",
		"ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u, ALTER b TYPE int USING b::int",
	} {
		tree, err := pg_query.Parse(sql)
		require.NoError(t, err)
		var want, have []any
		inGeneral(tree.Stmts[0].Stmt.ProtoReflect(), func(m any) { want = append(want, m) })
		messagesIn(tree.Stmts[0].Stmt, func(m any) { have = append(have, m) })
		require.Len(t, have, len(want), sql)
		for i := range want {
			assert.Same(t, want[i], have[i], sql)
		}
	}
}
