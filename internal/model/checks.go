package model

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// Checks are the CHECKs of a catalog, compiled: what the value lists and the models of all targets are made of. They are only
// read.
type Checks struct {
	catalog *catalog.Catalog
	// relations and domains have the rules of those that have any, in the catalog's order.
	relations, domains map[catalog.Name][]constraint.Rule
}

// CompileChecks compiles the CHECKs of a catalog.
func CompileChecks(c *catalog.Catalog) *Checks {
	k := &Checks{catalog: c, relations: map[catalog.Name][]constraint.Rule{}, domains: map[catalog.Name][]constraint.Rule{}}
	for i := range c.Relations {
		rel := &c.Relations[i]
		if len(rel.Checks) > 0 {
			k.relations[rel.Name] = compileAll(rel.Checks, constraint.RelationScope(c, rel))
		}
	}
	for _, d := range c.Domains {
		if len(d.Checks) > 0 {
			k.domains[d.Name] = compileAll(d.Checks, constraint.DomainScope(c, d))
		}
	}
	return k
}

func compileAll(checks []catalog.Check, scope constraint.Scope) []constraint.Rule {
	rules := make([]constraint.Rule, len(checks))
	for i, check := range checks {
		rules[i] = constraint.Compile(check, scope)
	}
	return rules
}
