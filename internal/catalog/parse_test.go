package catalog

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// TestMistakesAreCollected: a mistake stops neither its file nor the others, and each has its place.
func TestMistakesAreCollected(t *testing.T) {
	type mistake struct{ file, code, text, hint string }
	for name, c := range map[string]struct {
		files []string
		want  []mistake
	}{
		"a syntax error, and a mistake behind it": {
			[]string{"CREATE TABLE größe (a int);\n-- ä\nCREATE TABEL u (a int);\nALTER TABLE größe ADD a int;"},
			[]mistake{{"0.sql", syntaxError, "TABEL", ""}, {"0.sql", duplicateColumn, "a", ""}},
		},
		"mistakes in two files": {
			[]string{"CREATE TABLE orders (id int);\r\nALTER TABLE ordres ADD x int;\r\n", "CREATE TABLE u (a txt);"},
			[]mistake{{"0.sql", undefinedTable, "ordres", "did you mean \"orders\"?"}, {"1.sql", undefinedObject, "txt", "did you mean \"text\"?"}},
		},
		"a semicolon in a string, a comment and a body": {
			[]string{"SELECT ';'; -- ;\nCREATE TABLE t (a int); /* ; */ CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END; SELEC 1; DROP TABLE no"},
			[]mistake{{"0.sql", syntaxError, "SELEC", ""}, {"0.sql", undefinedTable, "no", ""}},
		},
		"a string that does not end": {
			[]string{"CREATE TABLE t (a int);\nALTER TABLE t ADD a int;\nSELECT 'x"},
			[]mistake{{"0.sql", duplicateColumn, "a", ""}, {"0.sql", syntaxError, "'x", ""}},
		},
		"an extension's type": {
			[]string{"CREATE TABLE t (a citext);"},
			[]mistake{{"0.sql", undefinedObject, "citext", "The type is in extension citext: CREATE EXTENSION citext."}},
		},
		"a byte of zero": {
			[]string{"CREATE TABLE t (a int);\x00"},
			[]mistake{{"0.sql", characterNotInRepertoire, "\x00", ""}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var files []*source.File
			for i, text := range c.files {
				files = append(files, source.NewFile(itoa(i)+".sql", text))
			}
			cat, notes, err := Load(files)
			assert.Nil(t, cat)
			assert.Nil(t, notes)
			var list source.List
			require.ErrorAs(t, err, &list)
			var got []mistake
			for _, d := range list {
				got = append(got, mistake{d.Span.File.Path, d.Code, d.Span.Text(), d.Hint})
			}
			assert.Equal(t, c.want, got)
		})
	}
}

// TestDropNamesWhatDependsOnIt: RESTRICT lists the objects that stop it, with their places.
func TestDropNamesWhatDependsOnIt(t *testing.T) {
	_, _, err := Load([]*source.File{source.NewFile("t.sql",
		"CREATE TABLE t (a int PRIMARY KEY);\nCREATE TABLE u (t int REFERENCES t);\nCREATE VIEW v AS SELECT a FROM t;\nDROP TABLE t;")})
	var list source.List
	require.ErrorAs(t, err, &list)
	require.Len(t, list, 1)
	assert.Equal(t, "cannot drop table t because other objects depend on it", list[0].Message)
	assert.Equal(t, "Use DROP ... CASCADE to drop the dependent objects too.", list[0].Hint)
	require.Len(t, list[0].Notes, 2)
	assert.Equal(t, "constraint u_t_fkey on table u depends on table t", list[0].Notes[0].Message)
	assert.Equal(t, "view v depends on table t", list[0].Notes[1].Message)
	assert.Equal(t, 3, list[0].Notes[1].Span.Position().Line)
}

func TestNames(t *testing.T) {
	long := "a_very_long_name_that_goes_on_and_on_until_it_is_cut_off_at_63_bytes_ö"
	assert.Len(t, truncate(long), maxNameBytes)
	assert.Equal(t, "ä", clip("äö", 3), "a character is not cut in two")
	assert.LessOrEqual(t, len(objectName(long, long, "key")), maxNameBytes)
	assert.Equal(t, "t_a_key", objectName("t", "a", "key"))
}
