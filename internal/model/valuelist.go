package model

import (
	"fmt"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// ValueList is a closed list of strings that a column can hold, before it has names in any language.
type ValueList struct {
	// Key is how options name it: the type's or domain's name, or table.column; with its schema where that is not the
	// default one.
	Key    string
	Values []string
	// Type is the enum or domain; zero for a list in a table's CHECK.
	Type catalog.Name
	// SQLName is what the canonical schema calls the list's type: the enum's or domain's own name (the canonical schema
	// has no domains), or one made of table and column that collides with no type of the catalog.
	SQLName catalog.Name
	// Columns are the columns that a CHECK list belongs to, the first of which it is named after; empty for types.
	Columns []catalog.ColumnName
	// Domains are the domain that the list belongs to and those over it that add no list of their own.
	Domains []catalog.Name
	// Constraint is the CHECK's name, "" for an enum type.
	Constraint string
	Comment    string
	Span       source.Span
}

// IsEnumType tells a CREATE TYPE … AS ENUM from a list in a CHECK.
func (l ValueList) IsEnumType() bool { return l.Constraint == "" }

// Origin says where the list comes from, for the output's comments.
func (l ValueList) Origin() string {
	switch {
	case l.IsEnumType():
		return "enum " + l.Type.String()
	case l.Type != (catalog.Name{}):
		return fmt.Sprintf("constraint %s of domain %s", l.Constraint, l.Type)
	default:
		return fmt.Sprintf("constraint %s on %s", l.Constraint, l.Columns[0].Relation)
	}
}

// ValueLists finds every value list of the catalog: enum types, domains and columns whose CHECK lists the values. They
// come in the order types, domains, columns. A partition or child table that repeats its parent's list has the parent's.
func ValueLists(c *catalog.Catalog, defaultSchema string) []ValueList {
	names := newSQLNames(c)
	var lists []ValueList
	for _, e := range c.Enums {
		lists = append(lists, ValueList{
			Key: key(e.Name, defaultSchema), Values: e.Values, Type: e.Name, SQLName: e.Name, Comment: e.Comment, Span: e.Span,
		})
	}
	for _, d := range c.Domains {
		if l, ok := domainList(c, d); ok {
			l.Key, l.SQLName = key(d.Name, defaultSchema), d.Name
			lists = append(lists, l)
		}
	}
	for _, l := range withoutRepeats(c, columnLists(c)) {
		of := l.Columns[0]
		l.Key = key(of.Relation, defaultSchema) + "." + of.Column
		l.SQLName = names.column(of)
		lists = append(lists, l)
	}
	return lists
}

func key(n catalog.Name, defaultSchema string) string {
	if n.Schema == defaultSchema {
		return n.Name
	}
	return n.String()
}

// domainList is the list that a domain's own CHECK gives; the lists of the domains below it hold as well.
func domainList(c *catalog.Catalog, d catalog.Domain) (ValueList, bool) {
	found := ownLists(c, d)
	if len(found) == 0 {
		return ValueList{}, false
	}
	values, name, ok := intersect(append(found, listsOfType(c, d.Type)...))
	return ValueList{
		Values: values, Type: d.Name, Domains: append([]catalog.Name{d.Name}, heirs(c, d.Name)...),
		Constraint: name, Comment: d.Comment, Span: d.Span,
	}, ok
}

func ownLists(c *catalog.Catalog, d catalog.Domain) []listed {
	var found []listed
	for _, rule := range domainRules(c, d) {
		found = append(found, listsIn(rule, constraint.DomainValue)...)
	}
	return found
}

// listsOfType gathers the lists of a domain and of those below it.
func listsOfType(c *catalog.Catalog, t catalog.Type) []listed {
	var found []listed
	for t.Kind == catalog.DomainType && !t.Array {
		d, ok := constraint.Domain(c, t.Name)
		if !ok {
			break
		}
		found = append(found, ownLists(c, *d)...)
		t = d.Type
	}
	return found
}

// heirs are the domains over a domain that have no list of their own.
func heirs(c *catalog.Catalog, below catalog.Name) []catalog.Name {
	var names []catalog.Name
	for _, d := range c.Domains {
		if d.Type.Kind == catalog.DomainType && !d.Type.Array && d.Type.Name == below && len(ownLists(c, d)) == 0 {
			names = append(append(names, d.Name), heirs(c, d.Name)...)
		}
	}
	return names
}

// columnLists are the lists that the CHECKs of relations give their columns, in order.
func columnLists(c *catalog.Catalog) []ValueList {
	var lists []ValueList
	for i := range c.Relations {
		rel := &c.Relations[i]
		rules := relationRules(c, rel)
		for _, col := range rel.Columns {
			if l, ok := columnList(c, rel, col, rules); ok {
				lists = append(lists, l)
			}
		}
	}
	return lists
}

func columnList(c *catalog.Catalog, rel *catalog.Relation, col catalog.Column, rules []constraint.Rule) (ValueList, bool) {
	var found []listed
	for _, rule := range rules {
		found = append(found, listsIn(rule, col.Name)...)
	}
	if len(found) == 0 {
		return ValueList{}, false
	}
	values, name, ok := intersect(append(found, listsOfType(c, col.Type)...))
	return ValueList{
		Values: values, Columns: []catalog.ColumnName{{Relation: rel.Name, Column: col.Name}},
		Constraint: name, Comment: col.Comment, Span: col.Span,
	}, ok
}

// withoutRepeats gives the columns of partitions and child tables to the list of the parent's column, where the values
// are the same.
func withoutRepeats(c *catalog.Catalog, lists []ValueList) []ValueList {
	parents := map[catalog.Name][]catalog.Name{}
	for _, rel := range c.Relations {
		parents[rel.Name] = rel.Inherits
		if rel.PartitionOf != nil {
			parents[rel.Name] = append(parents[rel.Name], *rel.PartitionOf)
		}
	}
	// first follows a list to the one that it repeats, by index.
	var first func(i int) int
	first = func(i int) int {
		of := lists[i].Columns[0]
		for _, p := range parents[of.Relation] {
			j := slices.IndexFunc(lists, func(l ValueList) bool {
				return l.Columns[0] == catalog.ColumnName{Relation: p, Column: of.Column} && slices.Equal(l.Values, lists[i].Values)
			})
			if j >= 0 {
				return first(j)
			}
		}
		return i
	}
	kept := map[int]*ValueList{}
	out := make([]ValueList, 0, len(lists))
	for i, l := range lists {
		if first(i) == i {
			out = append(out, l)
			kept[i] = &out[len(out)-1]
		}
	}
	for i, l := range lists {
		if j := first(i); j != i {
			kept[j].Columns = append(kept[j].Columns, l.Columns...)
		}
	}
	return out
}

// listed is a value list with the constraint that has it.
type listed struct {
	oneOf      constraint.OneOf
	constraint string
}

// listsIn finds the lists that a rule gives a column. A rule that is NOT VALID may be broken by rows that are there, so
// it makes no type.
func listsIn(rule constraint.Rule, column string) []listed {
	if rule.NotValid {
		return nil
	}
	var found []listed
	atoms, _ := rule.Atoms()
	for _, a := range atoms {
		if oneOf, ok := a.Atom.(constraint.OneOf); ok && a.Column == column {
			found = append(found, listed{oneOf, rule.Constraint})
		}
	}
	return found
}

// intersect joins the lists of one column: all of them hold.
func intersect(found []listed) (values []string, name string, ok bool) {
	if len(found) == 0 {
		return nil, "", false
	}
	lists := make([]constraint.OneOf, len(found))
	for i, f := range found {
		lists[i] = f.oneOf
	}
	values = constraint.Intersect(lists...).Values
	return values, found[0].constraint, len(values) > 0
}

// domainRules compiles a domain's own checks.
func domainRules(c *catalog.Catalog, d catalog.Domain) []constraint.Rule {
	var rules []constraint.Rule
	for _, check := range d.Checks {
		rules = append(rules, constraint.Compile(check, constraint.DomainScope(c, d)))
	}
	return rules
}

// relationRules compiles a relation's checks.
func relationRules(c *catalog.Catalog, rel *catalog.Relation) []constraint.Rule {
	rules := make([]constraint.Rule, 0, len(rel.Checks))
	for _, check := range rel.Checks {
		rules = append(rules, constraint.Compile(check, constraint.RelationScope(c, rel)))
	}
	return rules
}
