package setup

import "fmt"

// Found lists what was found, a line each.
func (p *Project) Found() (lines []string) {
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if p.Config != "" {
		add("%s", p.Config)
	}
	if p.Schema.Path != "" {
		add("%s", p.Schema)
	}
	for _, s := range p.Rivals {
		add("%s (not used)", s)
	}
	for _, q := range p.Queries {
		add("%s: sqlc's queries, %s", q.Path, files(q.Files))
	}
	p.Go.found("Go", add)
	p.TypeScript.found("TypeScript", add)
	p.Python.found("Python", add)
	return lines
}

func (s Schema) String() string { return fmt.Sprintf("%s: %s, %s", s.Path, s.Layout, files(s.Files)) }

func (m *Module) found(language string, add func(string, ...any)) {
	if m == nil {
		return
	}
	text := m.File + ": " + language
	if m.Name != "" {
		text += ", " + m.Name
	}
	if m.Library != "" {
		text += ", with " + m.Library
	}
	if m.Version != "" {
		text += " " + m.Version
	}
	add("%s", text)
}

func files(n int) string {
	if n == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", n)
}
