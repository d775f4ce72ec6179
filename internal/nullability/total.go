package nullability

import (
	_ "embed"
	"strings"
	"sync"
)

// totalText lists the built-in functions and operators that never give NULL for arguments that are not NULL.
//
//go:embed total.txt
var totalText string

// signature is a line of the list: a name and the types of the arguments, as pg_type calls them.
type signature struct {
	name     string
	args     []string
	least    int // the arguments without a default
	operator bool
}

var totals = sync.OnceValue(func() map[string][]signature {
	out := map[string][]signature{}
	for line := range strings.Lines(totalText) {
		words := strings.Fields(line)
		if len(words) < 2 || words[0] == "#" {
			continue
		}
		s := signature{name: words[1], args: words[2:], operator: words[0] == "op"}
		for i, arg := range s.args {
			typ, hasDefault := strings.CutPrefix(arg, "=")
			if s.args[i] = typ; !hasDefault {
				s.least++
			}
		}
		out[s.name] = append(out[s.name], s)
	}
	return out
})
