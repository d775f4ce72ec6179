package catalog

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/trefoil-sql/trefoil/internal/source"
)

func loadText(t *testing.T, sql string) *Catalog {
	t.Helper()
	cat, _, err := Load([]*source.File{source.NewFile("t.sql", sql)})
	require.NoError(t, err)
	return cat
}

func onlyRelation(t *testing.T, c *Catalog, name string) Relation {
	t.Helper()
	for _, r := range c.Relations {
		if r.Name.Name == name {
			return r
		}
	}
	t.Fatalf("no relation %s", name)
	return Relation{}
}

// TestNewerSyntax replays what PostgreSQL 17 and 18 added. No server of these releases is asked: what is expected is
// what their documentation says.
func TestNewerSyntax(t *testing.T) {
	cat := loadText(t, `
CREATE TABLE t (
    a int, -- a comment stays where it is
    b int GENERATED ALWAYS AS (a * 2) VIRTUAL,
    c int GENERATED ALWAYS AS (a + 1),
    d int GENERATED ALWAYS AS (a + (a)) STORED,
    e text,
    CONSTRAINT e_there NOT NULL e,
    CONSTRAINT a_positive CHECK (a > 0) NOT ENFORCED
);
ALTER TABLE t ADD CONSTRAINT a_there NOT NULL a;
ALTER TABLE t ALTER COLUMN d SET EXPRESSION AS (a * 7);
CREATE TABLE p (id int, during tstzrange, PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE q (id int, during tstzrange, FOREIGN KEY (id, PERIOD during) REFERENCES p (id, PERIOD during));
MERGE INTO t USING p ON p.id = t.a WHEN MATCHED THEN DELETE RETURNING merge_action(), t.*;
UPDATE t SET e = 'x' RETURNING WITH (OLD AS o, NEW AS n) o.e, n.e;
ALTER TABLE t ALTER COLUMN e SET STATISTICS DEFAULT;
CREATE DOMAIN d AS text;
ALTER DOMAIN d ADD CONSTRAINT there NOT NULL;
`)
	rel := onlyRelation(t, cat, "t")
	generated, notNull := map[string]Generated{}, map[string]bool{}
	for _, c := range rel.Columns {
		generated[c.Name], notNull[c.Name] = c.Generated, c.NotNull
		assert.Equal(t, c.Name, c.Span.Text(), "the place of the column")
		if c.Default != nil {
			assert.Contains(t, c.Default.Span.Text(), "a ", "the place of the expression")
		}
	}
	assert.Equal(t, map[string]Generated{
		"a": NotGenerated, "b": GeneratedVirtual, "c": GeneratedVirtual, "d": GeneratedStored, "e": NotGenerated,
	}, generated)
	assert.Equal(t, map[string]bool{"a": true, "b": false, "c": false, "d": false, "e": true}, notNull)
	d, _ := rel.Column("d")
	assert.Equal(t, "a * 7", d.Default.SQL)
	require.Len(t, rel.Checks, 1)
	assert.True(t, rel.Checks[0].NotValid, "a constraint that is not enforced says nothing of the rows")
	assert.Equal(t, []string{"id", "during"}, onlyRelation(t, cat, "p").PrimaryKey.Columns)
	assert.Len(t, onlyRelation(t, cat, "q").ForeignKeys, 1)
	require.Len(t, cat.Domains, 1)
	assert.True(t, cat.Domains[0].NotNull)
}

func TestNewerSyntaxThatIsRefused(t *testing.T) {
	_, _, err := Load([]*source.File{source.NewFile("t.sql",
		"CREATE VIEW v AS SELECT * FROM JSON_TABLE('{}'::jsonb, '$' COLUMNS (a int PATH '$.a'));\nCREATE TABLE u (a int);")})
	var list source.List
	require.ErrorAs(t, err, &list)
	require.Len(t, list, 1)
	assert.Equal(t, codeNewerSyntax, list[0].Code)
	assert.Equal(t, "JSON_TABLE", list[0].Span.Text())
}

// FuzzNewer: whatever a statement is, its rewritten form has all of its locations inside the statement.
func FuzzNewer(f *testing.F) {
	f.Add("CREATE TABLE t (a int GENERATED ALWAYS AS (1) VIRTUAL, CONSTRAINT n NOT NULL a)")
	f.Add("CREATE TABLE t (a int GENERATED ALWAYS AS (1), b int GENERATED ALWAYS AS (2))")
	f.Add("ALTER TABLE t ADD CHECK (a > 0) NOT ENFORCED, ALTER a SET EXPRESSION AS (1)")
	f.Fuzz(func(t *testing.T, sql string) {
		if strings.ContainsRune(sql, 0) {
			t.Skip("the parser ends at a zero byte")
		}
		file := source.NewFile("f.sql", sql)
		st, err := parseNewer(file, piece{0, len(sql)}, assert.AnError)
		if err != nil {
			return
		}
		locations(st.node.ProtoReflect(), func(at int) {
			if at >= len(sql) {
				t.Errorf("location %d is behind the end of %q", at, sql)
			}
		})
	})
}

func locations(m protoreflect.Message, check func(int)) {
	if f := m.Descriptor().Fields().ByName("location"); f != nil {
		check(int(m.Get(f).Int()))
	}
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		if f.Message() != nil && f.IsList() {
			for i := range v.List().Len() {
				locations(v.List().Get(i).Message(), check)
			}
		} else if f.Message() != nil {
			locations(v.Message(), check)
		}
		return true
	})
}
