package catalog

import (
	"fmt"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// Load replays files, in the order given, into the catalog that a server would hold after them. The second result is
// warnings and infos. The error is a source.List of all mistakes in all files; then there is no catalog.
func Load(files []*source.File) (*Catalog, source.List, error) {
	r := &replay{db: newDatabase(), settings: map[string]string{}}
	next := parseAhead(files)
	for range files {
		r.file(next())
	}
	cat := r.freeze()
	cat.queries = &queries{state: r}
	if err := r.list.Err(); err != nil {
		r.list.Sort()
		return nil, nil, r.list
	}
	return cat, r.list, nil
}

// replay runs statements against the state, one after the other, in one session.
type replay struct {
	db   *database
	list source.List
	tx   transaction
	// settings are those of the migrations' own that SET made, for current_setting().
	settings map[string]string
	marks    int // that dependents gave
	// indexNamed: an expression has the name of an index as a constant of type regclass.
	indexNamed bool
	depth      int                    // of functions and DO blocks that call each other
	bodies     map[string]*plFunction // those of functions that were parsed, by their text
}

// file replays one file. Its statements are one transaction unless it says otherwise.
func (r *replay) file(file parsedFile) {
	r.list = append(r.list, file.list...)
	r.tx.rollsBack = hasRollback(file.statements)
	for _, st := range file.statements {
		r.report(st, r.run(st))
	}
	r.endTransaction()
}

// run replays one statement. Its error is a source.List.
func (r *replay) run(st *statement) error {
	kind := nodeKind(st.node)
	if handle, ok := handlers[kind]; ok {
		return handle(r, st)
	}
	if reason, ok := ignored[kind]; ok {
		if reason.quiet {
			return nil
		}
		r.inform(st.head(), codeNotReplayed, "%s is not replayed: %s", reason.name, reason.why)
		return nil
	}
	return failf(st.head(), codeUnknownStatement, "trefoil does not know the statement %s", kind)
}

// report keeps a statement's errors.
func (r *replay) report(st *statement, err error) {
	if err == nil {
		return
	}
	if list, ok := err.(source.List); ok {
		r.list = append(r.list, list...)
		return
	}
	r.list = append(r.list, source.Errorf(st.head(), codeUnknownStatement, "%s", err))
}

// warn says a thing once for each place: a function may run many times.
func (r *replay) warn(span source.Span, code, hint, format string, args ...any) {
	d := source.Diagnostic{Span: span, Severity: source.Warning, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint}
	for _, old := range r.list {
		if old.Span == d.Span && old.Message == d.Message {
			return
		}
	}
	r.list = append(r.list, d)
}

func (r *replay) inform(span source.Span, code, format string, args ...any) {
	r.list = append(r.list, source.Diagnostic{Span: span, Severity: source.Info, Code: code, Message: fmt.Sprintf(format, args...)})
}

// failf is one error as a source.List.
func failf(span source.Span, code, format string, args ...any) error {
	return source.List{source.Errorf(span, code, format, args...)}
}

// hinted is failf with a hint, which may be "".
func hinted(span source.Span, code, hint, format string, args ...any) error {
	d := source.Errorf(span, code, format, args...)
	d.Hint = hint
	return source.List{d}
}

// join collects errors of one statement; nil ones are left out.
func join(errs ...error) error {
	var list source.List
	for _, err := range errs {
		if more, ok := err.(source.List); ok {
			list = append(list, more...)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list
}

// nodeKind is the name of a statement's node type, such as CreateStmt.
func nodeKind(n *pg_query.Node) string {
	m := n.ProtoReflect()
	field := m.WhichOneof(m.Descriptor().Oneofs().Get(0))
	if field == nil {
		return ""
	}
	return string(field.Message().Name())
}
