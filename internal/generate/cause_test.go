package generate

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/breaking"
	"github.com/trefoil-sql/trefoil/internal/source"
)

func TestLocate(t *testing.T) {
	one := source.NewFile("1.sql", "CREATE TABLE notes (body text, size int);")
	two := source.NewFile("2.sql", "ALTER TABLE notes ALTER body TYPE varchar(9);\nALTER TABLE tags\n  DROP body; -- notes.body\n"+
		"CREATE TABLE x (body text);")
	three := source.NewFile("3.sql", "/* notes.size */ SELECT 1;")
	old := source.Span{File: one, Start: 21, End: 25}
	for _, tc := range []struct {
		kind breaking.Kind
		name string
		want string
	}{
		{breaking.TableSubject, "public.notes.body", "2.sql:1:25"},
		{breaking.TableSubject, "public.tags.body", "2.sql:3:8"},
		{breaking.TableSubject, "public.notes", "2.sql:1:13"},
		{breaking.TableSubject, "public.notes.size", "1.sql:1:22"},
		{breaking.TableSubject, "public.note", "1.sql:1:22"},
		{breaking.QuerySubject, "GetNote.body", "1.sql:1:22"},
	} {
		findings := Changes{{Subject: breaking.Subject{Kind: tc.kind, Name: tc.name}, Place: old}}
		locate(findings, []*source.File{source.NewFile("1.sql", one.Text)}, []*source.File{one, two, three})
		p := findings[0].Place.Place()
		assert.Equal(t, tc.want, fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column), tc.name)
	}
	// What is declared in a changed file stays there.
	findings := Changes{{Subject: breaking.Subject{Kind: breaking.TableSubject, Name: "public.notes.body"}, Place: old}}
	locate(findings, nil, []*source.File{one, two})
	assert.Equal(t, old, findings[0].Place)
}
