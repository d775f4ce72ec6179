package explain

import (
	"fmt"
	"io"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Write prints rules as text, under the objects and columns that they are of.
func Write(w io.Writer, rules []Rule) error {
	var b strings.Builder
	var object catalog.Name
	heading := ""
	for i, r := range rules {
		if i == 0 || r.Object != object {
			object, heading = r.Object, ""
			if i > 0 {
				b.WriteByte('\n')
			}
			fmt.Fprintf(&b, "%s%s\n", map[bool]string{true: "domain "}[r.IsDomain], source.Visible(r.Object.String()))
		}
		if h := strings.Join(r.Columns, ", "); h != heading {
			heading = h
			fmt.Fprintf(&b, "  %s\n", source.Visible(h))
		}
		writeRule(&b, r)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeRule(b *strings.Builder, r Rule) {
	switch r.Kind {
	case Check:
		fmt.Fprintf(b, "    CHECK %s: %s\n", source.Visible(r.Constraint), source.Visible(r.SQL))
	case Type:
		fmt.Fprintf(b, "    %s: %s\n", source.Visible(r.SQL), r.Says)
	default:
		fmt.Fprintf(b, "    %s\n", r.SQL)
	}
	if !r.Place.IsZero() {
		fmt.Fprintf(b, "      at %s:%d\n", r.Place.File.Path, r.Place.Position().Line)
	}
	if r.NotValid {
		b.WriteString("      NOT VALID: tested on what is written only\n")
	}
	for _, line := range supportLines(r) {
		fmt.Fprintf(b, "      %s\n", line)
	}
}

var languageNames = map[naming.Language]string{naming.Go: "Go", naming.TypeScript: "TypeScript", naming.Python: "Python"}

var levels = map[constraint.Level]string{
	constraint.Full: "enforced", constraint.Partly: "partly enforced", constraint.NotAtAll: "not enforced",
}

// supportLines joins the languages that enforce as much, for the same reasons.
func supportLines(r Rule) []string {
	var lines, said []string
	for i, lang := range Languages {
		text := SupportText(r.Support[lang])
		at := indexOf(said, text)
		if at < 0 {
			said = append(said, text)
			lines = append(lines, levels[r.Support[lang].Level]+" in "+languageNames[lang])
			continue
		}
		joint := ", "
		if last := i == len(Languages)-1 || indexOf(said, SupportText(r.Support[Languages[i+1]])) != at; last {
			joint = " and "
		}
		lines[at] += joint + languageNames[lang]
	}
	for i, text := range said {
		if _, reasons, ok := strings.Cut(text, ": "); ok {
			lines[i] += ": " + source.Visible(reasons)
		}
	}
	return lines
}

// SupportText is "enforced", or "partly enforced: why not all".
func SupportText(s constraint.Support) string {
	if len(s.Reasons) == 0 {
		return levels[s.Level]
	}
	return levels[s.Level] + ": " + strings.Join(s.Reasons, "; ")
}

func indexOf(list []string, s string) int {
	for i, item := range list {
		if item == s {
			return i
		}
	}
	return -1
}
