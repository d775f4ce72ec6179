package zod

import (
	"slices"
	"strings"
)

// code is an expression of TypeScript that can be written on one line, or broken over several.
type code interface {
	// flat is the expression on one line.
	flat() string
	// lines is the expression after so many characters of a line, whose other lines are indented so far. It is broken
	// where it has to be.
	lines(column, indent int) string
	// broken tells that it never fits on one line, since a comment is in it.
	broken() bool
}

// width is how long a line of a schema gets before it is broken.
const width = 100

// oneLine is the code on one line after so many characters, if it fits there.
func oneLine(c code, column int) (line string, fits bool) {
	if c.broken() {
		return "", false
	}
	line = c.flat()
	return line, column+len(line) <= width
}

// raw is code that is never broken.
type raw string

func (r raw) flat() string          { return string(r) }
func (r raw) lines(_, _ int) string { return string(r) }
func (r raw) broken() bool          { return false }

// raws makes code of strings.
func raws(list []string) []code {
	out := make([]code, len(list))
	for i, s := range list {
		out[i] = raw(s)
	}
	return out
}

// call is a list of code in brackets, such as the arguments of a call. It is broken after each.
type call struct {
	open  string
	args  []code
	close string
}

func (c call) flat() string {
	args := make([]string, len(c.args))
	for i, arg := range c.args {
		args[i] = arg.flat()
	}
	return c.open + strings.Join(args, ", ") + c.close
}

func (c call) lines(column, indent int) string {
	if line, fits := oneLine(c, column); fits || len(c.args) == 0 {
		return line
	}
	inner := strings.Repeat(" ", indent+2)
	var b strings.Builder
	b.WriteString(strings.TrimRight(c.open, " "))
	for _, arg := range c.args {
		b.WriteString("\n" + inner + arg.lines(indent+2+len(","), indent+2) + ",")
	}
	b.WriteString("\n" + inner[2:] + strings.TrimLeft(c.close, " "))
	return b.String()
}

func (c call) broken() bool { return slices.ContainsFunc(c.args, code.broken) }

// prefixed is code after some text, such as an arrow function's parameters.
type prefixed struct {
	prefix string
	code
}

func (p prefixed) flat() string { return p.prefix + p.code.flat() }
func (p prefixed) lines(column, indent int) string {
	return p.prefix + p.code.lines(column+len(p.prefix), indent)
}

// commented is code with a comment on a line of its own before it.
type commented struct {
	comment string
	code
}

func (c commented) lines(_, indent int) string {
	return "// " + c.comment + "\n" + strings.Repeat(" ", indent) + c.code.lines(indent, indent)
}
func (c commented) broken() bool { return true }

// chain is a base and the calls on it. If it is too long each call stands on a line of its own.
type chain struct {
	base  code
	calls []code
}

func (c chain) flat() string {
	var b strings.Builder
	b.WriteString(c.base.flat())
	for _, call := range c.calls {
		b.WriteString(call.flat())
	}
	return b.String()
}

func (c chain) lines(column, indent int) string {
	if len(c.calls) == 0 {
		return c.base.lines(column, indent)
	}
	if line, fits := oneLine(c, column); fits {
		return line
	}
	inner := indent + 2
	var b strings.Builder
	b.WriteString(c.base.lines(column, indent))
	if strings.Contains(b.String(), "\n") && !slices.ContainsFunc(c.calls, breakable) {
		return b.String() + chain{raw(""), c.calls}.flat()
	}
	for _, call := range c.calls {
		b.WriteString("\n" + strings.Repeat(" ", inner) + call.lines(inner, inner))
	}
	return b.String()
}

func (c chain) broken() bool { return c.base.broken() || slices.ContainsFunc(c.calls, code.broken) }

// breakable tells code that is not all raw.
func breakable(c code) bool {
	switch c := c.(type) {
	case raw:
		return false
	case chain:
		return breakable(c.base) || slices.ContainsFunc(c.calls, breakable)
	}
	return true
}

// either is a || b, broken before the operator.
type either struct{ a, b code }

func (e either) flat() string { return e.a.flat() + " || " + e.b.flat() }
func (e either) lines(column, indent int) string {
	if line, fits := oneLine(e, column); fits {
		return line
	}
	inner := strings.Repeat(" ", indent+2)
	return e.a.lines(column, indent) + " ||\n" + inner + e.b.lines(indent+2, indent+2)
}
func (e either) broken() bool { return e.a.broken() || e.b.broken() }
