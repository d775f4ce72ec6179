package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// noFile stands for a text that is in no file.
var noFile = source.NewFile("", "")

// bodyText finds the statements of a body in the file that the body is in.
type bodyText struct {
	span       source.Span // with its quotes
	start, end int         // of the text between them
}

func newBodyText(span source.Span) bodyText {
	b := bodyText{span: span, start: span.Start, end: span.End}
	if span.File == nil {
		b.span.File = noFile
		return b
	}
	token := span.Text()
	switch {
	case strings.HasPrefix(token, "$"):
		if tag := strings.IndexByte(token[1:], '$'); tag >= 0 {
			b.start, b.end = span.Start+tag+2, span.End-tag-2
		}
	case len(token) >= 2:
		b.start, b.end = span.Start+strings.IndexByte(token, '\'')+1, span.End-1
	}
	return b
}

// line is where a line of the body starts; the parser counts from 1.
func (b bodyText) line(n int) int {
	text := b.span.File.Text
	at := b.start
	for ; n > 1 && at < b.end; n-- {
		next := strings.IndexByte(text[at:b.end], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return at
}

// at is the place of a line's text.
func (b bodyText) at(line int) source.Span {
	start := min(skipSpace(b.span.File.Text, b.line(line)), max(b.start, b.end))
	end := start + len(firstLine(b.span.File.Text[start:max(start, b.end)]))
	return source.Span{File: b.span.File, Start: start, End: end}
}

// find is the place of a text that stands at or after a line, as it was written; -1 if it is not there, as where the
// body is in quotes that double its own.
func (b bodyText) find(sql string, line int) int {
	text := b.span.File.Text[:max(b.start, b.end)]
	from := b.line(line)
	if i := strings.Index(text[min(from, len(text)):], sql); i >= 0 {
		return from + i
	}
	return -1
}

// parse parses the statements of a part of the body. What is not found in the file as it stands has the place of its
// line.
func (b bodyText) parse(sql string, line int) ([]*statement, error) {
	tree, err := pg_query.Parse(sql)
	if err != nil {
		return nil, failf(b.at(line), syntaxError, "%s", err)
	}
	base := b.find(sql, line)
	var out []*statement
	for _, raw := range tree.Stmts {
		st := &statement{file: b.span.File, node: raw.Stmt, offset: base}
		if base < 0 {
			unplace(raw.ProtoReflect())
			span := b.at(line)
			st.offset, st.start, st.end = 0, span.Start, span.End
		} else {
			length := len(sql)
			if raw.StmtLen > 0 {
				length = int(raw.StmtLocation + raw.StmtLen)
			}
			st.start, st.end = skipSpace(st.file.Text, base+int(raw.StmtLocation)), base+length
		}
		out = append(out, st)
	}
	return out, nil
}

// statement is one statement of a body in SQL, which is parsed as a whole.
func (b bodyText) statement(raw *pg_query.RawStmt, body string) *statement {
	verbatim := b.span.File.Text[b.start:max(b.start, b.end)] == body
	st := &statement{file: b.span.File, node: raw.Stmt, offset: b.start, start: b.start, end: b.end}
	if !verbatim {
		unplace(raw.ProtoReflect())
		st.offset, st.start, st.end = 0, b.span.Start, b.span.End
		return st
	}
	st.start = skipSpace(st.file.Text, b.start+int(raw.StmtLocation))
	if raw.StmtLen > 0 {
		st.end = b.start + int(raw.StmtLocation+raw.StmtLen)
	}
	return st
}

// unplace takes the locations out of a tree whose text is in no file.
func unplace(m protoreflect.Message) {
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.Message() == nil:
		case f.IsList():
			for i := range v.List().Len() {
				unplace(v.List().Get(i).Message())
			}
		default:
			unplace(v.Message())
		}
		return true
	})
	if f := m.Descriptor().Fields().ByName("location"); f != nil && f.Kind() == protoreflect.Int32Kind {
		m.Set(f, protoreflect.ValueOfInt32(-1))
	}
}
