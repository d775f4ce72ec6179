package queries

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// EnvMisses names the variable of a file to which every miss is appended, for reading at leisure.
const EnvMisses = "TREFOIL_QUERY_MISSES"

// printed is how many misses a report prints before it only counts.
const printed = 40

// Tally counts the queries of a source that both sides describe alike.
type Tally struct {
	All, Same int
	Known     int // misses that are on the list
	misses    []string
}

// Add counts a query. Where there are differences it is a miss.
func (c *Tally) Add(at, sql string, differences []string) {
	c.All++
	if len(differences) == 0 {
		c.Same++
		return
	}
	c.misses = append(c.misses, fmt.Sprintf("%s: %s\n    %s", at, strings.Join(differences, "; "), oneLine(sql)))
}

// AddKnown counts a query whose difference is on the list.
func (c *Tally) AddKnown() { c.All++; c.Known++ }

// Share is the part of the queries that are the same, known differences being none of them.
func (c *Tally) Share() float64 {
	if c.All == 0 {
		return 0
	}
	return float64(c.Same) / float64(c.All)
}

// Report prints the share, and fails the test where there is a miss that is not on the list, or the share is below the
// least.
func (c *Tally) Report(t testing.TB, what string, least float64) {
	t.Helper()
	t.Logf("%s: %d of %d are the server's (%.2f%%), %d known differences", what, c.Same, c.All, 100*c.Share(), c.Known)
	if c.All == 0 || c.Share() < least {
		t.Errorf("%s: the share is below %.0f%%", what, 100*least)
	}
	if len(c.misses) == 0 {
		return
	}
	if path := os.Getenv(EnvMisses); path != "" {
		appendTo(t, path, "== "+what+"\n"+strings.Join(c.misses, "\n")+"\n")
	}
	shown := c.misses[:min(len(c.misses), printed)]
	t.Errorf("%s: %d misses that are not on the list:\n%s", what, len(c.misses), strings.Join(shown, "\n"))
}

func appendTo(t testing.TB, path, text string) {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

func oneLine(sql string) string { return strings.Join(strings.Fields(sql), " ") }
