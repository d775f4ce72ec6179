package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/proto"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// column reads a column's declaration into the relation.
func (c *tableChange) column(def *pg_query.ColumnDef) *column {
	span := c.st.at(def.Location)
	if isSystemColumn(def.Colname) {
		c.note(failf(span, duplicateColumn, "column name %q conflicts with a system column name", def.Colname))
		return nil
	}
	col, inherits := c.declare(def, span)
	if col == nil {
		if def.TypeName != nil && serialTypes[lastName(def.TypeName)] == "" {
			_, err := c.r.resolveType(c.st, def.TypeName)
			c.note(err)
		}
		return nil
	}
	if def.TypeName != nil && !inherits {
		c.note(c.columnType(col, def))
	}
	c.columnConstraints(col, def.Constraints)
	return col
}

// declare finds or makes the column. One that a parent has too, or that OF type gave, is the same column.
func (c *tableChange) declare(def *pg_query.ColumnDef, span source.Span) (col *column, merged bool) {
	old := c.rel.column(def.Colname)
	switch {
	case old == nil && c.rel.ofType != nil, old == nil && c.creating && c.rel.isPartition:
		c.note(failf(span, undefinedColumn, "column %q does not exist", def.Colname))
		return nil, false
	case old == nil:
		col = &column{header: header{name: def.Colname, span: span}, rel: c.rel, local: true}
		c.r.db.identify(&col.header)
		c.rel.columns = append(c.rel.columns, col)
		return col, false
	case old.local && c.creating && c.rel.ofType == nil:
		c.note(existing(span, old.span, duplicateColumn, "column %q specified more than once", def.Colname))
		return nil, false
	case !c.creating:
		c.note(existing(span, old.span, duplicateColumn, "column %q of relation %q already exists", def.Colname, c.rel.name))
		return nil, false
	}
	old.local = !c.rel.isPartition
	old.span = span
	if def.TypeName != nil {
		c.note(c.mergeType(old, def))
	}
	return old, true
}

// mergeType checks that a column says the same type as the parent it is merged with.
func (c *tableChange) mergeType(old *column, def *pg_query.ColumnDef) error {
	var ref typeRef
	var collation *other
	if base := serialTypes[lastName(def.TypeName)]; base != "" {
		ref = c.r.db.builtinRef(base)
	} else {
		var err error
		if ref, err = c.r.resolveType(c.st, def.TypeName); err != nil {
			return err
		}
		if collation, err = c.r.collationOf(c.st, ref, def.CollClause); err != nil {
			return err
		}
	}
	if !ref.same(old.typ) {
		return failf(c.st.typeSpan(def.TypeName), datatypeMismatch, "column %q has a type conflict", old.name)
	}
	if collation != old.collation {
		return failf(c.st.typeSpan(def.TypeName), collationMismatch, "column %q has a collation conflict", old.name)
	}
	return nil
}

// columnType resolves the column's type; a serial one makes its sequence.
func (c *tableChange) columnType(col *column, def *pg_query.ColumnDef) error {
	names := stringsOf(def.TypeName.Names)
	if base, ok := serialTypes[names[len(names)-1]]; ok && len(names) == 1 && !def.TypeName.PctType && c.rel.kind != composite {
		if len(def.TypeName.ArrayBounds) > 0 {
			return failf(c.st.typeSpan(def.TypeName), featureNotSupported, "array of serial is not implemented")
		}
		col.typ = c.r.db.builtinRef(base)
		col.notNull = true
		seq := c.r.addOwnedSequence(col, nil)
		c.r.setSerialDefault(c.st, col, seq)
		return nil
	}
	ref, err := c.r.resolveType(c.st, def.TypeName)
	if err != nil {
		return err
	}
	col.typ = ref
	if ref.typ.shell {
		return failf(c.st.typeSpan(def.TypeName), undefinedObject, "type %q is only a shell", ref.typ.name)
	}
	if c.rel.rowType != nil { // a new table has none yet
		if err := c.notOfItself(ref, c.st.typeSpan(def.TypeName)); err != nil {
			return err
		}
	}
	if def.TypeName.Setof {
		return failf(c.st.typeSpan(def.TypeName), invalidTableDefinition, "column %q cannot be declared SETOF", col.name)
	}
	if col.collation, err = c.r.collationOf(c.st, ref, def.CollClause); err != nil {
		return err
	}
	if ref.typ.kind == PseudoType && !ref.array {
		return failf(c.st.typeSpan(def.TypeName), invalidTableDefinition, "column %q has pseudo-type %s", col.name, c.r.typeText(ref))
	}
	return nil
}

// setSerialDefault is nextval of the column's own sequence.
func (r *replay) setSerialDefault(st *statement, col *column, seq *relation) {
	constant := &pg_query.A_Const{Val: &pg_query.A_Const_Sval{Sval: &pg_query.String{Sval: seq.name}}, Location: -1}
	cast := &pg_query.Node{Node: &pg_query.Node_TypeCast{TypeCast: &pg_query.TypeCast{
		Arg:      &pg_query.Node{Node: &pg_query.Node_AConst{AConst: constant}},
		TypeName: &pg_query.TypeName{Names: []*pg_query.Node{pg_query.MakeStrNode("regclass")}, Typemod: -1, Location: -1},
		Location: -1,
	}}}
	call := &pg_query.Node{Node: &pg_query.Node_FuncCall{FuncCall: &pg_query.FuncCall{
		Funcname: []*pg_query.Node{pg_query.MakeStrNode("nextval")}, Args: []*pg_query.Node{cast},
		Funcformat: pg_query.CoercionForm_COERCE_EXPLICIT_CALL, Location: -1,
	}}}
	r.putDefault(col, &expr{
		node: call, file: st.file, offset: st.offset, start: col.span.Start, end: col.span.End,
		refs: []reference{{node: constant, obj: seq}},
	})
}

// putDefault replaces a column's default; nil takes it away.
func (r *replay) putDefault(col *column, e *expr) {
	if e == nil {
		col.def = nil
		return
	}
	col.def = &columnDefault{col: col, expr: e}
	r.db.identify(&col.def.header)
}

// columnConstraints reads what stands behind a column's type.
func (c *tableChange) columnConstraints(col *column, nodes []*pg_query.Node) {
	var last *pg_query.Constraint
	saysNull, saysNotNull := false, false
	for _, n := range nodes {
		con := n.GetConstraint()
		switch con.Contype {
		case pg_query.ConstrType_CONSTR_NULL:
			saysNull = true
		case pg_query.ConstrType_CONSTR_NOTNULL:
			saysNotNull = true
			col.notNull = true
		case pg_query.ConstrType_CONSTR_DEFAULT:
			c.defaultConstraint(col, con)
		case pg_query.ConstrType_CONSTR_IDENTITY:
			saysNotNull = true
			c.note(c.identity(col, con))
		case pg_query.ConstrType_CONSTR_GENERATED:
			if c.hasDefault(col) {
				c.note(failf(c.st.at(con.Location), syntaxError,
					"both default and generation expression specified for column %q of table %q", col.name, c.rel.name))
				continue
			}
			col.generated = c.st.generatedKind(con)
			c.defaults = append(c.defaults, pendingDefault{col, con.RawExpr})
		case pg_query.ConstrType_CONSTR_ATTR_DEFERRABLE, pg_query.ConstrType_CONSTR_ATTR_NOT_DEFERRABLE,
			pg_query.ConstrType_CONSTR_ATTR_DEFERRED, pg_query.ConstrType_CONSTR_ATTR_IMMEDIATE:
			c.note(c.deferral(last, con))
		default:
			last = con
			if slices.ContainsFunc(nodes, isDeferral) { // one that follows is written into it
				last = proto.Clone(con).(*pg_query.Constraint)
			}
			c.constraint(last, col)
		}
	}
	if saysNull && (saysNotNull || col.notNull && c.creating && !c.rel.isPartition) {
		c.note(failf(col.span, syntaxError, "conflicting NULL/NOT NULL declarations for column %q of table %q", col.name, c.rel.name))
	}
}

func (c *tableChange) defaultConstraint(col *column, con *pg_query.Constraint) {
	if c.hasDefault(col) && c.clash(col) == "" {
		c.note(failf(c.st.at(con.Location), syntaxError, "multiple default values specified for column %q of table %q", col.name, c.rel.name))
		return
	}
	if other := c.clash(col); other != "" {
		c.note(failf(c.st.at(con.Location), syntaxError, "both default and %s specified for column %q of table %q", other, col.name, c.rel.name))
		return
	}
	c.defaults = append(c.defaults, pendingDefault{col, con.RawExpr})
}

// hasDefault tells whether the column declares a default so far, as serial does.
func (c *tableChange) hasDefault(col *column) bool {
	return col.def != nil && col.inherited == 0 || slices.ContainsFunc(c.defaults, func(d pendingDefault) bool { return d.col == col })
}

// clash is what a column has that no default may stand beside.
func (c *tableChange) clash(col *column) string {
	switch {
	case col.identity != NoIdentity:
		return "identity"
	case col.generated != NotGenerated:
		return "generation expression"
	}
	return ""
}

// deferralWords are the clauses that deferral reads.
var deferralWords = map[pg_query.ConstrType]string{
	pg_query.ConstrType_CONSTR_ATTR_DEFERRABLE:     "DEFERRABLE",
	pg_query.ConstrType_CONSTR_ATTR_NOT_DEFERRABLE: "NOT DEFERRABLE",
	pg_query.ConstrType_CONSTR_ATTR_DEFERRED:       "INITIALLY DEFERRED",
	pg_query.ConstrType_CONSTR_ATTR_IMMEDIATE:      "INITIALLY IMMEDIATE",
}

func isDeferral(n *pg_query.Node) bool { return deferralWords[n.GetConstraint().GetContype()] != "" }

// deferral applies DEFERRABLE and the like to the key before it; no other constraint has them.
func (c *tableChange) deferral(to, con *pg_query.Constraint) error {
	if to == nil || to.Contype == pg_query.ConstrType_CONSTR_CHECK {
		return failf(c.st.at(con.Location), syntaxError, "misplaced %s clause", deferralWords[con.Contype])
	}
	switch con.Contype {
	case pg_query.ConstrType_CONSTR_ATTR_DEFERRABLE:
		to.Deferrable = true
	case pg_query.ConstrType_CONSTR_ATTR_NOT_DEFERRABLE:
		to.Deferrable = false
	case pg_query.ConstrType_CONSTR_ATTR_DEFERRED:
		to.Deferrable, to.Initdeferred = true, true
	case pg_query.ConstrType_CONSTR_ATTR_IMMEDIATE:
		to.Initdeferred = false
	}
	return nil
}

// identity makes an identity column, with its sequence.
func (c *tableChange) identity(col *column, con *pg_query.Constraint) error {
	if col.identity != NoIdentity {
		return failf(c.st.at(con.Location), syntaxError, "multiple identity specifications for column %q of table %q", col.name, c.rel.name)
	}
	if c.hasDefault(col) {
		return failf(c.st.at(con.Location), syntaxError, "both default and identity specified for column %q of table %q", col.name, c.rel.name)
	}
	if err := c.identityType(col, con); err != nil {
		return err
	}
	col.identity = identityKind(con.GeneratedWhen)
	col.notNull = true
	seq := c.r.addOwnedSequence(col, con.Options)
	seq.sequence.derived = true
	return nil
}

func (c *tableChange) identityType(col *column, con *pg_query.Constraint) error {
	if base := col.typ.typ; base != nil && (col.typ.array || base.name != "int2" && base.name != "int4" && base.name != "int8") {
		return failf(c.st.at(con.Location), invalidParameterValue, "identity column type must be smallint, integer, or bigint")
	}
	return nil
}

func identityKind(when string) Identity {
	if when == "a" {
		return IdentityAlways
	}
	return IdentityByDefault
}

// setDefault gives a column its default or generation expression. DEFAULT NULL is none.
func (c *tableChange) setDefault(col *column, n *pg_query.Node) error {
	if col.generated != NotGenerated {
		return c.setGenerated(col, n)
	}
	e, t, err := c.r.usedExpr(c.st, n, &scope{}, useDefault)
	if err != nil {
		return err
	}
	if col.typ.typ != nil {
		if err := c.r.assigns(c.st, e, t, col.typ, col.name); err != nil {
			return err
		}
		if isNull(n) && !col.typ.keepsNull() {
			e = nil
		}
	}
	c.r.putDefault(col, e)
	return nil
}

func (c *tableChange) setGenerated(col *column, n *pg_query.Node) error {
	e, t, err := c.r.usedExpr(c.st, n, relationScope(c.rel), useGenerated)
	if err != nil {
		return err
	}
	for _, used := range e.columnsOf(c.rel) {
		if used.generated != NotGenerated {
			return failf(c.st.nodeSpan(n), invalidObjectDefinition, "cannot use generated column %q in column generation expression", used.name)
		}
	}
	if col.typ.typ != nil {
		if err := c.r.assigns(c.st, e, t, col.typ, col.name); err != nil {
			return err
		}
	}
	c.r.putDefault(col, e)
	return nil
}

// defaultExpr is an expression that may not use columns, for a value of a type that is not checked.
func (r *replay) defaultExpr(st *statement, n *pg_query.Node) (*expr, error) {
	e, _, err := r.usedExpr(st, n, &scope{}, useDefault)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// keepsNull tells the types that DEFAULT NULL has to be turned into: then it counts as a default.
func (ref typeRef) keepsNull() bool {
	return len(ref.mods) > 0 || ref.fields != "" || ref.typ != nil && ref.typ.kind == DomainType && !ref.array
}

// isNull tells the constant NULL, also with a cast.
func isNull(n *pg_query.Node) bool {
	for n.GetTypeCast() != nil {
		n = n.GetTypeCast().Arg
	}
	return n.GetAConst().GetIsnull()
}

// collatable tells the types whose values have a collation. Of an extension's types it is not known; they may.
func (t typeRef) collatable() bool {
	switch {
	case t.typ.kind == DomainType:
		return t.typ.base.collatable()
	case t.typ.kind != BaseType:
		return false
	}
	b, builtin := builtinTypes()[t.typ.name]
	return !builtin || !t.typ.schema.builtin || b.category == 'S'
}

// notOfItself checks that a row type does not hold itself.
func (c *tableChange) notOfItself(t typeRef, span source.Span) error {
	if c.rel.rowType == nil || !holds(t.typ, c.rel.rowType) {
		return nil
	}
	return failf(span, invalidTableDefinition, "composite type %s cannot be made a member of itself", c.r.typeText(typeRef{typ: c.rel.rowType}))
}

// holds tells whether values of a type are or have values of another in them.
func holds(t, other *typ) bool {
	switch {
	case t == nil:
		return false
	case t == other:
		return true
	case t.kind == DomainType || t.kind == RangeType:
		return holds(t.base.typ, other)
	case t.rel != nil:
		return slices.ContainsFunc(t.rel.columns, func(c *column) bool { return holds(c.typ.typ, other) })
	}
	return false
}

func lastName(n *pg_query.TypeName) string {
	_, name := splitName(stringsOf(n.Names))
	return name
}
