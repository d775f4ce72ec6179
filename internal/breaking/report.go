package breaking

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// Changes are the findings of a comparison.
type Changes []Finding

// Count says how many findings there are of each class. Embedded in a document, it is three of its keys.
type Count struct {
	Breaking   int `json:"breaking"`
	Ignored    int `json:"ignored"` // breaking, and ignored by the config
	Compatible int `json:"compatible"`
}

func (c Count) String() string {
	changes := "changes"
	if c.Breaking == 1 {
		changes = "change"
	}
	return fmt.Sprintf("%d breaking %s, %d ignored, %d compatible", c.Breaking, changes, c.Ignored, c.Compatible)
}

// Count counts the findings.
func (c Changes) Count() Count {
	var n Count
	for _, f := range c {
		switch f.class() {
		case "breaking":
			n.Breaking++
		case "ignored":
			n.Ignored++
		default:
			n.Compatible++
		}
	}
	return n
}

// ThatBreak are the findings that break someone and are not ignored.
func (c Changes) ThatBreak() Changes {
	return filter(c, func(f Finding) bool { return f.class() == "breaking" })
}

// class is breaking, ignored or compatible.
func (f Finding) class() string {
	switch {
	case !f.Breaking():
		return "compatible"
	case f.Ignored:
		return "ignored"
	default:
		return "breaking"
	}
}

// Write prints each finding as a compiler would, and below it who is broken and how. Languages for which it is the same
// share a line; a change that breaks nobody has none.
func (c Changes) Write(w io.Writer) error {
	var b strings.Builder
	for _, f := range c {
		if p := f.Place.Place(); p != nil {
			fmt.Fprintf(&b, "%s:%d:%d: ", p.File, p.Line, p.Column)
		}
		fmt.Fprintf(&b, "%s[%s]: %s\n", f.class(), f.Rule, source.Visible(f.Message))
		if f.Breaking() {
			for _, line := range f.whom() {
				fmt.Fprintf(&b, "  %s\n", line)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// whom says for each group of languages what the change does to readers and writers.
func (f Finding) whom() []string {
	var lines []string
	var done []Language
	for _, i := range f.Impacts {
		if slices.Contains(done, i.Language) {
			continue
		}
		var same []string
		for _, o := range f.Impacts {
			if o.Readers == i.Readers && o.Writers == i.Writers {
				same, done = append(same, string(o.Language)), append(done, o.Language)
			}
		}
		lines = append(lines, fmt.Sprintf("%s: readers %s, writers %s", strings.Join(same, ", "), i.Readers, i.Writers))
	}
	return lines
}

// String is "compatible" or "breaking (types, data)".
func (e Effect) String() string {
	if e == 0 {
		return e.Class()
	}
	return fmt.Sprintf("%s (%s)", e.Class(), strings.Join(e.Names(), ", "))
}

// ChangeJSON is a finding as JSON. The shape is described in docs/breaking.md: every key is always there.
type ChangeJSON struct {
	Rule string `json:"rule"`
	// Class is breaking, ignored or compatible.
	Class     string         `json:"class"`
	Kind      Kind           `json:"kind"`
	Object    string         `json:"object"`
	Message   string         `json:"message"`
	Place     *source.Place  `json:"place"`
	Languages []LanguageJSON `json:"languages"`
}

// LanguageJSON is an Impact as JSON: the classes, and in what the client is broken (types, data).
type LanguageJSON struct {
	Language Language `json:"language"`
	Readers  SideJSON `json:"readers"`
	Writers  SideJSON `json:"writers"`
}

// SideJSON is an Effect as JSON.
type SideJSON struct {
	Class string   `json:"class"`
	In    []string `json:"in"`
}

func (e Effect) json() SideJSON { return SideJSON{e.Class(), e.Names()} }

// JSON is the findings for a document, never nil.
func (c Changes) JSON() []ChangeJSON {
	list := make([]ChangeJSON, len(c))
	for i, f := range c {
		list[i] = ChangeJSON{
			Rule: f.Rule, Class: f.class(), Kind: f.Subject.Kind, Object: f.Subject.Name, Message: f.Message, Place: f.Place.Place(),
			Languages: make([]LanguageJSON, len(f.Impacts)),
		}
		for j, impact := range f.Impacts {
			list[i].Languages[j] = LanguageJSON{impact.Language, impact.Readers.json(), impact.Writers.json()}
		}
	}
	return list
}

// Annotations are the findings that break someone, for a pull request: errors, and notices where they are ignored. locate
// names a file as GitHub knows it.
func (c Changes) Annotations(locate func(path string) string) []source.Annotation {
	var list []source.Annotation
	for _, f := range c {
		if !f.Breaking() {
			continue
		}
		a := source.Annotation{
			Severity: source.Error, Place: f.Place.Place(), Title: f.class() + "[" + f.Rule + "]",
			Message: f.Message + "\n" + strings.Join(f.whom(), "\n"),
		}
		if f.Ignored {
			a.Severity = source.Info
		}
		if a.Place != nil {
			a.Place.File = locate(a.Place.File)
		}
		list = append(list, a)
	}
	return list
}
