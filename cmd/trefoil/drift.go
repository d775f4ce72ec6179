package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// maxDiff is how many lines of diffs one run prints as text.
const maxDiff = 500

// printDrifts lists the files, then shows the diffs, and ends with the command that mends it all.
func (f *checkFlags) printDrifts(std streams, drifts []generate.Drift) error {
	var b strings.Builder
	for _, d := range drifts {
		fmt.Fprintf(&b, "%-8s %s\n", d.Kind, d.Path)
	}
	f.writeDiffs(&b, drifts, std.colour)
	if slices.ContainsFunc(drifts, func(d generate.Drift) bool { return d.Kind == generate.Edited }) {
		b.WriteString("edited files were changed by hand or in a merge: what should stay belongs into the schema, the queries or the config\n")
	}
	fmt.Fprintf(&b, "%s; run: %s\n", drifted(len(drifts)), f.mend())
	_, err := io.WriteString(std.err, b.String())
	return err
}

func drifted(n int) string {
	if n == 1 {
		return "1 file has drifted from the schema"
	}
	return fmt.Sprintf("%d files have drifted from the schema", n)
}

// writeDiffs writes the diffs between what is there (-) and what generate would write (+).
func (f *checkFlags) writeDiffs(b *strings.Builder, drifts []generate.Drift, colour bool) {
	left, unshown := maxDiff, 0
	for _, d := range drifts {
		if !d.HasDiff() || f.diffLines <= 0 {
			continue
		}
		if left <= 0 {
			unshown++
			continue
		}
		lines, cut := cutLines(d.Diff(), min(left, f.diffLines))
		left -= len(lines)
		from := ""
		if origin := d.Origin(); origin.File != nil {
			p := origin.Position()
			from = fmt.Sprintf(" from %s:%d:%d", origin.File.Path, p.Line, p.Column)
		}
		fmt.Fprintf(b, "\n%s\n%s\n", paint("--- "+d.Path, bold, colour), paint("+++ generated"+from, bold, colour))
		for _, line := range lines {
			b.WriteString(paint(printable(line), colours[line[:1]], colour) + "\n")
		}
		if cut > 0 {
			fmt.Fprintf(b, "… %s of this diff cut; see --diff-lines\n", plural(cut, "more line"))
		}
	}
	if unshown > 0 {
		fmt.Fprintf(b, "\n… the diffs of %s are not shown\n", plural(unshown, "more file"))
	}
	if left < maxDiff {
		b.WriteString("\n")
	}
}

// cutLines are the first lines and how many more there are.
func cutLines(lines []string, limit int) ([]string, int) {
	limit = max(0, min(limit, len(lines)))
	return lines[:limit], len(lines) - limit
}

// The codes of terminals for bold, and for the colours of a diff's lines by their first character.
const bold = "1"

var colours = map[string]string{"@": "36", "-": "31", "+": "32"}

func paint(line, code string, colour bool) string {
	if !colour || code == "" {
		return line
	}
	return "\x1b[" + code + "m" + line + "\x1b[0m"
}

// printable shows what would move the terminal's cursor: a committed file can hold anything.
func printable(line string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return '\ufffd'
		}
		return r
	}, line)
}

// maxAnnotations is how many files annotations are made for. GitHub shows ten of one kind for a step.
const maxAnnotations = 50

// annotations are the drifts as annotations: on the place in the schema that they come from, all of one place in one,
// and else on the first line of the file that differs.
func (f *checkFlags) annotations(drifts []generate.Drift) []source.Annotation {
	var list []source.Annotation
	at := map[source.Place]int{}
	for _, d := range drifts {
		text := fmt.Sprintf("%s is %s", f.inRepository(d.Path), d.Kind)
		origin := d.Origin()
		if origin.IsZero() {
			list = append(list, source.Annotation{
				Place: &source.Place{File: f.inRepository(d.Path), Line: d.FirstLine()}, Title: "trefoil check", Message: text,
			})
			continue
		}
		place := *origin.Place()
		place.File = f.inRepository(place.File)
		i, ok := at[place]
		if !ok {
			i, at[place] = len(list), len(list)
			list = append(list, source.Annotation{Place: &place, Title: "trefoil check"})
		}
		list[i].Message += text + "\n"
	}
	for i := range list {
		list[i].Message = strings.TrimSuffix(list[i].Message, "\n") + "\nrun: " + f.mend()
	}
	return list[:min(len(list), maxAnnotations)]
}
