package golang

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The functions of this file write Go as gofmt would: parsing and printing megabytes of it again takes many times as long.
// An expression or a statement is a text without a newline at its end. Where it has several lines they are indented from
// its own beginning, so that whatever it is put into only adds to that. No literal has a newline in it.

// lit is a string's literal.
func lit(text string) string { return strconv.Quote(text) }

// lits are the literals of several strings, as a list.
func lits(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = lit(text)
	}
	return strings.Join(quoted, ", ")
}

// apply calls a function, with all arguments on one line.
func apply(function string, args ...string) string {
	return function + "(" + strings.Join(args, ", ") + ")"
}

// stacked calls a function, with each argument on a line of its own.
func stacked(function string, args []string) string {
	if len(args) == 0 {
		return function + "()"
	}
	return within(function+"(", commas(args), "\n)")
}

// commas ends each of the values with a comma.
func commas(values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v + ","
	}
	return out
}

// block is what stands between braces after a head, such as if x.
func block(head string, body ...string) string { return within(head+" {", body, "\n}") }

// within puts statements between two texts, each on a line of its own, one step further in.
func within(before string, lines []string, after string) string {
	size := len(before) + len(after)
	for _, line := range lines {
		size += len(line) + len("\n\t")*(1+strings.Count(line, "\n"))
	}
	var b strings.Builder
	b.Grow(size)
	b.WriteString(before)
	for _, line := range lines {
		for more := true; more; {
			var head string
			head, line, more = strings.Cut(line, "\n")
			b.WriteString("\n\t")
			b.WriteString(head)
		}
	}
	b.WriteString(after)
	return b.String()
}

// otherwise adds an else to an if.
func otherwise(branch string, body ...string) string { return block(branch+" else", body...) }

// either is a switch that does nothing for some strings, and for all others what the body does.
func either(value string, texts []string, body ...string) string {
	return within("switch "+value+" {\ncase "+lits(texts)+":\ndefault:", body, "\n}")
}

// function is a function's literal.
func function(signature, expr string) string { return block("func"+signature, "return "+expr) }

// negation is !x of an x that is a call or a name.
func negation(x string) string { return "!" + x }

// comment keeps a text on one line. The byte order mark is refused by Go anywhere but at the beginning of a file.
func comment(text string) string {
	return strings.TrimRightFunc("// "+oneLine.Replace(text), unicode.IsSpace)
}

// docQuotes are what gofmt makes of pairs of quotes in the comment of a declaration.
var docQuotes = strings.NewReplacer("``", "“", "''", "”")

// docComment is a line of the comment of a declaration.
func docComment(text string) string { return comment(docQuotes.Replace(text)) }

var oneLine = strings.NewReplacer("\n", `\n`, "\r", `\r`, "\ufeff", `\ufeff`)

// variables declares variables together.
func variables(names, values []string) string {
	width := 0
	for _, name := range names {
		width = max(width, utf8.RuneCountInString(name))
	}
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = name + strings.Repeat(" ", width-utf8.RuneCountInString(name)) + " = " + values[i]
	}
	return within("var (", lines, "\n)")
}

// importDecl imports packages.
func importDecl(paths []string) string {
	if len(paths) == 1 {
		return "import " + lit(paths[0]) + "\n\n"
	}
	return importBlock(paths)
}

// importBlock imports packages in the form for several.
func importBlock(paths []string) string {
	if len(paths) == 0 {
		return ""
	}
	lines := make([]string, len(paths))
	for i, p := range paths {
		lines[i] = lit(p)
	}
	return within("import (", lines, "\n)\n\n")
}
