package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// newType checks a new type's name. A shell type of that name is filled.
func (r *replay) newType(st *statement, parts []string, kind TypeKind) (*typ, error) {
	span := st.findName(parts, st.start)
	schemaName, name := splitName(parts)
	in, err := r.schemaFor(schemaName, span)
	if err != nil {
		return nil, err
	}
	if old := in.types[name]; old != nil {
		if old.shell {
			old.shell, old.kind, old.span = false, kind, span
			return old, nil
		}
		return nil, existing(span, old.span, duplicateObject, "type %q already exists", name)
	}
	return &typ{header: header{name: name, schema: in, span: span}, kind: kind}, nil
}

func (r *replay) addType(t *typ) {
	r.db.identify(&t.header)
	t.schema.types[t.name] = t
}

// createEnum is CREATE TYPE … AS ENUM.
func (r *replay) createEnum(st *statement, n *pg_query.CreateEnumStmt) error {
	t, err := r.newType(st, stringsOf(n.TypeName), EnumType)
	if err != nil {
		return err
	}
	for _, label := range stringsOf(n.Vals) {
		if slices.Contains(t.labels, label) {
			return failf(st.findText(label), uniqueViolation, "enum label %q used more than once", label)
		}
		if err := labelLength(st, label); err != nil {
			return err
		}
		t.labels = append(t.labels, label)
	}
	r.addType(t)
	return nil
}

func labelLength(st *statement, label string) error {
	if len(label) > maxNameBytes {
		return failf(st.findText(label), invalidName, "invalid enum label %q", label)
	}
	return nil
}

// alterEnum is ALTER TYPE … ADD VALUE and RENAME VALUE.
func (r *replay) alterEnum(st *statement, n *pg_query.AlterEnumStmt) error {
	ref, err := r.namedType(stringsOf(n.TypeName), st.findName(stringsOf(n.TypeName), st.start))
	if err != nil {
		return err
	}
	t := ref.typ
	if t.kind != EnumType || ref.array {
		return failf(st.findName(stringsOf(n.TypeName), st.start), wrongObjectType, "%s is not an enum", r.typeText(ref))
	}
	if n.OldVal != "" {
		return renameLabel(st, t, n)
	}
	if slices.Contains(t.labels, n.NewVal) {
		if n.SkipIfNewValExists {
			return nil
		}
		return existing(st.findText(n.NewVal), t.span, duplicateObject, "enum label %q already exists", n.NewVal)
	}
	if err := labelLength(st, n.NewVal); err != nil {
		return err
	}
	at := len(t.labels)
	if n.NewValNeighbor != "" {
		at = slices.Index(t.labels, n.NewValNeighbor)
		if at < 0 {
			return noLabel(st, t, n.NewValNeighbor)
		}
		if n.NewValIsAfter {
			at++
		}
	}
	t.labels = slices.Insert(slices.Clone(t.labels), at, n.NewVal)
	return nil
}

func renameLabel(st *statement, t *typ, n *pg_query.AlterEnumStmt) error {
	at := slices.Index(t.labels, n.OldVal)
	if at < 0 {
		return noLabel(st, t, n.OldVal)
	}
	if slices.Contains(t.labels, n.NewVal) {
		return failf(st.findText(n.NewVal), duplicateObject, "enum label %q already exists", n.NewVal)
	}
	t.labels = slices.Clone(t.labels)
	t.labels[at] = n.NewVal
	t.renames = append(slices.Clone(t.renames), labelRename{n.OldVal, n.NewVal})
	return nil
}

// labelNow is what a label is called after all renames from since on.
func (t *typ) labelNow(label string, since int) string {
	for _, r := range t.renames[since:] {
		if r.from == label {
			label = r.to
		}
	}
	return label
}

func noLabel(st *statement, t *typ, label string) error {
	return hinted(st.findText(label), invalidParameterValue, suggest.Hint(label, t.labels), "%q is not an existing enum label", label)
}

// findText is the place of a string constant in the statement.
func (st *statement) findText(value string) source.Span {
	text := st.file.Text
	for pos := skipSpace(text, st.start); pos < st.end; {
		end := tokenEnd(text, pos)
		if token := text[pos:end]; len(token) >= 2 && token[0] == '\'' && unquote(token) == value {
			return source.Span{File: st.file, Start: pos, End: end}
		}
		pos = skipSpace(text, end)
	}
	return st.head()
}
