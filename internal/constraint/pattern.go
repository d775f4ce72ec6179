package constraint

import (
	"fmt"
	"regexp"
	"strings"
)

// regexOf writes an expression in the clients' syntaxes.
func regexOf(n reNode, ascii bool) Regex {
	r := Regex{Pattern: printRE(n, shared), Python: printRE(n, python), ASCII: ascii}
	if _, err := regexp.Compile(r.Pattern); err != nil {
		r.NotRE2 = "the pattern looks ahead, or repeats too often, for Go's engine"
	}
	return r
}

// anchors are how an engine writes the anchors of which the value is the kind. In Python $ is also before a newline at
// the end, and \B is not in an empty string.
type anchors map[string]string

var (
	shared = anchors{"^": "^", "$": "$", `\b`: `\b`, `\B`: `\B`}
	python = anchors{"^": "^", "$": `\Z`, `\b`: `\b`, `\B`: `(?!\b)`}
)

// printRE writes an expression with an engine's anchors.
func printRE(n reNode, with anchors) string {
	switch n := n.(type) {
	case reSet:
		return n.set.pattern()
	case reSeq:
		var b strings.Builder
		for _, part := range n.parts {
			if alt, ok := part.(reAlt); ok {
				b.WriteString("(?:" + printRE(alt, with) + ")")
				continue
			}
			b.WriteString(printRE(part, with))
		}
		return b.String()
	case reAlt:
		parts := make([]string, len(n.branches))
		for i, branch := range n.branches {
			parts[i] = printRE(branch, with)
		}
		return strings.Join(parts, "|")
	case reRepeat:
		return printRepeat(n, with)
	case reAnchor:
		return with[n.kind]
	case reLook:
		if n.not {
			return "(?!" + printRE(n.x, with) + ")"
		}
		return "(?=" + printRE(n.x, with) + ")"
	}
	return ""
}

func printRepeat(n reRepeat, with anchors) string {
	x := printRE(n.x, with)
	if _, single := n.x.(reSet); !single {
		x = "(?:" + x + ")"
	}
	switch {
	case n.min == 0 && n.max < 0:
		return x + "*"
	case n.min == 1 && n.max < 0:
		return x + "+"
	case n.min == 0 && n.max == 1:
		return x + "?"
	case n.max < 0:
		return fmt.Sprintf("%s{%d,}", x, n.min)
	case n.min == n.max:
		return fmt.Sprintf("%s{%d}", x, n.min)
	}
	return fmt.Sprintf("%s{%d,%d}", x, n.min, n.max)
}

// likeRE reads a LIKE pattern. escape is 0 for none.
func likeRE(pattern string, escape rune, fold bool) (n reNode, ascii bool, err error) {
	p := &are{rest: []rune(pattern), fold: fold}
	anyChar := reSet{charset{{0, lastRune}}}
	seq := reSeq{parts: []reNode{reAnchor{"^"}}}
	for {
		r, ok := p.next()
		if !ok {
			break
		}
		switch {
		case escape != 0 && r == escape:
			if r, ok = p.next(); !ok {
				return nil, false, errPattern
			}
		case r == '%':
			seq.parts = append(seq.parts, reRepeat{anyChar, 0, -1})
			continue
		case r == '_':
			// What changes its length with its case may be any number of characters.
			ascii = ascii || fold
			seq.parts = append(seq.parts, anyChar)
			continue
		}
		ascii = ascii || fold && isLetter(r)
		part, err := p.set(oneChar(r))
		if err != nil {
			return nil, false, err
		}
		seq.parts = append(seq.parts, part)
	}
	seq.parts = unanchored(append(seq.parts, reAnchor{"$"}))
	return seq, ascii, nil
}

// unanchored drops ^ with the % after it, and $ with the % before it: an expression matches anywhere.
func unanchored(parts []reNode) []reNode {
	isAny := func(n reNode) bool { _, ok := n.(reRepeat); return ok }
	start, end := 1, len(parts)-1
	for isAny(parts[start]) {
		start++
	}
	for end > start && isAny(parts[end-1]) {
		end--
	}
	switch {
	case start == len(parts)-1 && start > 1:
		return nil // only %
	case start == 1:
		start = 0
	}
	if end == len(parts)-1 {
		end = len(parts)
	}
	return parts[start:end]
}

// similarARE makes an ARE of a pattern of SIMILAR TO, as PostgreSQL does.
func similarARE(pattern string, escape rune) (string, error) {
	var b strings.Builder
	b.WriteString("^(?:")
	rest := []rune(pattern)
	inSet := false
	for i := 0; i < len(rest); i++ {
		r := rest[i]
		switch {
		case escape != 0 && r == escape:
			i++
			if i == len(rest) || rest[i] == '"' {
				return "", errPattern
			}
			b.WriteRune('\\')
			b.WriteRune(rest[i])
		case inSet:
			if r == '\\' {
				b.WriteRune('\\')
			}
			b.WriteRune(r)
			inSet = r != ']'
		case r == '[':
			b.WriteRune(r)
			inSet = true
			if next := strings.TrimPrefix(string(rest[i+1:]), "^"); strings.HasPrefix(next, "]") || strings.HasPrefix(next, "[") {
				return "", errPattern
			}
		case r == '%':
			b.WriteString(".*")
		case r == '_':
			b.WriteRune('.')
		case r == '(':
			b.WriteString("(?:")
		case r == '\\' || r == '.' || r == '^' || r == '$':
			b.WriteRune('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteString(")$")
	return b.String(), nil
}
