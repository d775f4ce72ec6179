package pydantic

import "strings"

// code is an expression that can be broken over several lines.
type code interface {
	// flat writes it on one line.
	flat() string
	// broken writes it for a place that has room for so many characters; lines after the first are indented.
	broken(indent string, room int) string
}

type (
	// word stands on one line.
	word string
	// call is a function's name and its arguments, or a tuple without a name.
	call struct {
		name string
		args []code
	}
	// generic is a type's name and its arguments.
	generic struct {
		name string
		args []code
	}
	// orNone is a type that may be None.
	orNone struct{ code code }
	// prefixed is an expression after "lambda: " or "key=".
	prefixed struct {
		prefix string
		code   code
	}
)

func (w word) flat() string              { return string(w) }
func (w word) broken(string, int) string { return string(w) }

func (c call) flat() string {
	if c.name == "" && len(c.args) == 1 {
		return "(" + c.args[0].flat() + ",)"
	}
	return c.name + "(" + list(c.args) + ")"
}

func (c call) broken(indent string, room int) string {
	if flat := c.flat(); len(flat) <= room || len(c.args) == 0 {
		return flat
	}
	return c.name + "(\n" + lines(c.args, indent+"    ") + indent + ")"
}

func (g generic) flat() string { return g.name + "[" + list(g.args) + "]" }

func (g generic) broken(indent string, room int) string {
	if flat := g.flat(); len(flat) <= room {
		return flat
	}
	return g.name + "[\n" + lines(g.args, indent+"    ") + indent + "]"
}

func (o orNone) flat() string { return o.code.flat() + " | None" }

func (o orNone) broken(indent string, room int) string {
	return o.code.broken(indent, room-len(" | None")) + " | None"
}

// list writes arguments on one line.
func list(args []code) string {
	flat := make([]string, len(args))
	for i, arg := range args {
		flat[i] = arg.flat()
	}
	return strings.Join(flat, ", ")
}

// lines writes each argument on a line of its own.
func lines(args []code, indent string) string {
	var b strings.Builder
	for _, arg := range args {
		b.WriteString(indent + arg.broken(indent, width-len(indent)-len(",")) + ",\n")
	}
	return b.String()
}

func (p prefixed) flat() string { return p.prefix + p.code.flat() }

func (p prefixed) broken(indent string, room int) string {
	return p.prefix + p.code.broken(indent, room-len(p.prefix))
}

func lazy(c code) code { return prefixed{"lambda: ", c} }

func words(list []string) []code {
	out := make([]code, len(list))
	for i, s := range list {
		out[i] = word(s)
	}
	return out
}
