package constraint

import "github.com/trefoil-sql/trefoil/internal/naming"

// Unsupported tells why a client of the language cannot evaluate a node; "" if it can.
func Unsupported(n Node, lang naming.Language) string {
	reason := ""
	Walk(n, func(n Node) {
		if reason != "" {
			return
		}
		switch n := n.(type) {
		case Unknown:
			reason = n.Reason
		case Match:
			if lang == naming.Go {
				reason = n.Regex.NotRE2
			}
		}
	})
	return reason
}
