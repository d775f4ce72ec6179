package output

import (
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff is what generate would do to the file, as the lines of a unified diff without its two header lines. It is empty
// for a file that is missing or stale.
func (d Drift) Diff() []string {
	if !d.HasDiff() {
		return nil
	}
	text := string(diff.Diff("have", d.Have, "want", d.Want))
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	return lines[slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "@@") }):]
}

// HasDiff tells that there are two texts to compare.
func (d Drift) HasDiff() bool { return d.Have != nil && d.Want != nil }

// FirstLine is the number of the first line of the file that differs, 1 where the whole file does.
func (d Drift) FirstLine() int {
	have, want := strings.Split(string(d.Have), "\n"), strings.Split(string(d.Want), "\n")
	if d.Have == nil || d.Want == nil {
		return 1
	}
	for i := range min(len(have), len(want)) {
		if have[i] != want[i] {
			return i + 1
		}
	}
	return max(1, min(len(have), len(want)))
}
