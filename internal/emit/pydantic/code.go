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
	// prefixed is an expression after "lambda: " or "key=".
	prefixed struct {
		prefix string
		code   code
	}
)

func (w word) flat() string              { return string(w) }
func (w word) broken(string, int) string { return string(w) }

func (c call) flat() string {
	args := make([]string, len(c.args))
	for i, arg := range c.args {
		args[i] = arg.flat()
	}
	end := ")"
	if c.name == "" && len(args) == 1 {
		end = ",)"
	}
	return c.name + "(" + strings.Join(args, ", ") + end
}

func (c call) broken(indent string, room int) string {
	if flat := c.flat(); len(flat) <= room || len(c.args) == 0 {
		return flat
	}
	inner := indent + "    "
	var b strings.Builder
	b.WriteString(c.name + "(\n")
	for _, arg := range c.args {
		b.WriteString(inner + arg.broken(inner, width-len(inner)-len(",")) + ",\n")
	}
	return b.String() + indent + ")"
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
