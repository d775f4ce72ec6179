package catalog

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// TestPlacesInBodies: what a body makes has its place in the file, and so have its mistakes.
func TestPlacesInBodies(t *testing.T) {
	cat := loadText(t, `
DO $do$
DECLARE
    name text := 'gen';
BEGIN
    CREATE TABLE written (id int, "Größe" text);
    EXECUTE 'CREATE TABLE constant (id int)';
    EXECUTE format('CREATE TABLE %I (id int DEFAULT 1 CHECK (id > 0))', name);
END
$do$;`)
	for name, place := range map[string]string{"written": "written", "constant": "constant"} {
		rel := onlyRelation(t, cat, name)
		assert.Equal(t, place, rel.Span.Text())
		assert.Equal(t, "id", rel.Columns[0].Span.Text())
	}
	made := onlyRelation(t, cat, "gen")
	assert.Equal(t, 8, made.Span.Position().Line, "what is put together stands where it is run")
	assert.Equal(t, `"Größe"`, onlyRelation(t, cat, "written").Columns[1].Span.Text())

	_, _, err := Load([]*source.File{source.NewFile("t.sql", "CREATE TABLE t (a int);\nDO $$ BEGIN\n  ALTER TABLE t ADD b int, DROP zz;\nEND $$;")})
	var list source.List
	require.ErrorAs(t, err, &list)
	require.Len(t, list, 1)
	assert.Equal(t, "zz", list[0].Span.Text())
	assert.Equal(t, 3, list[0].Span.Position().Line)
}

// TestUndecided: what only a server knows is a warning with its place, and nothing else is left out.
func TestUndecided(t *testing.T) {
	for name, c := range map[string]struct {
		sql      string
		warnings int
		tables   int
	}{
		"rows of a table that was written to": {
			"CREATE TABLE t (a int); INSERT INTO t VALUES (1); DO $$ BEGIN IF EXISTS (SELECT 1 FROM t WHERE a > 1) THEN CREATE TABLE u (a int); END IF; END $$", 1, 1},
		"rows of a table that nothing was written to": {
			"CREATE TABLE t (a int); DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM t) THEN CREATE TABLE u (a int); END IF; END $$", 0, 2},
		"a branch that only raises": {
			"CREATE TABLE t (a int); INSERT INTO t VALUES (1); DO $$ BEGIN IF (SELECT count(*) FROM t) > 5 THEN RAISE EXCEPTION 'no'; ELSE CREATE TABLE u (a int); END IF; END $$", 0, 2},
		"the clock": {
			"DO $$ BEGIN EXECUTE 'CREATE TABLE t_' || to_char(now(), 'YYYY') || ' (a int)'; END $$", 1, 0},
		"data only": {
			"CREATE TABLE t (a int); INSERT INTO t VALUES (1); DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM t LOOP UPDATE t SET a = r.a + 1; END LOOP; END $$", 0, 1},
		"privileges": {
			"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'x') THEN EXECUTE 'CREATE ROLE ' || current_user; END IF; END $$", 0, 0},
		"a function that is called": {
			"CREATE FUNCTION make(n text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('CREATE TABLE %I (a int)', n); END $$; SELECT make('x'); SELECT make('y')", 0, 2},
		"a procedure that is called": {
			"CREATE PROCEDURE make(n text) LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'CREATE TABLE ' || n || ' (a int)'; END $$; CALL make('x')", 0, 1},
		"a block that is rolled back": {
			"DO $$ BEGIN CREATE TABLE t (a int); RAISE EXCEPTION 'no'; EXCEPTION WHEN raise_exception THEN CREATE TABLE u (a int); END $$", 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			cat, notes, err := Load([]*source.File{source.NewFile("t.sql", c.sql)})
			require.NoError(t, err)
			assert.Len(t, cat.Relations, c.tables)
			require.Len(t, notes, c.warnings)
			for _, n := range notes {
				assert.Equal(t, source.Warning, n.Severity)
				assert.Equal(t, codeUndecided, n.Code)
				assert.NotEmpty(t, n.Hint)
				assert.False(t, n.Span.IsZero())
			}
		})
	}
}
