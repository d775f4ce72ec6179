package explain

import "github.com/trefoil-sql/trefoil/internal/source"

// RuleJSON is a Rule as JSON; docs/rules.md has the shape.
type RuleJSON struct {
	Object     string                 `json:"object"`
	Domain     bool                   `json:"domain"`
	Columns    []string               `json:"columns"`
	Kind       Kind                   `json:"kind"`
	Constraint *string                `json:"constraint"`
	SQL        string                 `json:"sql"`
	NotValid   bool                   `json:"not_valid"`
	Place      *source.Place          `json:"place"`
	Enforced   map[string]SupportJSON `json:"enforced"`
}

// SupportJSON is a constraint.Support as JSON.
type SupportJSON struct {
	Level   string   `json:"level"`
	Reasons []string `json:"reasons"`
}

// JSON gives rules in their form as JSON, never nil.
func JSON(rules []Rule) []RuleJSON {
	out := make([]RuleJSON, len(rules))
	for i, r := range rules {
		out[i] = RuleJSON{
			Object: r.Object.String(), Domain: r.IsDomain, Columns: append([]string{}, r.Columns...), Kind: r.Kind, SQL: r.SQL,
			NotValid: r.NotValid, Place: r.Place.Place(), Enforced: map[string]SupportJSON{},
		}
		if r.Constraint != "" {
			out[i].Constraint = &r.Constraint
		}
		for _, lang := range Languages {
			s := r.Support[lang]
			out[i].Enforced[string(lang)] = SupportJSON{string(s.Level), append([]string{}, s.Reasons...)}
		}
	}
	return out
}
