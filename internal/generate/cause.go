package generate

import (
	"regexp"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/breaking"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// locate puts each finding at the statement that is likely to have caused it: the last one in a migration that is new or
// changed which names the thing and its table. What is declared in such a migration stays where it is declared, and so
// does what none of them names.
func locate(findings Changes, before, after []*source.File) {
	texts := map[string]string{}
	for _, f := range before {
		texts[f.Path] = f.Text
	}
	var changed []*source.File
	isChanged := map[*source.File]bool{}
	for _, f := range after {
		if text, ok := texts[f.Path]; !ok || text != f.Text {
			changed, isChanged[f] = append(changed, f), true
		}
	}
	for i := range findings {
		f := &findings[i]
		if f.Subject.Kind == breaking.QuerySubject || f.Subject.Kind == breaking.TargetSubject || isChanged[f.Place.File] {
			continue
		}
		if span := lastNamed(changed, strings.Split(f.Subject.Name, ".")[1:]); !span.IsZero() {
			f.Place = span
		}
	}
}

// lastNamed finds the last statement that has all of the words, and gives the place of the last word in it.
func lastNamed(files []*source.File, words []string) source.Span {
	if len(words) == 0 {
		return source.Span{}
	}
	for i := len(files) - 1; i >= 0; i-- {
		text := blankComments(files[i].Text)
		for end := len(text); end > 0; {
			start := strings.LastIndexByte(text[:end-1], ';') + 1
			if at, ok := named(text[start:end], words); ok {
				from := start + at
				return source.Span{File: files[i], Start: from, End: from + len(words[len(words)-1])}
			}
			end = start
		}
	}
	return source.Span{}
}

// named tells whether a statement has all of the words, and where the last of them is.
func named(statement string, words []string) (at int, ok bool) {
	for _, word := range words {
		found := regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}_$])(` + regexp.QuoteMeta(word) + `)(?:$|[^\p{L}\p{N}_$])`).
			FindStringSubmatchIndex(statement)
		if found == nil {
			return 0, false
		}
		at = found[2]
	}
	return at, true
}

var comment = regexp.MustCompile(`--[^\n]*|(?s:/\*.*?\*/)`)

// blankComments writes spaces over comments, so that places hold.
func blankComments(text string) string {
	return comment.ReplaceAllStringFunc(text, func(c string) string { return strings.Repeat(" ", len(c)) })
}
