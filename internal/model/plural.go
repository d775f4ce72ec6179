package model

import (
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/naming"
)

// plurals finds the relations that keep the plural: those whose singular is the name of something else, such as the
// tables queue and queues, or the table moods beside the type mood.
func plurals(c *catalog.Catalog) map[catalog.Name]bool {
	taken := map[catalog.Name]bool{}
	for _, e := range c.Enums {
		taken[e.Name] = true
	}
	for _, d := range c.Domains {
		taken[d.Name] = true
	}
	for _, t := range c.Composites {
		taken[t.Name] = true
	}
	for i := range c.Relations {
		taken[c.Relations[i].Name] = true
	}
	keep := map[catalog.Name]bool{}
	for i := range c.Relations {
		name := c.Relations[i].Name
		words := naming.Words(name.Name)
		singular := naming.Singular(words)
		if !slices.Equal(singular, words) && taken[catalog.Name{Schema: name.Schema, Name: strings.Join(singular, "_")}] {
			keep[name] = true
		}
	}
	return keep
}

// KeepPlural lists the tables that sqlc must not put in the singular either, by the names that it has for them.
func KeepPlural(c *catalog.Catalog, defaultSchema string) []string {
	var names []string
	for name := range plurals(c) {
		names = append(names, sqlcNames{defaultSchema: defaultSchema}.scoped(name))
	}
	slices.Sort(names)
	return names
}
