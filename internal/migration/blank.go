package migration

import "strings"

const bom = "\ufeff"

// blanked is a file's text with spaces for what is not to be replayed: as many bytes, and the same line ends.
func blanked(raw string, a *annotations) string {
	out := []byte(raw)
	if strings.HasPrefix(raw, bom) {
		blank(out, span{0, len(bom)})
	}
	if a != nil {
		for _, s := range a.blanks(string(out)) {
			blank(out, s)
		}
	}
	return string(out)
}

// blank writes spaces over a part, save its line ends.
func blank(text []byte, s span) {
	for i := s.start; i < s.end; i++ {
		if text[i] != '\n' && text[i] != '\r' {
			text[i] = ' '
		}
	}
}
