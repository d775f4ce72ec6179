package wide

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Report writes what came of a run as Markdown: for each type and rule the probes, and how many of them PostgreSQL and
// each client accept and refuse.
func Report(s Schema, clients []Client, o *Outcome) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Conformance\n\n%d probes, of which PostgreSQL accepts %d.\n\n", o.Probes, o.Accepted)
	b.WriteString("| | written, stored again and compared | findings | refused or rounded for a limit of the language |\n|---|---|---|---|\n")
	for _, c := range clients {
		found := 0
		for _, f := range o.Findings {
			if f.Client == c.Name {
				found++
			}
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %s |\n", c.Name, o.Compared[c.Name], found, limits(o.Limits[c.Name]))
	}
	b.WriteString("\nIn each cell: accepted by both / refused by both / only by the client / only by PostgreSQL.\n" +
		"What only the client accepts is no finding where `trefoil explain` does not call the rule enforced, or where a type's notation is not checked.\n" +
		"What only the client refuses is for a limit of the language.\n")
	group := ""
	for _, subject := range s.Subjects {
		if subject.Group != group {
			group = subject.Group
			fmt.Fprintf(&b, "\n## %s\n\n| | probes |", group)
			for _, c := range clients {
				fmt.Fprintf(&b, " %s |", c.Name)
			}
			b.WriteString("\n|---|---|" + strings.Repeat("---|", len(clients)) + "\n")
		}
		fmt.Fprintf(&b, "| %s | %d |", cell(subject.Title), o.Of[subject.Table])
		for _, c := range clients {
			n := o.Counts[subject.Table][c.Name]
			if n == nil {
				n = &Count{}
			}
			fmt.Fprintf(&b, " %d / %d / %d / %d |", n.BothAccept, n.BothRefuse, n.OnlyClientAccepts, n.OnlyClientRefuses)
		}
		b.WriteString("\n")
	}
	if len(o.Findings) > 0 {
		b.WriteString("\n## Findings\n\n")
		for _, f := range o.Findings[:min(len(o.Findings), 500)] {
			fmt.Fprintf(&b, "- %s %s, %s: %s\n", f.Client, f.What, cell(f.Subject.Title), cell(f.Text+": "+f.Details))
		}
	}
	return b.String()
}

func limits(met map[string]int) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(met)) {
		list = append(list, fmt.Sprintf("%s: %d", name, met[name]))
	}
	return strings.Join(list, "; ")
}

// cell quotes text in a cell of a table.
func cell(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 200 {
		text = strings.ToValidUTF8(text[:200], "") + "…"
	}
	return "`` " + strings.NewReplacer("|", `\|`, "`", "'").Replace(text) + " ``"
}
