package source

// Message is a diagnostic as JSON. The shape is described in docs/diagnostics.md: every key is always there, and what is
// absent is null.
type Message struct {
	Severity string        `json:"severity"`
	Code     *string       `json:"code"`
	Message  string        `json:"message"`
	Hint     *string       `json:"hint"`
	Place    *Place        `json:"place"`
	Notes    []NoteMessage `json:"notes"`
}

// NoteMessage is a Note as JSON.
type NoteMessage struct {
	Message string `json:"message"`
	Place   *Place `json:"place"`
}

// Place is a Span as JSON: lines and columns from 1, columns in code points, and the end after the last character.
type Place struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
}

// Messages is what Shown has for JSON, never nil, and how many there are without its limit.
func (l List) Messages() ([]Message, int) {
	shown, total := l.Shown()
	messages := make([]Message, len(shown))
	for i, d := range shown {
		messages[i] = d.message()
	}
	return messages, total
}

func (d Diagnostic) message() Message {
	m := Message{
		Severity: d.Severity.String(), Code: optional(d.Code), Message: d.Message, Hint: optional(d.Hint),
		Place: d.Span.Place(), Notes: make([]NoteMessage, len(d.Notes)),
	}
	for i, n := range d.Notes {
		m.Notes[i] = NoteMessage{Message: n.Message, Place: n.Span.Place()}
	}
	return m
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// Place is the span for JSON, nil for the zero Span.
func (s Span) Place() *Place {
	if s.File == nil {
		return nil
	}
	from, to := s.Position(), s.File.Position(max(s.Start, s.End))
	return &Place{File: s.File.Path, Line: from.Line, Column: from.Column, EndLine: to.Line, EndColumn: to.Column}
}
