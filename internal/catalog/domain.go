package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// createDomain is CREATE DOMAIN.
func (r *replay) createDomain(st *statement, n *pg_query.CreateDomainStmt) error {
	t, err := r.newType(st, stringsOf(n.Domainname), DomainType)
	if err != nil {
		return err
	}
	if t.base, err = r.resolveType(st, n.TypeName); err != nil {
		return err
	}
	if t.base.typ.kind == PseudoType && !t.base.array {
		return failf(st.typeSpan(n.TypeName), datatypeMismatch, "%q is not a valid base type for a domain", t.base.typ.name)
	}
	if t.collation, err = r.collationOf(st, t.base, n.CollClause); err != nil {
		return err
	}
	var errs []error
	r.addType(t)
	saysNull := false
	for _, c := range n.Constraints {
		con := c.GetConstraint()
		saysNull = saysNull || con.Contype == pg_query.ConstrType_CONSTR_NULL
		errs = append(errs, r.domainConstraint(st, t, con))
		if saysNull && t.notNull {
			errs = append(errs, failf(st.at(con.Location), syntaxError, "conflicting NULL/NOT NULL constraints"))
			break
		}
	}
	return join(errs...)
}

func (r *replay) domainConstraint(st *statement, t *typ, con *pg_query.Constraint) (err error) {
	switch con.Contype {
	case pg_query.ConstrType_CONSTR_NOTNULL:
		t.notNull = true
	case pg_query.ConstrType_CONSTR_DEFAULT:
		if t.def != nil {
			return failf(st.at(con.Location), syntaxError, "multiple default expressions")
		}
		t.def, err = r.domainDefault(st, t, con.RawExpr)
		return err
	case pg_query.ConstrType_CONSTR_CHECK:
		return r.domainCheck(st, t, con)
	}
	return nil
}

func (r *replay) domainDefault(st *statement, t *typ, n *pg_query.Node) (*expr, error) {
	if n == nil || isNull(n) {
		return nil, nil
	}
	e, have, err := r.usedExpr(st, n, &scope{}, useDefault)
	if err == nil {
		err = r.assigns(st, e, have, t.base, t.name)
	}
	if err != nil {
		return nil, err
	}
	return e, nil
}

// domainCheck adds a CHECK, in which VALUE is the value.
func (r *replay) domainCheck(st *statement, t *typ, con *pg_query.Constraint) error {
	if st.mark(con.Location) == markNotNull {
		t.notNull = true
		return nil
	}
	span := (&tableChange{st: st}).constraintSpan(con)
	if old := t.check(con.Conname); old != nil {
		return existing(span, old.span, duplicateObject, "constraint %q for domain %q already exists", con.Conname, t.name)
	}
	value := scopeColumn{name: "value", term: term{typ: t.base, v: &Construct{Typed: Typed{Type: t.base.freeze()}, Name: "value"}}}
	e, _, err := r.usedExpr(st, con.RawExpr, &scope{columns: []scopeColumn{value}, query: &queryState{}}, useCheck)
	if err != nil {
		return err
	}
	c := &constraint{header: header{name: con.Conname, span: span}, kind: checkConstraint, domain: t, expr: e, notValid: con.SkipValidation}
	if c.name == "" {
		c.name = r.db.chooseConstraintName(t.name, "", "check", t.schema)
	}
	r.db.identify(&c.header)
	r.db.nameConstraint(c, c.name)
	t.checks = append(t.checks, c)
	return nil
}

func (t *typ) check(name string) *constraint {
	for _, c := range t.checks {
		if c.name == name {
			return c
		}
	}
	return nil
}

// domain finds the domain that a statement names.
func (r *replay) domain(st *statement, parts []string) (*typ, error) {
	span := st.findName(parts, st.start)
	ref, err := r.namedType(parts, span)
	if err != nil {
		return nil, err
	}
	if ref.typ.kind != DomainType || ref.array {
		return nil, failf(span, wrongObjectType, "%s is not a domain", r.typeText(ref))
	}
	return ref.typ, nil
}

// alterDomain is ALTER DOMAIN. Subtype is the grammar's letter for the form.
func (r *replay) alterDomain(st *statement, n *pg_query.AlterDomainStmt) (err error) {
	t, err := r.domain(st, stringsOf(n.TypeName))
	if err != nil {
		return err
	}
	if err := r.domainInside(st, t); err != nil && (n.Subtype == "O" || n.Subtype == "C" && !n.Def.GetConstraint().SkipValidation) {
		return err
	}
	switch n.Subtype {
	case "T":
		t.def, err = r.domainDefault(st, t, n.Def)
		return err
	case "N":
		t.notNull = false
	case "O":
		t.notNull = true
	case "C":
		if n.Def.GetConstraint().Contype == pg_query.ConstrType_CONSTR_NOTNULL {
			t.notNull = true
			return nil
		}
		return r.domainCheck(st, t, n.Def.GetConstraint())
	case "X":
		return r.dropDomainConstraint(st, t, n)
	case "V":
		con := t.check(n.Name)
		if con == nil {
			return noDomainConstraint(st.last(n.Name), t, n.Name)
		}
		con.notValid = false
	}
	return nil
}

func (r *replay) dropDomainConstraint(st *statement, t *typ, n *pg_query.AlterDomainStmt) error {
	con := t.check(n.Name)
	if con == nil {
		if n.MissingOk {
			return nil
		}
		return noDomainConstraint(st.last(n.Name), t, n.Name)
	}
	t.checks = without(t.checks, con)
	return nil
}

func noDomainConstraint(span source.Span, t *typ, name string) error {
	var names []string
	for _, c := range t.checks {
		names = append(names, c.name)
	}
	return hinted(span, undefinedObject, suggest.Hint(name, names), "constraint %q of domain %q does not exist", name, t.name)
}

// domainInside says that stored values have the domain's inside them, where a new rule cannot be checked.
func (r *replay) domainInside(st *statement, t *typ) error {
	for _, o := range r.db.objects() {
		col, ok := o.(*column)
		if !ok || col.typ.typ == nil || col.rel.kind != ordinary && col.rel.kind != matView && col.rel.kind != partitioned {
			continue
		}
		inside := col.typ.array || baseOf(unmodified(col.typ)).typ != baseOf(typeRef{typ: t}).typ
		if inside && holds(col.typ.typ, t) {
			return failf(st.head(), featureNotSupported, "cannot alter type %q because column \"%s.%s\" uses it", t.name, col.rel.name, col.name)
		}
	}
	return nil
}
