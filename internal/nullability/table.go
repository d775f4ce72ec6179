package nullability

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// table is what a table's constraints say of every row that a query of it reads, its children's rows included.
type table struct {
	name      catalog.Name
	columns   []catalog.Column
	verdicts  []Verdict
	checks    []check
	generated map[int]catalog.Condition
	// said is what the checks say of any row, once it has been asked for.
	said *given
	once sync.Once
}

// check is a CHECK that no row breaks.
type check struct {
	catalog.Condition
	name string
}

// column is the verdict for a column, by its place.
func (t *table) column(i int) Verdict {
	if t == nil || i < 0 || i >= len(t.verdicts) {
		return perhaps("not known")
	}
	return t.verdicts[i]
}

// table is what is known of a table; nil if neither the migrations nor PostgreSQL make it.
func (a *analysis) table(name catalog.Name) *table {
	rel := a.memo.relations[name]
	return load(a.memo, a.memo.tables, name, func() *table {
		if rel == nil {
			return nil
		}
		return a.readTable(rel)
	})
}

func (a *analysis) isView(name catalog.Name) bool {
	rel := a.memo.relations[name]
	return rel != nil && (rel.Kind == catalog.View || rel.Kind == catalog.MaterializedView)
}

// viewQuery is the query of a view, nil for other relations.
func (a *analysis) viewQuery(name catalog.Name) *catalog.Query {
	if !a.isView(name) {
		return nil
	}
	return a.catalog.View(name)
}

func (a *analysis) readTable(rel *catalog.Relation) *table {
	t := &table{name: rel.Name, columns: rel.Columns, generated: map[int]catalog.Condition{}}
	children := a.memo.children[rel.Name]
	for _, c := range rel.Columns {
		t.verdicts = append(t.verdicts, a.declared(rel, c, children))
	}
	conditions := a.catalog.Conditions(rel.Name)
	for _, c := range rel.Checks {
		if found, ok := conditions.Checks[c.Name]; ok && !c.NotValid && (!c.NoInherit || len(children) == 0) {
			t.checks = append(t.checks, check{found, c.Name})
		}
	}
	for i, c := range rel.Columns {
		if found, ok := conditions.Generated[c.Name]; ok && sameEverywhere(c, children) {
			t.generated[i] = found
		}
	}
	return t
}

// declared is what NOT NULL says of a column, in the table and its children: a child can have dropped it.
func (a *analysis) declared(rel *catalog.Relation, c catalog.Column, children []*catalog.Relation) Verdict {
	if !a.refusesNull(c) {
		return perhaps(c.Name + " may be NULL")
	}
	for _, child := range children {
		if own, ok := child.Column(c.Name); !ok || !a.refusesNull(*own) {
			return perhaps(fmt.Sprintf("%s may be NULL in %s", c.Name, child.Name.Name))
		}
	}
	if c.NotNull {
		return never(c.Name + " is NOT NULL")
	}
	return never(fmt.Sprintf("%s is of domain %s, which is NOT NULL", c.Name, c.Type.Name.Name))
}

func (a *analysis) refusesNull(c catalog.Column) bool { return c.NotNull || a.requiredDomain(c.Type) }

// requiredDomain tells a domain that is NOT NULL, or over one that is.
func (a *analysis) requiredDomain(t catalog.Type) bool {
	for range len(a.catalog.Domains) + 1 {
		if t.Kind != catalog.DomainType || t.Array {
			return false
		}
		d := a.domain(t)
		if d == nil {
			return false
		}
		if d.NotNull || slices.ContainsFunc(d.Checks, func(c catalog.Check) bool { return !c.NotValid && refusesValue(c.Expression.Tree) }) {
			return true
		}
		t = d.Type
	}
	return false
}

// refusesValue tells a domain's CHECK that says VALUE IS NOT NULL.
func refusesValue(e catalog.Expr) bool {
	switch e := e.(type) {
	case *catalog.NullTest:
		ref, ok := e.Arg.(*catalog.ColumnRef)
		return ok && e.Not && strings.EqualFold(ref.Name, "value")
	case *catalog.Bool:
		return e.Op == catalog.And && slices.ContainsFunc(e.Args, refusesValue)
	}
	return false
}

func (a *analysis) domain(t catalog.Type) *catalog.Domain { return a.memo.domains[t.Name] }

// sameEverywhere tells a generated column that the children compute in the same way.
func sameEverywhere(c catalog.Column, children []*catalog.Relation) bool {
	for _, child := range children {
		own, ok := child.Column(c.Name)
		if !ok || own.Generated == catalog.NotGenerated || own.Default == nil || own.Default.SQL != c.Default.SQL {
			return false
		}
	}
	return true
}

// checkRule is what a table's CHECKs say of a row that is there: none of them is false.
func (a *analysis) checkRule(s *entry) rule {
	var row *givenRow
	return func(f *facts) bool {
		if s.Relation == nil || s.Excluded || !f.holds(s.key) {
			return false
		}
		t := a.table(*s.Relation)
		if t == nil || len(t.checks) == 0 {
			return false
		}
		if row == nil {
			row = a.givenRow(t, s)
		}
		return row.apply(a, f)
	}
}

// askChecks asks CHECKs of a row that is there, where the facts hold.
func (a *analysis) askChecks(checks []check, s *entry, f *facts) bool {
	news := false
	for _, c := range checks {
		news = f.add(a.assume(c.Value, notFalse, a.standIn(c.Of, s, f)), "CHECK "+c.name+" rules NULL out") || news
	}
	return news
}
