package migration

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

const bom = "\ufeff"

// blanker makes the text of one file that is replayed.
type blanker struct {
	// text is as long as the file on disk. All that is not replayed is overwritten with spaces, save line ends.
	text []byte
	// separates is the annotations', or nil.
	separates func(comment string) bool

	// statement is the statement that is being read.
	statement statement
	// includes is the places where another file is to be read, in their order.
	includes []include
	// notes are about places in the file as it is on disk.
	notes []note
	// unclosed is set once {{ was found without }} after it.
	unclosed bool
}

// statement is what is known of the statement that is being read. The zero value is between statements.
type statement struct {
	// open is set from the first token to the semicolon, which begins at start.
	open  bool
	start int
	// first and last are words in capitals; stdin is set after FROM STDIN. None counts within parentheses.
	first, last string
	stdin       bool
	depth       int
}

// note is a warning about a place in a file.
type note struct {
	span
	code, text, hint string
}

// blankFile blanks what is not replayed of a file that is marked so (nil for not at all) in a directory of a layout.
func blankFile(raw string, a *annotations, by *layout) *blanker {
	b := &blanker{text: []byte(raw)}
	if a != nil {
		b.separates = a.separates
		for _, s := range a.blanks(raw) {
			b.blank(s)
		}
	}
	if strings.HasPrefix(raw, bom) {
		b.blank(span{0, len(bom)})
	}
	if by.annotations == tern {
		b.templates()
	}
	if by.placeholder != nil {
		if at := by.placeholder.FindIndex(b.text); at != nil {
			b.note(span{at[0], at[1]}, CodeTemplate, "name files of SQL with the values filled in, if this matters",
				by.name+" fills in values when it runs: the file is read as it stands")
		}
	}
	b.scan()
	return b
}

// blank writes spaces over a part, save its line ends.
func (b *blanker) blank(s span) {
	for i := s.start; i < s.end; i++ {
		if inLine(b.text[i]) {
			b.text[i] = ' '
		}
	}
}

func (b *blanker) note(s span, code, hint, text string) {
	b.notes = append(b.notes, note{s, code, text, hint})
}

// scan goes through the tokens and blanks those that are psql's, templates', or data.
func (b *blanker) scan() {
	for at := 0; at < len(b.text); {
		kind, end := nextToken(b.text, at)
		switch {
		case kind == space:
		case kind == comment:
			b.comment(span{at, end})
		case b.text[at] == '\\':
			end = b.metaCommand(at)
		case kind == symbol && b.template(at):
			// What was the template's is spaces now.
			end = at
		default:
			b.token(kind, span{at, end})
		}
		at = end
	}
}

// comment ends the statement with a semicolon in the comment's place, if the tool cuts there and it is still open.
func (b *blanker) comment(s span) {
	if b.statement.open && b.separates != nil && b.separates(string(b.text[s.start:s.end])) {
		b.blank(s)
		b.text[s.start] = ';'
		b.statement = statement{}
	}
}

func (b *blanker) token(kind tokenKind, s span) {
	st := &b.statement
	switch c := b.text[s.start]; {
	case c == ';' && st.depth == 0:
		b.endStatement(s.end)
		return
	case c == '(' && kind == symbol:
		st.depth++
	case c == ')' && kind == symbol:
		st.depth = max(0, st.depth-1)
	}
	if !st.open {
		st.open, st.start = true, s.start
	}
	if st.depth > 0 {
		return
	}
	w := ""
	if kind == word {
		w = strings.ToUpper(string(b.text[s.start:s.end]))
	}
	if st.first == "" {
		st.first = w
	}
	st.stdin = st.stdin || w == "STDIN" && st.last == "FROM"
	st.last = w
}

// endStatement ends the statement after its semicolon. COPY … FROM stdin goes with the rows that follow it.
func (b *blanker) endStatement(end int) {
	if b.statement.first == "COPY" && b.statement.stdin {
		b.blank(span{b.statement.start, end})
		b.blankRows(end)
	}
	b.statement = statement{}
}

// diagnostics makes the notes diagnostics about places in the file as it is on disk.
func (b *blanker) diagnostics(path, raw string) (list source.List) {
	if len(b.notes) == 0 {
		return nil
	}
	file := source.NewFile(path, raw)
	for _, n := range b.notes {
		list = append(list, source.Diagnostic{
			Span:     source.Span{File: file, Start: n.start, End: n.end},
			Severity: source.Warning, Code: n.code, Message: n.text, Hint: n.hint,
		})
	}
	return list
}
