package query

import (
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// Tags of a query's comment that say what nobody can know: "@notnull total" and "@null total, other" name result columns,
// or the relation of a sqlc.embed.
const (
	nullTag    = "@null"
	notNullTag = "@notnull"
)

// nullTags applies the tags of a query's comment.
func (b *builder) nullTags(q *Query) {
	said := map[string]string{} // the tag that named a column
	marked := marks(q)
	for _, line := range q.Comments {
		tag, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if tag != nullTag && tag != notNullTag {
			continue
		}
		names := strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
		if len(names) == 0 {
			b.badTag(q, tag, tag, fmt.Sprintf("%s names no column", tag), "write it as "+tag+" total")
		}
		for _, name := range names {
			if before := said[name]; before != "" && before != tag {
				b.badTag(q, tag, name, fmt.Sprintf("query %s has column %s under %s and under %s", q.Name, name, nullTag, notNullTag), "keep one of them")
				continue
			}
			said[name] = tag
			if m, ok := marked[name]; ok && (m == catalog.NeverMark) != (tag == notNullTag) {
				b.badTag(q, tag, name, fmt.Sprintf("query %s says of column %s by its alias that it is %s, and by %s the contrary", q.Name, name, nullWord(m), tag),
					"keep one of them")
				continue
			}
			b.nullTag(q, tag, name)
		}
	}
}

// nullTag applies a tag to one column; several of one name are all meant.
func (b *builder) nullTag(q *Query, tag, name string) {
	found := false
	for i := range q.Columns {
		c := &q.Columns[i]
		if c.Name != name {
			continue
		}
		found = true
		if c.Embed != nil {
			c.Embed.Nullable = tag == nullTag
			continue
		}
		c.NotNull, c.Reason = tag == notNullTag, "the query says so ("+tag+")"
	}
	if !found {
		names := make([]string, len(q.Columns))
		for i, c := range q.Columns {
			names[i] = c.Name
		}
		b.badTag(q, tag, name, fmt.Sprintf("query %s returns no column %s, which %s names", q.Name, name, tag), suggest.Hint(name, names))
	}
}

func nullWord(m catalog.NullMark) string {
	if m == catalog.NeverMark {
		return "never null"
	}
	return "perhaps null"
}

// marks are the columns whose aliases say whether they are null.
func marks(q *Query) map[string]catalog.NullMark {
	of := map[string]catalog.NullMark{}
	found, _ := catalog.AliasMarks(q.Sqlc.Span.Text()) // sqlc has parsed it
	for _, m := range found {
		of[m.Name] = m.Mark
	}
	return of
}

// markAnswers applies the marks where sqlc, which has not seen them, gave the answer.
func markAnswers(q *Query) {
	of := marks(q)
	for i := range q.Columns {
		if m, ok := of[q.Columns[i].Name]; ok {
			q.Columns[i].NotNull, q.Columns[i].Reason = m == catalog.NeverMark, "the query says so"
		}
	}
}

// badTag reports a tag at a word of its line.
func (b *builder) badTag(q *Query, tag, word, message, hint string) {
	b.diags = append(b.diags, source.Diagnostic{
		Span: tagSpan(q, tag, word), Code: CodeNullTag, Message: message, Hint: hint,
	})
}

// tagSpan finds a word on a line of the query's comments that has the tag; failing that it is the query's name.
func tagSpan(q *Query, tag, word string) source.Span {
	s := q.Sqlc.Span
	at := s.Start
	for line := range strings.Lines(s.Text()) {
		if from := strings.Index(line, tag); from >= 0 && strings.Fields(line[from:])[0] == tag {
			if i := strings.Index(line[from:], word); i >= 0 {
				return source.Span{File: s.File, Start: at + from + i, End: at + from + i + len(word)}
			}
		}
		at += len(line)
	}
	return q.Span
}
