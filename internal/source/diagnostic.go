package source

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Severity says what a diagnostic does to a run.
type Severity int

const (
	// Error stops the run before anything is written; the exit code is 2.
	Error Severity = iota
	// Warning is printed and does not stop the run.
	Warning
	// Info is printed with -v only.
	Info
)

func (s Severity) String() string {
	switch s {
	case Warning:
		return "warning"
	case Info:
		return "info"
	default:
		return "error"
	}
}

// Diagnostic is one message about the user's input.
type Diagnostic struct {
	Span     Span
	Severity Severity
	// Code is stable and listed in docs/errors.md: trefoil's own (TF…) or PostgreSQL's SQLSTATE.
	Code    string
	Message string
	Hint    string
	Notes   []Note
}

// Note points at another place that explains a diagnostic, such as the first definition of a name.
type Note struct {
	Span    Span
	Message string
}

// Errorf makes an error diagnostic.
func Errorf(span Span, code, format string, args ...any) Diagnostic {
	return Diagnostic{Span: span, Code: code, Message: fmt.Sprintf(format, args...)}
}

// List is the diagnostics of a run. As an error it holds at least one of severity Error.
type List []Diagnostic

// Error renders all of the list as text, so that a List reads well wherever an error is printed.
func (l List) Error() string {
	var b strings.Builder
	_ = l.Write(&b)
	return strings.TrimRight(b.String(), "\n")
}

// Err returns the list as an error if any of it is one, else nil.
func (l List) Err() error {
	if slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error }) {
		return l
	}
	return nil
}

// Sort orders the list by file, place, severity and code, keeping equal ones in the order they were found.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(path(a.Span), path(b.Span)),
			cmp.Compare(a.Span.Start, b.Span.Start),
			cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Code, b.Code),
		)
	})
}

func path(s Span) string {
	if s.File == nil {
		return ""
	}
	return s.File.Path
}

// maxPrinted is how many diagnostics one run prints.
const maxPrinted = 50

// Shown is what a run prints of the list: sorted, equal ones once, and at most 50, where errors go before warnings and
// infos. The second result is how many there are without the limit.
func (l List) Shown() (List, int) {
	shown := l.Distinct()
	total := len(shown)
	slices.SortStableFunc(shown, func(a, b Diagnostic) int { return cmp.Compare(a.Severity, b.Severity) })
	shown = shown[:min(total, maxPrinted)]
	shown.Sort()
	return shown, total
}

// Distinct is the list, sorted, with equal diagnostics once: several targets find the same mistake.
func (l List) Distinct() List {
	sorted := slices.Clone(l)
	sorted.Sort()
	var kept List
	first := 0 // of those in kept that are at the same place
	for _, d := range sorted {
		if first < len(kept) && !d.Span.startsWith(kept[first].Span) {
			first = len(kept)
		}
		if !slices.ContainsFunc(kept[first:], d.equal) {
			kept = append(kept, d)
		}
	}
	return kept
}

func (d Diagnostic) equal(o Diagnostic) bool {
	return d.Severity == o.Severity && d.Code == o.Code && d.Message == o.Message && d.Hint == o.Hint &&
		d.Span.equal(o.Span) && slices.EqualFunc(d.Notes, o.Notes, func(a, b Note) bool {
		return a.Message == b.Message && a.Span.equal(b.Span)
	})
}

// equal tells that two spans are one place. A file may have been read more than once.
func (s Span) equal(o Span) bool { return s.startsWith(o) && s.End == o.End }

func (s Span) startsWith(o Span) bool { return path(s) == path(o) && s.Start == o.Start }

// Write prints what Shown has as text, with a count of the rest.
func (l List) Write(w io.Writer) error {
	shown, total := l.Shown()
	var b strings.Builder
	for _, d := range shown {
		d.write(&b)
	}
	if total > len(shown) {
		fmt.Fprintf(&b, "… and %d more\n", total-len(shown))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// write prints path:line:column: severity[CODE]: message, the line with a caret, then hint and notes.
func (d Diagnostic) write(b *strings.Builder) {
	b.WriteString(place(d.Span))
	b.WriteString(d.Severity.String())
	if d.Code != "" {
		fmt.Fprintf(b, "[%s]", d.Code)
	}
	fmt.Fprintf(b, ": %s\n", Visible(d.Message))
	writeCaret(b, d.Span)
	if d.Hint != "" {
		fmt.Fprintf(b, "  hint: %s\n", Visible(d.Hint))
	}
	for _, n := range d.Notes {
		fmt.Fprintf(b, "  note: %s%s\n", place(n.Span), Visible(n.Message))
	}
}

func place(s Span) string {
	if s.File == nil {
		return ""
	}
	p := s.Position()
	return fmt.Sprintf("%s:%d:%d: ", Visible(s.File.Path), p.Line, p.Column)
}

// maxLine is how many code points of a source line are shown.
const maxLine = 160

func writeCaret(b *strings.Builder, s Span) {
	if s.File == nil || s.File.Text == "" {
		return
	}
	p := s.Position()
	line := []rune(s.File.Line(p.Line))
	col := p.Column - 1
	if col > len(line) {
		return
	}
	width := utf8.RuneCountInString(firstLine(s.Text()))
	// A long line is shown from a little before the place.
	if from := col - maxLine/2; len(line) > maxLine && from > 0 {
		line, col = line[from:], col-from
	}
	line = line[:min(len(line), maxLine)]
	width = max(1, min(width, len(line)-col))
	pad := make([]rune, col)
	for i := range pad {
		pad[i] = ' '
		if i < len(line) && line[i] == '\t' {
			pad[i] = '\t'
		}
	}
	fmt.Fprintf(b, "  | %s\n  | %s%s\n", blanked(line), string(pad), strings.Repeat("^", width))
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.TrimRight(line, "\r")
}
