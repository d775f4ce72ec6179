// Package explain lists the rules that a schema has for values: for each, the SQL that it comes from, where that stands,
// and how much of it the clients of each language enforce.
package explain

import (
	"fmt"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Kind is the sort of a rule.
type Kind string

const (
	Check   Kind = "check"
	NotNull Kind = "not null"
	Type    Kind = "type" // the limits of a column's type
)

// Rule is one rule of a relation or a domain.
type Rule struct {
	// Object is the relation or the domain; IsDomain tells which.
	Object   catalog.Name
	IsDomain bool
	// Columns are those that the rule reads, in order of place; empty for a domain's.
	Columns []string
	Kind    Kind
	// Constraint is the CHECK's name, "" for the other kinds.
	Constraint string
	// SQL is the condition, NOT NULL, or the type.
	SQL string
	// Says is what a type's limit means, in words; "" for the other kinds.
	Says string
	// NotValid: rows that are there may break it. It is tested on what is written only.
	NotValid bool
	Place    source.Span
	// Support has a row for each of Languages.
	Support map[naming.Language]constraint.Support
}

// Languages are those that clients are written in, in the order in which they are told of.
var Languages = []naming.Language{naming.Go, naming.TypeScript, naming.Python}

// Rules lists all rules of a catalog: those of relations first, then those of domains, both in order of name. A
// relation's rules on one column come in order of its columns, then those on several.
func Rules(c *catalog.Catalog) []Rule {
	var rules []Rule
	for i := range c.Relations {
		rules = append(rules, ofRelation(c, &c.Relations[i])...)
	}
	for _, d := range c.Domains {
		rules = append(rules, ofDomain(c, d)...)
	}
	return rules
}

func ofRelation(c *catalog.Catalog, rel *catalog.Relation) []Rule {
	var rules, several []Rule
	checks := map[string][]Rule{}
	for _, check := range rel.Checks {
		r := checkRule(check, constraint.RelationScope(c, rel))
		r.Object = rel.Name
		if len(r.Columns) == 1 {
			checks[r.Columns[0]] = append(checks[r.Columns[0]], r)
			continue
		}
		slices.SortFunc(r.Columns, func(a, b string) int { return position(rel, a) - position(rel, b) })
		several = append(several, r)
	}
	for _, col := range rel.Columns {
		rules = append(rules, ofColumn(rel, col)...)
		rules = append(rules, checks[col.Name]...)
	}
	return append(rules, several...)
}

func position(rel *catalog.Relation, column string) int {
	return slices.IndexFunc(rel.Columns, func(c catalog.Column) bool { return c.Name == column })
}

// ofColumn are the rules that a column's declaration makes. A view's columns have none of their own.
func ofColumn(rel *catalog.Relation, col catalog.Column) []Rule {
	if rel.Kind == catalog.View || rel.Kind == catalog.MaterializedView {
		return nil
	}
	of := Rule{Object: rel.Name, Columns: []string{col.Name}, Place: col.Span}
	var rules []Rule
	if col.NotNull {
		r := of
		r.Kind, r.SQL, r.Support = NotNull, "NOT NULL", everywhere()
		rules = append(rules, r)
	}
	if says := limits(col.Type); says != "" {
		r := of
		r.Kind, r.SQL, r.Says, r.Support = Type, catalog.FormatType(col.Type), says, everywhere()
		rules = append(rules, r)
	}
	return rules
}

func ofDomain(c *catalog.Catalog, d catalog.Domain) []Rule {
	of := Rule{Object: d.Name, IsDomain: true, Place: d.Span}
	var rules []Rule
	if d.NotNull {
		r := of
		r.Kind, r.SQL, r.Support = NotNull, "NOT NULL", everywhere()
		rules = append(rules, r)
	}
	if says := limits(d.Type); says != "" {
		r := of
		r.Kind, r.SQL, r.Says, r.Support = Type, catalog.FormatType(d.Type), says, everywhere()
		rules = append(rules, r)
	}
	for _, check := range d.Checks {
		r := checkRule(check, constraint.DomainScope(c, d))
		r.Object, r.IsDomain, r.Columns = d.Name, true, nil
		rules = append(rules, r)
	}
	return rules
}

func checkRule(check catalog.Check, scope constraint.Scope) Rule {
	compiled := constraint.Compile(check, scope)
	r := Rule{
		Kind: Check, Constraint: compiled.Constraint, SQL: compiled.SQL, NotValid: compiled.NotValid, Place: compiled.Span,
		Columns: constraint.ColumnsOf(check.Expression.Tree), Support: map[naming.Language]constraint.Support{},
	}
	for _, lang := range Languages {
		r.Support[lang] = constraint.SupportOf(compiled.Tree, lang)
	}
	return r
}

func everywhere() map[naming.Language]constraint.Support {
	all := map[naming.Language]constraint.Support{}
	for _, lang := range Languages {
		all[lang] = constraint.Support{Level: constraint.Full}
	}
	return all
}

// limits says in words what values a type leaves out, "" for none that the clients test.
func limits(t catalog.Type) string {
	if t.Array || t.Kind != catalog.BaseType {
		return ""
	}
	switch name := t.Name.Name; {
	case name == "int2" || name == "int4" || name == "int8":
		return "whole numbers from " + integers[name]
	case (name == "varchar" || name == "bpchar") && len(t.Mods) > 0:
		return fmt.Sprintf("at most %d characters; spaces beyond are cut", t.Mods[0])
	case name == "numeric" && len(t.Mods) > 0:
		scale := int32(0)
		if len(t.Mods) > 1 {
			scale = t.Mods[1]
		}
		return fmt.Sprintf("rounded to a scale of %d, then less than 10 to the power of %d", scale, t.Mods[0]-scale)
	}
	return ""
}

var integers = map[string]string{
	"int2": "-32768 to 32767", "int4": "-2147483648 to 2147483647", "int8": "-9223372036854775808 to 9223372036854775807",
}
