package constraint

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// This file reads PostgreSQL's advanced regular expressions (AREs).

// reNode is a part of a regular expression. Only whether it matches counts, so groups capture nothing, and a
// quantifier's greed is dropped.
type reNode interface{ isRE() }

type (
	reSet    struct{ set charset }
	reSeq    struct{ parts []reNode }
	reAlt    struct{ branches []reNode }
	reRepeat struct {
		x        reNode
		min, max int // max < 0 is open
	}
	reAnchor struct{ kind string } // ^ $ \b \B
	reLook   struct {
		x   reNode
		not bool
	}
)

func (reSet) isRE()    {}
func (reSeq) isRE()    {}
func (reAlt) isRE()    {}
func (reRepeat) isRE() {}
func (reAnchor) isRE() {}
func (reLook) isRE()   {}

// are reads one expression.
type are struct {
	rest []rune
	fold bool
	// ascii: the expression has a class of characters that depends on the locale beyond ASCII.
	ascii bool
	depth int
}

var errPattern = errors.New("the pattern has no equal in the clients")

func notTranslated(what string) error {
	return fmt.Errorf("the pattern has %s, which the clients do not translate", what)
}

// parseARE reads a pattern, with its directors and embedded options.
func parseARE(pattern string, fold bool) (reNode, bool, error) {
	p := &are{rest: []rune(pattern), fold: fold}
	if strings.ContainsRune(pattern, 0) || !isValid(pattern) {
		return nil, false, errPattern
	}
	switch {
	case p.take("***="):
		n, err := p.literal()
		return n, p.ascii, err
	case p.take("***:"):
	case p.has("***"):
		return nil, false, errPattern
	}
	literal, err := p.options()
	if err != nil {
		return nil, false, err
	}
	if literal {
		n, err := p.literal()
		return n, p.ascii, err
	}
	n, err := p.alternatives()
	if err == nil && len(p.rest) > 0 {
		err = errPattern
	}
	return n, p.ascii, err
}

func isValid(s string) bool { return !strings.ContainsRune(s, unicode.ReplacementChar) }

// has tells whether a prefix of ASCII comes next.
func (p *are) has(prefix string) bool {
	if len(p.rest) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if p.rest[i] != rune(prefix[i]) {
			return false
		}
	}
	return true
}

func (p *are) take(prefix string) bool {
	if !p.has(prefix) {
		return false
	}
	p.rest = p.rest[len(prefix):]
	return true
}

func (p *are) next() (rune, bool) {
	if len(p.rest) == 0 {
		return 0, false
	}
	r := p.rest[0]
	p.rest = p.rest[1:]
	return r, true
}

// options reads (?…) at the beginning.
func (p *are) options() (literal bool, err error) {
	if len(p.rest) < 3 || !p.has("(?") || !isLetter(p.rest[2]) {
		return false, nil
	}
	p.take("(?")
	for {
		r, ok := p.next()
		switch {
		case !ok:
			return false, errPattern
		case r == ')':
			return literal, nil
		case r == 'i':
			p.fold = true
		case r == 'c':
			p.fold = false
		case r == 's' || r == 't':
		case r == 'q':
			literal = true
		default:
			return false, notTranslated("the option " + string(r))
		}
	}
}

func (p *are) literal() (reNode, error) {
	var seq reSeq
	for {
		r, ok := p.next()
		if !ok {
			return seq, nil
		}
		n, err := p.set(oneChar(r))
		if err != nil {
			return nil, err
		}
		seq.parts = append(seq.parts, n)
	}
}

// set makes a node of a set of characters, in both cases where case is ignored.
func (p *are) set(s charset) (reNode, error) {
	s = s.normal()
	if p.fold {
		var ok bool
		if s, ok = s.bothCases(); !ok {
			return nil, notTranslated("letters beyond ASCII, without regard to case")
		}
	}
	return reSet{s}, nil
}

func (p *are) alternatives() (reNode, error) {
	if p.depth++; p.depth > 100 {
		return nil, errPattern
	}
	defer func() { p.depth-- }()
	var alt reAlt
	for {
		branch, err := p.branch()
		if err != nil {
			return nil, err
		}
		alt.branches = append(alt.branches, branch)
		if !p.take("|") {
			break
		}
	}
	if len(alt.branches) == 1 {
		return alt.branches[0], nil
	}
	return alt, nil
}

func (p *are) branch() (reNode, error) {
	var seq reSeq
	for len(p.rest) > 0 && p.rest[0] != '|' && (p.rest[0] != ')' || p.depth == 1) {
		if p.rest[0] == ')' {
			return nil, errPattern
		}
		n, quantifiable, err := p.atom()
		if err != nil {
			return nil, err
		}
		if n == nil {
			continue // a comment
		}
		if n, err = p.quantified(n, quantifiable); err != nil {
			return nil, err
		}
		seq.parts = append(seq.parts, n)
	}
	return seq, nil
}

// atom reads what a quantifier can follow, or a constraint, which none can.
func (p *are) atom() (n reNode, quantifiable bool, err error) {
	r, _ := p.next()
	switch r {
	case '^', '$':
		return reAnchor{string(r)}, false, nil
	case '.':
		return reSet{charset{{0, lastRune}}}, true, nil
	case '[':
		n, err = p.bracket()
		return n, true, err
	case '(':
		return p.group()
	case '\\':
		return p.escape()
	case '*', '+', '?':
		return nil, false, errPattern
	case '{':
		if len(p.rest) > 0 && unicode.IsDigit(p.rest[0]) {
			return nil, false, errPattern
		}
	}
	n, err = p.set(oneChar(r))
	return n, true, err
}

func (p *are) group() (reNode, bool, error) {
	look, not := false, false
	switch {
	case p.take("?:"):
	case p.take("?="):
		look = true
	case p.take("?!"):
		look, not = true, true
	case p.take("?#"):
		for {
			r, ok := p.next()
			if !ok {
				return nil, false, errPattern
			}
			if r == ')' {
				return nil, false, nil
			}
		}
	case p.has("?<"):
		return nil, false, notTranslated("a lookbehind")
	case p.has("?"):
		return nil, false, errPattern
	}
	n, err := p.alternatives()
	if err != nil {
		return nil, false, err
	}
	if !p.take(")") {
		return nil, false, errPattern
	}
	if look {
		return reLook{n, not}, false, nil
	}
	return n, true, nil
}

// largestBound is PostgreSQL's.
const largestBound = 255

func (p *are) quantified(n reNode, quantifiable bool) (reNode, error) {
	low, high := 0, -1
	switch {
	case p.take("*"):
	case p.take("+"):
		low = 1
	case p.take("?"):
		high = 1
	case p.has("{") && len(p.rest) > 1 && unicode.IsDigit(p.rest[1]):
		var err error
		if low, high, err = p.bounds(); err != nil {
			return nil, err
		}
	default:
		return n, nil
	}
	p.take("?") // not greedy
	if !quantifiable || p.isQuantifier() {
		return nil, errPattern
	}
	return reRepeat{n, low, high}, nil
}

func (p *are) isQuantifier() bool {
	return len(p.rest) > 0 && (slices.Contains([]rune("*+?"), p.rest[0]) ||
		p.rest[0] == '{' && len(p.rest) > 1 && unicode.IsDigit(p.rest[1]))
}

// bounds reads {m}, {m,} and {m,n}.
func (p *are) bounds() (low, high int, err error) {
	end := slices.Index(p.rest, '}')
	if end < 0 {
		return 0, 0, errPattern
	}
	from, to, isRange := strings.Cut(string(p.rest[1:end]), ",")
	p.rest = p.rest[end+1:]
	number := func(s string) int {
		n, convErr := strconv.ParseUint(s, 10, 16)
		if convErr != nil || n > largestBound {
			err = errPattern
		}
		return int(n)
	}
	low = number(from)
	switch {
	case !isRange:
		high = low
	case to == "":
		high = -1
	default:
		high = number(to)
		if high < low {
			err = errPattern
		}
	}
	return low, high, err
}
