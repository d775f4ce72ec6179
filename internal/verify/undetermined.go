package verify

import (
	"fmt"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// SplitUndetermined takes out the columns of views whose type the replay says it does not know.
func SplitUndetermined(ours catalog.Document, diffs []Difference) (differences, undetermined []Difference) {
	views := map[string]bool{}
	for _, r := range ours.Relations {
		for _, c := range r.Columns {
			if r.Kind == string(catalog.View) || r.Kind == string(catalog.MaterializedView) {
				views[fmt.Sprintf("relations[%s.%s].columns[%s].type", r.Schema, r.Name, c.Name)] = c.Type == "unknown"
			}
		}
	}
	for _, d := range diffs {
		if views[d.Path] {
			undetermined = append(undetermined, d)
		} else {
			differences = append(differences, d)
		}
	}
	return differences, undetermined
}
