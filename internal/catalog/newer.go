package catalog

import (
	"sort"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// The parser's grammar is that of PostgreSQL 16. A statement that it refuses is looked through for the syntax of 17 and
// 18 that only adds words: these are written in the old way, and what they meant is kept as marks.

// mark is what newer syntax at a place of the file meant.
type mark int

const (
	markVirtual     mark = iota + 1 // a generated column that is not stored
	markNotNull                     // a CHECK that stands for a NOT NULL constraint
	markNotEnforced                 // a constraint that is not enforced
	markExpression                  // SET DEFAULT that stands for SET EXPRESSION
)

// edit replaces a range of a statement's text.
type edit struct {
	start, end int
	with       string
}

// shim is a statement being rewritten: its tokens without comments, the edits so far, and the marks by their place in
// the statement.
type shim struct {
	text   string
	tokens []*pg_query.ScanToken
	edits  []edit
	marks  map[int]mark
	// cut tells that a RETURNING list was taken out; list is what it was, nil where it cannot be read.
	cut  bool
	list []*pg_query.Node
}

// newerSyntaxError is about a statement whose syntax is too new to be rewritten.
type newerSyntaxError struct {
	span          source.Span
	message, hint string
}

func (e *newerSyntaxError) Error() string { return e.message }

// newerRules each rewrite one piece of syntax wherever it stands.
var newerRules = []func(*shim){
	(*shim).virtualColumns, (*shim).notNullConstraints, (*shim).periods, (*shim).notEnforced, (*shim).setExpression,
	(*shim).returning, (*shim).statisticsDefault,
}

// parseNewer parses one statement that the grammar refused, after rewriting what is newer.
func parseNewer(file *source.File, p piece, refused error) (*statement, error) {
	text := file.Text[p.start:p.end]
	scanned, err := pg_query.Scan(text)
	if err != nil {
		return nil, refused
	}
	s := &shim{text: text, marks: map[int]mark{}}
	for _, t := range scanned.Tokens {
		if t.Token != pg_query.Token_SQL_COMMENT && t.Token != pg_query.Token_C_COMMENT {
			s.tokens = append(s.tokens, t)
		}
	}
	for _, rule := range newerRules {
		rule(s)
	}
	rewritten, origin := s.rewrite()
	tree, err := pg_query.Parse(rewritten)
	if err != nil || len(tree.Stmts) != 1 || len(s.edits) == 0 {
		return nil, s.refusal(file, p, refused)
	}
	move(tree.Stmts[0].Stmt.ProtoReflect(), origin)
	start := skipSpace(file.Text, p.start)
	st := &statement{file: file, node: tree.Stmts[0].Stmt, start: start, offset: p.start, marks: map[int]mark{}}
	st.end = start + len(strings.TrimRight(file.Text[start:max(start, p.end)], " \t\r\n\f\v"))
	if s.cut {
		st.returning, st.cut = s.list, true
	}
	for at, m := range s.marks {
		st.marks[p.start+at] = m
	}
	return st, nil
}

// newerWords are names of functions with grammar of their own since PostgreSQL 17.
var newerWords = map[string]string{
	"json_table": "JSON_TABLE", "json_value": "JSON_VALUE", "json_query": "JSON_QUERY", "json_exists": "JSON_EXISTS",
	"json_scalar": "JSON_SCALAR", "json_serialize": "JSON_SERIALIZE", "merge_action": "MERGE_ACTION",
}

// refusal names the newer syntax that cannot be rewritten, if it is known; else it is the parser's own error.
func (s *shim) refusal(file *source.File, p piece, refused error) error {
	for i, t := range s.tokens {
		name, ok := newerWords[strings.ToLower(s.word(i))]
		if ok {
			at := p.start + int(t.Start)
			return &newerSyntaxError{
				span:    source.Span{File: file, Start: at, End: p.start + int(t.End)},
				message: name + " is newer than the grammar of PostgreSQL 16, which trefoil parses",
				hint:    "Write the statement without it, or keep it out of the files that trefoil reads.",
			}
		}
	}
	return refused
}

// rewrite applies the edits. The second result gives the place in the old text for one in the new.
func (s *shim) rewrite() (string, func(int) int) {
	sort.SliceStable(s.edits, func(i, j int) bool { return s.edits[i].start < s.edits[j].start })
	var b strings.Builder
	var starts, olds []int // where an unchanged run starts in the new text, and in the old
	at := 0
	run := func(to int) {
		starts, olds = append(starts, b.Len()), append(olds, at)
		b.WriteString(s.text[at:to])
	}
	for _, e := range s.edits {
		run(e.start)
		starts, olds = append(starts, b.Len()), append(olds, e.start)
		b.WriteString(e.with)
		at = e.end
	}
	run(len(s.text))
	return b.String(), func(place int) int {
		i := sort.SearchInts(starts, place+1) - 1
		for i > 0 && starts[i] == starts[i-1] && i+1 < len(starts) && starts[i] > place {
			i--
		}
		old := olds[i] + place - starts[i]
		if i+1 < len(olds) {
			old = min(old, max(olds[i], olds[i+1]-1)) // an insertion is where its edit starts
		}
		return old
	}
}

// move changes all locations of a tree.
func move(m protoreflect.Message, origin func(int) int) {
	if f := m.Descriptor().Fields().ByName("location"); f != nil && f.Kind() == protoreflect.Int32Kind {
		if at := m.Get(f).Int(); at >= 0 {
			m.Set(f, protoreflect.ValueOfInt32(int32(origin(int(at)))))
		}
	}
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.Message() == nil:
		case f.IsList():
			for i := range v.List().Len() {
				move(v.List().Get(i).Message(), origin)
			}
		default:
			move(v.Message(), origin)
		}
		return true
	})
}

// word is a token's text.
func (s *shim) word(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.text[s.tokens[i].Start:s.tokens[i].End]
}

// are tells whether the tokens from i on are these words, in any case.
func (s *shim) are(i int, words ...string) bool {
	for k, w := range words {
		if !strings.EqualFold(s.word(i+k), w) {
			return false
		}
	}
	return true
}

// closing is the token that closes the bracket at i.
func (s *shim) closing(i int) int {
	depth := 0
	for ; i < len(s.tokens); i++ {
		switch s.word(i) {
		case "(":
			depth++
		case ")":
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s.tokens) - 1
}

func (s *shim) start(i int) int { return int(s.tokens[i].Start) }
func (s *shim) end(i int) int   { return int(s.tokens[i].End) }

func (s *shim) replace(from, to int, with string) {
	s.edits = append(s.edits, edit{s.start(from), s.end(to), with})
}
