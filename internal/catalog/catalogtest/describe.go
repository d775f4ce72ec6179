// Package catalogtest holds the replay against a real PostgreSQL. Only tests import it.
package catalogtest

import (
	"fmt"

	"github.com/trefoil-sql/trefoil/internal/verify"
)

// Describe says a difference in words, from the replay's side.
func Describe(d verify.Difference) string {
	switch {
	case d.Ours == "":
		return fmt.Sprintf("%s: missing, the server has %s", d.Path, d.Server)
	case d.Server == "":
		return fmt.Sprintf("%s: extra, we have %s", d.Path, d.Ours)
	}
	return fmt.Sprintf("%s: ours is %s, the server has %s", d.Path, d.Ours, d.Server)
}
