package model

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/naming"
)

// factRule is a condition on one value: an atom, or, where atom is nil, a tree. Both are of the tree, whose column is
// constraint.DomainValue.
type factRule struct {
	constraint, sql string
	atom            constraint.Atom
	tree            constraint.Node
	// notValid: rows that are there may break it.
	notValid bool
}

// tableRules are a relation's CHECKs: those of one column by column, and those of several.
type tableRules struct {
	columns map[string][]factRule
	several []severalRule
}

// severalRule is a CHECK that reads several columns, with the conditions that the target enforces.
type severalRule struct {
	constraint.Rule
	tests []constraint.Node
}

// rulesOf are a relation's CHECKs, as far as the target enforces them.
func (b *builder) rulesOf(rel *catalog.Relation) tableRules {
	if rules, ok := b.compiled[rel]; ok {
		return rules
	}
	rules, ok := b.Checks.tableRules[rel.Name]
	if !ok {
		rules = newTableRules(b.Checks.relations[rel.Name], b.Language)
	}
	b.compiled[rel] = rules
	return rules
}

func newTableRules(of []constraint.Rule, lang naming.Language) tableRules {
	if len(of) == 0 {
		return tableRules{}
	}
	rules := tableRules{columns: map[string][]factRule{}}
	for _, rule := range of {
		var several []constraint.Node
		for _, test := range constraint.Enforceable(rule.Tree, lang) {
			if columns := constraint.Columns(test); len(columns) == 1 {
				rules.columns[columns[0]] = append(rules.columns[columns[0]], factRules(rule, test, columns[0])...)
			} else if !constraint.Passes(test) {
				several = append(several, test)
			}
		}
		if len(several) > 0 {
			rules.several = append(rules.several, severalRule{rule, several})
		}
	}
	return rules
}

// factRules reads a condition on one column. One that refuses NULL says NOT NULL as well.
func factRules(rule constraint.Rule, test constraint.Node, column string) []factRule {
	atom, ok := constraint.AtomOf(test)
	if ok && atom == nil {
		return nil // it refuses nothing
	}
	fact := factRule{
		constraint: rule.Constraint, sql: rule.SQL, atom: atom, notValid: rule.NotValid,
		tree: constraint.Rename(test, column, constraint.DomainValue),
	}
	facts := []factRule{fact}
	if _, notNull := atom.(constraint.NotNull); !notNull && constraint.Refuses(test, nil) {
		fact.atom = constraint.NotNull{}
		facts = append(facts, fact)
	}
	return facts
}

// domainFacts are the rules that a domain adds to the type below it.
func (b *builder) domainFacts(d *catalog.Domain) []factRule {
	if rules, ok := b.domainRules[d.Name]; ok {
		return rules
	}
	rules, ok := b.Checks.domainFacts[d.Name]
	if !ok {
		rules = newDomainFacts(b.Checks.domains[d.Name], b.Language)
	}
	b.domainRules[d.Name] = rules
	return rules
}

func newDomainFacts(of []constraint.Rule, lang naming.Language) []factRule {
	var rules []factRule
	for _, rule := range of {
		for _, test := range constraint.Enforceable(rule.Tree, lang) {
			switch columns := constraint.Columns(test); {
			case len(columns) == 1:
				rules = append(rules, factRules(rule, test, columns[0])...)
			case !constraint.Passes(test):
				rules = append(rules, factRule{constraint: rule.Constraint, sql: rule.SQL, tree: test, notValid: rule.NotValid})
			}
		}
	}
	return rules
}

// listName is the constraint of the first list of values among some rules, "" without one.
func listName(rules []factRule) string {
	for _, r := range rules {
		if _, ok := r.atom.(constraint.OneOf); ok && !r.notValid {
			return r.constraint
		}
	}
	return ""
}

// applying are the rules that are left to test on a value of a type: what NOT NULL says is the field's, a list that
// became the type says no more than it, and a type that the user wrote is the user's.
func applying(t Type, rules []factRule) []factRule {
	var out []factRule
	for _, r := range rules {
		if _, notNull := r.atom.(constraint.NotNull); !notNull && applies(t, r) {
			out = append(out, r)
		}
	}
	return out
}

func applies(t Type, r factRule) bool {
	switch t := t.(type) {
	case Custom:
		return false
	case EnumRef:
		return slices.ContainsFunc(t.Enum.Values, func(v EnumValue) bool {
			return constraint.Refuses(r.tree, constraint.Row{constraint.DomainValue: v.Value})
		})
	}
	return true
}

// split gives the rules in the forms that a Field and an Array have. Rules that are not valid hold for what is written.
func split(rules []factRule, written bool) (atoms []Rule, tests []Test) {
	for _, r := range rules {
		switch {
		case r.notValid && !written:
		case r.atom != nil:
			atoms = append(atoms, Rule{r.constraint, r.atom})
		default:
			tests = append(tests, Test{Constraint: r.constraint, SQL: r.sql, Tree: r.tree})
		}
	}
	return atoms, tests
}

// notNull tells whether rules leave no null, and whether none can be written, which rules that are not valid say too.
func notNull(rules []factRule) (never, unwritable bool) {
	for _, r := range rules {
		if _, ok := r.atom.(constraint.NotNull); ok {
			never, unwritable = never || !r.notValid, true
		}
	}
	return never, unwritable
}

// nullBreaks is the constraint of the first rule that refuses null, "" without one.
func nullBreaks(rules []factRule) string {
	for _, r := range rules {
		if _, ok := r.atom.(constraint.NotNull); ok {
			return r.constraint
		}
	}
	return ""
}
