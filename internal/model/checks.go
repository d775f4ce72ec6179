package model

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/naming"
)

// Checks are the CHECKs of a catalog, compiled: what the value lists and the models of all targets are made of. They are only
// read.
type Checks struct {
	catalog *catalog.Catalog
	// relations and domains have the rules of each, in the catalog's order.
	relations, domains map[catalog.Name][]constraint.Rule
	// tableRules and domainFacts are what targets make of those that all languages enforce alike.
	tableRules  map[catalog.Name]tableRules
	domainFacts map[catalog.Name][]factRule
}

// CompileChecks compiles the CHECKs of a catalog.
func CompileChecks(c *catalog.Catalog) *Checks {
	k := &Checks{
		catalog: c, relations: map[catalog.Name][]constraint.Rule{}, domains: map[catalog.Name][]constraint.Rule{},
		tableRules: map[catalog.Name]tableRules{}, domainFacts: map[catalog.Name][]factRule{},
	}
	for i := range c.Relations {
		rel := &c.Relations[i]
		rules := compileAll(rel.Checks, constraint.RelationScope(c, rel))
		k.relations[rel.Name] = rules
		if enforcedAlike(rules) {
			k.tableRules[rel.Name] = newTableRules(rules, languages[0])
		}
	}
	for _, d := range c.Domains {
		rules := compileAll(d.Checks, constraint.DomainScope(c, d))
		k.domains[d.Name] = rules
		if enforcedAlike(rules) {
			k.domainFacts[d.Name] = newDomainFacts(rules, languages[0])
		}
	}
	return k
}

var languages = []naming.Language{naming.Go, naming.TypeScript, naming.Python}

// enforcedAlike tells rules that no language has anything left out of.
func enforcedAlike(rules []constraint.Rule) bool {
	return !slices.ContainsFunc(rules, func(r constraint.Rule) bool {
		return slices.ContainsFunc(languages, func(lang naming.Language) bool { return constraint.Unsupported(r.Tree, lang) != "" })
	})
}

func compileAll(checks []catalog.Check, scope constraint.Scope) []constraint.Rule {
	rules := make([]constraint.Rule, len(checks))
	for i, check := range checks {
		rules[i] = constraint.Compile(check, scope)
	}
	return rules
}
