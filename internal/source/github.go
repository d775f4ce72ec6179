package source

import (
	"fmt"
	"io"
	"strings"
)

// Annotation is a workflow command of GitHub Actions: a message shown at a line of the pull request.
type Annotation struct {
	Severity Severity
	Place    *Place // nil for a message about no file
	Title    string
	Message  string // may have several lines
}

// levels are GitHub's words for severities.
var levels = map[Severity]string{Error: "error", Warning: "warning", Info: "notice"}

// Write prints the annotation as the one line that GitHub reads. An end is told only within one line, as GitHub has it.
func (a Annotation) Write(w io.Writer) error {
	var properties []string
	if p := a.Place; p != nil {
		properties = append(properties, "file="+property.Replace(p.File), fmt.Sprintf("line=%d", p.Line))
		if p.Column > 0 {
			properties = append(properties, fmt.Sprintf("col=%d", p.Column))
		}
		if p.EndLine == p.Line && p.EndColumn > p.Column {
			properties = append(properties, fmt.Sprintf("endColumn=%d", p.EndColumn))
		}
	}
	if a.Title != "" {
		properties = append(properties, "title="+property.Replace(a.Title))
	}
	command := "::" + levels[a.Severity]
	if len(properties) > 0 {
		command += " " + strings.Join(properties, ",")
	}
	_, err := fmt.Fprintf(w, "%s::%s\n", command, data.Replace(a.Message))
	return err
}

// What GitHub takes for its own syntax in a message, and in a property.
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// WriteGitHub prints what Shown has as annotations, with a count of the rest. locate names a file as GitHub knows it:
// relative to the repository.
func (l List) WriteGitHub(w io.Writer, locate func(path string) string) error {
	shown, total := l.Shown()
	for _, d := range shown {
		if err := d.annotation(locate).Write(w); err != nil {
			return err
		}
	}
	if total > len(shown) {
		_, err := fmt.Fprintf(w, "… and %d more\n", total-len(shown))
		return err
	}
	return nil
}

func (d Diagnostic) annotation(locate func(string) string) Annotation {
	a := Annotation{Severity: d.Severity, Place: d.Span.Place(), Title: d.Severity.String(), Message: d.Message}
	if a.Place != nil {
		a.Place.File = locate(a.Place.File)
	}
	if d.Code != "" {
		a.Title += "[" + d.Code + "]"
	}
	if d.Hint != "" {
		a.Message += "\nhint: " + d.Hint
	}
	for _, n := range d.Notes {
		a.Message += "\nnote: " + place(n.Span) + n.Message
	}
	return a
}
