package constraint

import (
	"strconv"
	"unicode"
)

// charEscapes are those that stand for one character.
var charEscapes = map[rune]rune{
	'a': 7, 'b': 8, 'B': '\\', 'e': 27, 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v',
}

// classEscapes are those that stand for a class of characters.
var classEscapes = map[rune]charset{'d': digits, 's': whitespace, 'w': wordChars}

// escape reads what follows a backslash outside of brackets.
func (p *are) escape() (reNode, bool, error) {
	r, ok := p.next()
	if !ok {
		return nil, false, errPattern
	}
	switch r {
	case 'A':
		return reAnchor{"^"}, false, nil
	case 'Z':
		return reAnchor{"$"}, false, nil
	case 'y', 'Y':
		p.ascii = true
		return reAnchor{map[rune]string{'y': `\b`, 'Y': `\B`}[r]}, false, nil
	case 'm', 'M':
		return nil, false, notTranslated(`\` + string(r))
	case 'D', 'S', 'W':
		p.ascii = true
		return reSet{classEscapes[unicode.ToLower(r)].complement()}, true, nil
	}
	if set, ok := classEscapes[r]; ok {
		p.ascii = true
		return reSet{set}, true, nil
	}
	c, err := p.escapedChar(r)
	if err != nil {
		return nil, false, err
	}
	n, err := p.set(oneChar(c))
	return n, true, err
}

// escapedChar reads an escape for one character, after its first letter.
func (p *are) escapedChar(r rune) (rune, error) {
	if c, ok := charEscapes[r]; ok {
		return c, nil
	}
	switch {
	case r == 'u':
		return p.hex(4)
	case r == 'U':
		return p.hex(8)
	case '0' <= r && r <= '9':
		return 0, notTranslated("a back reference or an octal number")
	case r < 0x80 && (isLetter(r) || unicode.IsDigit(r)):
		return 0, errPattern
	}
	return r, nil
}

func (p *are) hex(digits int) (rune, error) {
	if len(p.rest) < digits {
		return 0, errPattern
	}
	n, err := strconv.ParseUint(string(p.rest[:digits]), 16, 32)
	p.rest = p.rest[digits:]
	if err != nil || n == 0 || n > lastRune || 0xd800 <= n && n <= 0xdfff {
		return 0, errPattern
	}
	return rune(n), nil
}

// bracket reads a bracket expression after its [.
func (p *are) bracket() (reNode, error) {
	not := p.take("^")
	var set charset
	for first := true; ; first = false {
		r, ok := p.next()
		if !ok {
			return nil, errPattern
		}
		if r == ']' && !first {
			break
		}
		part, isChar, err := p.bracketItem(r, first)
		if err != nil {
			return nil, err
		}
		if isChar && len(p.rest) > 1 && p.rest[0] == '-' && p.rest[1] != ']' {
			p.next()
			if part, err = p.bracketRange(part[0].low); err != nil {
				return nil, err
			}
		}
		set = append(set, part...)
	}
	n, err := p.set(set)
	if s, ok := n.(reSet); ok && not {
		n = reSet{s.set.complement()}
	}
	return n, err
}

// bracketItem reads a character or a class.
func (p *are) bracketItem(r rune, first bool) (set charset, isChar bool, err error) {
	switch {
	case r == '[' && (p.has(".") || p.has("=")):
		return nil, false, notTranslated("a collating element")
	case r == '[' && p.take(":"):
		set, err = p.namedClass()
		return set, false, err
	case r == '-' && !first && !p.has("]"):
		return nil, false, errPattern
	case r != '\\':
		return oneChar(r), true, nil
	}
	e, ok := p.next()
	if !ok {
		return nil, false, errPattern
	}
	if set, ok := classEscapes[e]; ok {
		p.ascii = true
		return set, false, nil
	}
	if _, ok := classEscapes[unicode.ToLower(e)]; ok {
		return nil, false, notTranslated("the complement of a class in brackets")
	}
	c, err := p.escapedChar(e)
	return oneChar(c), true, err
}

func (p *are) bracketRange(low rune) (charset, error) {
	r, ok := p.next()
	if !ok {
		return nil, errPattern
	}
	high, isChar, err := p.bracketItem(r, true)
	if err != nil || !isChar || high[0].low < low || len(p.rest) > 1 && p.rest[0] == '-' && p.rest[1] != ']' {
		return nil, errPattern
	}
	return charset{{low, high[0].low}}, nil
}

func (p *are) namedClass() (charset, error) {
	var name []rune
	for {
		r, ok := p.next()
		if !ok {
			return nil, errPattern
		}
		if r == ':' && p.take("]") {
			break
		}
		name = append(name, r)
	}
	set, ok := namedClasses[string(name)]
	if !ok {
		return nil, notTranslated("the class " + string(name))
	}
	if string(name) != "xdigit" {
		p.ascii = true
	}
	if p.fold && (string(name) == "upper" || string(name) == "lower") {
		return letters, nil
	}
	return set, nil
}
