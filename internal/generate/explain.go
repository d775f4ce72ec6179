package generate

import (
	"io"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	valuerules "github.com/trefoil-sql/trefoil/internal/explain"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Explained are the rules of a schema, with what each client enforces of them.
type Explained struct {
	rules []valuerules.Rule
	Notes source.List
}

// Explain lists the rules of a project's schemas: of a table, of a column (table.column), of a domain, or all for "".
// Where there are several schemas, the first that has the name counts.
func Explain(o Options, what string) (*Explained, error) {
	cfg, err := config.Load(o.Dir, o.File)
	if err != nil {
		return nil, err
	}
	out := &Explained{}
	var failed error
	for _, entry := range cfg.SQL {
		files, notes, err := schemaFiles(cfg, entry)
		if err != nil {
			return nil, err
		}
		cat, more, err := catalog.Load(files.all)
		if err != nil {
			return nil, err
		}
		out.Notes = append(append(out.Notes, notes...), more...)
		rules, err := valuerules.Of(cat, cfg.Shared.DefaultSchema, what)
		if err != nil {
			failed = err
			continue
		}
		out.rules = append(out.rules, rules...)
		if what != "" {
			return out, nil
		}
	}
	return out, failed
}

// Write prints the rules as text.
func (e *Explained) Write(w io.Writer) error { return valuerules.Write(w, e.rules) }

// JSON gives the rules in their form as JSON, never nil.
func (e *Explained) JSON() []valuerules.RuleJSON { return valuerules.JSON(e.rules) }
