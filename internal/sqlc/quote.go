package sqlc

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// ident quotes an identifier. All are quoted: no list of keywords is needed, and nothing is folded.
func ident(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// qualified quotes a name with its schema. Those of public stay without: that is how most schemas are written, and what
// sqlc gives back in column.table then.
func qualified(n catalog.Name) string {
	if n.Schema == "" || n.Schema == publicSchema {
		return ident(n.Name)
	}
	return ident(n.Schema) + "." + ident(n.Name)
}

// maxChunk bounds a line: sqlc reads the schema by lines of at most 64 KiB and silently drops the rest of a file after a
// longer one.
const maxChunk = 8 << 10

// literal quotes a string. It has no line break of its own, since sqlc takes a line that starts with "-- +goose Down"
// for the end of the schema, even in a string; a long string goes on in a literal on the next line.
func literal(s string) string {
	var b strings.Builder
	if strings.ContainsAny(s, "\\\n\r") {
		b.WriteByte('E')
	}
	b.WriteByte('\'')
	line := 0
	for _, r := range s {
		piece := escape(r)
		if line += len(piece); line > maxChunk {
			b.WriteString("'\n'")
			line = len(piece)
		}
		b.WriteString(piece)
	}
	b.WriteByte('\'')
	return b.String()
}

func escape(r rune) string {
	switch r {
	case '\'':
		return "''"
	case '\\':
		return `\\`
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	}
	return string(r)
}
