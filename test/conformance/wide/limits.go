package wide

import "github.com/trefoil-sql/trefoil/internal/naming"

// limitOf names the documented limit of a client's types that a row meets, "" for none.
func limitOf(lang naming.Language, s *Subject, text string) string {
	return ""
}
