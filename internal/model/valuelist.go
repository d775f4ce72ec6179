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
	// Columns are the columns that a CHECK list belongs to; empty for types.
	Columns []catalog.ColumnName
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
// come in the order types, domains, columns.
func ValueLists(c *catalog.Catalog, defaultSchema string) []ValueList {
	var lists []ValueList
	for _, e := range c.Enums {
		lists = append(lists, ValueList{
			Key: key(e.Name, defaultSchema), Values: e.Values, Type: e.Name, Comment: e.Comment, Span: e.Span,
		})
	}
	for _, d := range c.Domains {
		if l, ok := domainList(c, d); ok {
			l.Key = key(d.Name, defaultSchema)
			lists = append(lists, l)
		}
	}
	for i := range c.Relations {
		rel := &c.Relations[i]
		lists = append(lists, relationLists(c, rel, defaultSchema)...)
	}
	return lists
}

func key(n catalog.Name, defaultSchema string) string {
	if n.Schema == defaultSchema {
		return n.Name
	}
	return n.String()
}

func domainList(c *catalog.Catalog, d catalog.Domain) (ValueList, bool) {
	var found []listed
	for _, rule := range domainRules(c, d) {
		found = append(found, listsIn(rule, "VALUE")...)
	}
	values, name, ok := intersect(found)
	return ValueList{Values: values, Type: d.Name, Constraint: name, Comment: d.Comment, Span: d.Span}, ok
}

func relationLists(c *catalog.Catalog, rel *catalog.Relation, defaultSchema string) []ValueList {
	rules := relationRules(c, rel)
	var lists []ValueList
	for _, col := range rel.Columns {
		var found []listed
		for _, rule := range rules {
			found = append(found, listsIn(rule, col.Name)...)
		}
		values, name, ok := intersect(found)
		if !ok {
			continue
		}
		lists = append(lists, ValueList{
			Key:        key(rel.Name, defaultSchema) + "." + col.Name,
			Values:     values,
			Columns:    []catalog.ColumnName{{Relation: rel.Name, Column: col.Name}},
			Constraint: name,
			Comment:    col.Comment,
			Span:       col.Span,
		})
	}
	return lists
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
	base := constraint.Base(c, d.Type)
	var rules []constraint.Rule
	for _, check := range d.Checks {
		rules = append(rules, constraint.Compile(check, func(name string) (catalog.Type, bool) {
			return base, name == "VALUE"
		}))
	}
	return rules
}

// relationRules compiles a relation's checks.
func relationRules(c *catalog.Catalog, rel *catalog.Relation) []constraint.Rule {
	rules := make([]constraint.Rule, 0, len(rel.Checks))
	for _, check := range rel.Checks {
		rules = append(rules, constraint.Compile(check, func(name string) (catalog.Type, bool) {
			col, ok := rel.Column(name)
			if !ok {
				return catalog.Type{}, false
			}
			return constraint.Base(c, col.Type), true
		}))
	}
	return rules
}

// find gives the list of a type or a column.
func findList(lists []ValueList, match func(ValueList) bool) (int, bool) {
	i := slices.IndexFunc(lists, match)
	return i, i >= 0
}
