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
	return CompileChecks(c).ValueLists(defaultSchema)
}

// ValueLists finds the value lists of the catalog that the CHECKs are of.
func (k *Checks) ValueLists(defaultSchema string) []ValueList {
	c := k.catalog
	names := newSQLNames(c)
	var lists []ValueList
	for _, e := range c.Enums {
		lists = append(lists, ValueList{
			Key: key(e.Name, defaultSchema), Values: e.Values, Type: e.Name, SQLName: e.Name, Comment: e.Comment, Span: e.Span,
		})
	}
	for _, d := range c.Domains {
		if l, ok := k.domainList(d); ok {
			l.Key, l.SQLName = key(d.Name, defaultSchema), d.Name
			lists = append(lists, l)
		}
	}
	for _, l := range withoutRepeats(c, k.columnLists()) {
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
func (k *Checks) domainList(d catalog.Domain) (ValueList, bool) {
	found := k.ownLists(d)
	if len(found) == 0 {
		return ValueList{}, false
	}
	values, name, ok := intersect(append(found, k.listsOfType(d.Type)...))
	return ValueList{
		Values: values, Type: d.Name, Domains: append([]catalog.Name{d.Name}, k.heirs(d.Name)...),
		Constraint: name, Comment: d.Comment, Span: d.Span,
	}, ok
}

func (k *Checks) ownLists(d catalog.Domain) []listed {
	return listsIn(k.domains[d.Name])[constraint.DomainValue]
}

// listsOfType gathers the lists of a domain and of those below it.
func (k *Checks) listsOfType(t catalog.Type) []listed {
	var found []listed
	for t.Kind == catalog.DomainType && !t.Array {
		d, ok := constraint.Domain(k.catalog, t.Name)
		if !ok {
			break
		}
		found = append(found, k.ownLists(*d)...)
		t = d.Type
	}
	return found
}

// heirs are the domains over a domain that have no list of their own.
func (k *Checks) heirs(below catalog.Name) []catalog.Name {
	var names []catalog.Name
	for _, d := range k.catalog.Domains {
		if d.Type.Kind == catalog.DomainType && !d.Type.Array && d.Type.Name == below && len(k.ownLists(d)) == 0 {
			names = append(append(names, d.Name), k.heirs(d.Name)...)
		}
	}
	return names
}

// columnLists are the lists that the CHECKs of relations give their columns, in order.
func (k *Checks) columnLists() []ValueList {
	var lists []ValueList
	for i := range k.catalog.Relations {
		rel := &k.catalog.Relations[i]
		found := listsIn(k.relations[rel.Name])
		for j := range rel.Columns {
			if l, ok := k.columnList(rel, &rel.Columns[j], found[rel.Columns[j].Name]); ok {
				lists = append(lists, l)
			}
		}
	}
	return lists
}

func (k *Checks) columnList(rel *catalog.Relation, col *catalog.Column, found []listed) (ValueList, bool) {
	if len(found) == 0 {
		return ValueList{}, false
	}
	values, name, ok := intersect(append(found, k.listsOfType(col.Type)...))
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

// listsIn finds the lists that rules give columns. A rule that is NOT VALID may be broken by rows that are there, so it makes
// no type.
func listsIn(rules []constraint.Rule) map[string][]listed {
	var found map[string][]listed
	for _, rule := range rules {
		if rule.NotValid {
			continue
		}
		atoms, _ := rule.Atoms()
		for _, a := range atoms {
			if oneOf, ok := a.Atom.(constraint.OneOf); ok {
				if found == nil {
					found = map[string][]listed{}
				}
				found[a.Column] = append(found[a.Column], listed{oneOf, rule.Constraint})
			}
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
