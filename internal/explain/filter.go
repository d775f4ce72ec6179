package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// Of lists the rules of a relation, of one of its columns, or of a domain: users, app.users, users.email, email. A name
// without a schema is one of the default schema. Those of the domains that the columns are of are among them.
func Of(c *catalog.Catalog, defaultSchema, what string) ([]Rule, error) {
	if what == "" {
		return Rules(c), nil
	}
	parts := strings.Split(what, ".")
	for i := range c.Relations {
		rel := &c.Relations[i]
		if column, ok := names(rel.Name, defaultSchema, parts); ok {
			return ofSome(c, rel, column, what)
		}
	}
	for _, d := range c.Domains {
		if rest, ok := names(d.Name, defaultSchema, parts); ok && rest == "" {
			return withDomains(c, d.Type, ofDomain(c, d)), nil
		}
	}
	return nil, unknown(c, defaultSchema, what)
}

// names tells whether an object is named, and what is left: a column.
func names(n catalog.Name, defaultSchema string, parts []string) (column string, ok bool) {
	switch {
	case len(parts) > 1 && parts[0] == n.Schema && parts[1] == n.Name:
		parts = parts[2:]
	case parts[0] == n.Name && n.Schema == defaultSchema:
		parts = parts[1:]
	default:
		return "", false
	}
	switch len(parts) {
	case 0:
		return "", true
	case 1:
		return parts[0], true
	}
	return "", false
}

func ofSome(c *catalog.Catalog, rel *catalog.Relation, column, what string) ([]Rule, error) {
	rules := ofRelation(c, rel)
	var columns []string
	for _, col := range rel.Columns {
		columns = append(columns, col.Name)
	}
	if column != "" {
		if !slices.Contains(columns, column) {
			return nil, fmt.Errorf("%s has no column %s%s", rel.Name, column, hint(column, columns))
		}
		rules = slices.DeleteFunc(rules, func(r Rule) bool { return !slices.Contains(r.Columns, column) })
		columns = []string{column}
	}
	for _, name := range columns {
		col, _ := rel.Column(name)
		rules = withDomains(c, col.Type, rules)
	}
	return rules, nil
}

// withDomains adds the rules of the domains that a type is made of, once.
func withDomains(c *catalog.Catalog, t catalog.Type, rules []Rule) []Rule {
	for t.Kind == catalog.DomainType {
		d, ok := constraint.Domain(c, t.Name)
		if !ok {
			return rules
		}
		if !slices.ContainsFunc(rules, func(r Rule) bool { return r.IsDomain && r.Object == d.Name }) {
			rules = append(rules, ofDomain(c, *d)...)
		}
		t = d.Type
	}
	return rules
}

func unknown(c *catalog.Catalog, defaultSchema, what string) error {
	var known []string
	add := func(n catalog.Name) {
		known = append(known, n.String())
		if n.Schema == defaultSchema {
			known = append(known, n.Name)
		}
	}
	for _, rel := range c.Relations {
		add(rel.Name)
	}
	for _, d := range c.Domains {
		add(d.Name)
	}
	return fmt.Errorf("there is no table, view or domain %s%s", what, hint(what, known))
}

func hint(word string, known []string) string {
	if h := suggest.Hint(word, known); h != "" {
		return "; " + h
	}
	return ""
}
