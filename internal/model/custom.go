package model

import (
	"regexp"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/naming"
)

func (b *builder) customOf(c config.CustomType) Custom {
	custom := Custom{Code: c.Type, Schema: c.Schema}
	if c.Import != "" {
		custom.Import = &Import{Module: c.Import, Names: importNames(b.Language, c)}
	}
	return custom
}

var (
	quotedText = regexp.MustCompile(`"[^"]*"|'[^']*'`)
	// codeWord is an identifier with what tells its part: a dot before it makes it a member, a colon after it a key.
	codeWord = regexp.MustCompile(`(\.?)\s*([\pL_$][\pL\pN_$]*)(\s*\??:)?`)
)

// importNames are the names in the user's code that its module has to give: all but members, keys, and what the
// language or the target's own imports give (string, Record, z).
func importNames(lang naming.Language, c config.CustomType) []string {
	var names []string
	for _, code := range []string{c.Type, c.Schema} {
		for _, m := range codeWord.FindAllStringSubmatch(quotedText.ReplaceAllString(code, `""`), -1) {
			isMember, name, isKey := m[1] != "", m[2], strings.HasSuffix(m[3], ":")
			if !isMember && !isKey && !slices.Contains(names, name) && !naming.Reserved(lang, naming.Type, name) {
				names = append(names, name)
			}
		}
	}
	return names
}
