package queries

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// EnvMisses names the variable of a file to which every miss is appended, for reading at leisure.
const EnvMisses = "TREFOIL_QUERY_MISSES"

// printed is how many misses a report prints before it only counts.
const printed = 40

// Tally counts the queries of a source that both sides describe alike.
type Tally struct {
	What      string // the source
	All, Same int
	Known     int // misses that are on the list
	known     map[string]string
	misses    []string
	stale     []string
}

// NewTally counts queries of a source, whose known differences are read.
func NewTally(t testing.TB, what string) *Tally {
	t.Helper()
	return &Tally{What: what, known: Known(t, what)}
}

// Add counts a query. Where there are differences it is a miss.
func (c *Tally) Add(at, sql string, differences []string) {
	c.All++
	_, known := c.known[at]
	delete(c.known, at)
	switch {
	case len(differences) == 0 && known:
		c.stale = append(c.stale, at)
		c.Same++
	case len(differences) == 0:
		c.Same++
	case known:
		c.Known++
	default:
		c.misses = append(c.misses, fmt.Sprintf("%s: %s\n    %s", at, strings.Join(differences, "; "), oneLine(sql)))
	}
}

// Share is the part of the queries that are the same, known differences being none of them.
func (c *Tally) Share() float64 {
	if c.All == 0 {
		return 0
	}
	return float64(c.Same) / float64(c.All)
}

// Report prints the share, and fails the test where there is a miss that is not on the list, an entry of the list that is
// no miss, or the share is below the least.
func (c *Tally) Report(t testing.TB, least float64) {
	t.Helper()
	t.Logf("%s: %d of %d are the server's (%.2f%%), %d known differences", c.What, c.Same, c.All, 100*c.Share(), c.Known)
	if c.All == 0 || c.Share() < least {
		t.Errorf("%s: the share is below %.0f%%", c.What, 100*least)
	}
	for at := range c.known {
		c.stale = append(c.stale, at)
	}
	slices.Sort(c.stale)
	for _, at := range c.stale {
		t.Errorf("%s: the known difference is gone, take it off the list: %s", c.What, at)
	}
	if len(c.misses) == 0 {
		return
	}
	if path := os.Getenv(EnvMisses); path != "" {
		appendTo(t, path, "== "+c.What+"\n"+strings.Join(c.misses, "\n")+"\n")
	}
	shown := c.misses[:min(len(c.misses), printed)]
	t.Errorf("%s: %d misses that are not on the list:\n%s", c.What, len(c.misses), strings.Join(shown, "\n"))
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
