package model

import (
	"fmt"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// tagged is a comment, read: its prose and its smart tags. A tag is a line of its own:
//
//	@name LLMProvider
//	@type zod:Metadata = MetadataSchema from ./metadata.js python:Metadata from app.metadata
//	@omit
//	@omit insert, update
//	@notnull total, count
//	@null total
//
// The last two are for queries, and of the stage that describes them. Other lines that start with @ are prose.
type tagged struct {
	doc   string
	name  string
	types map[config.TargetKind]config.CustomType
	// omit lists the variants that the thing is left out of; omitAll leaves it out altogether.
	omit    []Variant
	omitAll bool
	// null is the @null or @notnull that was seen last.
	null string
}

// omits tells whether the thing is left out of a variant; of all for "".
func (t tagged) omits(v Variant) bool { return t.omitAll || slices.Contains(t.omit, v) }

// tags reads the comment of what stands at the span, and warns of tags that cannot be read: they may be another tool's,
// which has smart tags of the same form.
func (b *builder) tags(comment string, span source.Span) tagged {
	t := b.queryTags(comment, span)
	if t.null != "" {
		b.report(source.Diagnostic{
			Span: span, Severity: source.Warning, Code: CodeBadTag,
			Message: fmt.Sprintf("@%s is about the columns of a query, and this is none", t.null),
			Hint:    "a column of a table says it by NOT NULL",
		})
	}
	return t
}

// queryTags reads the comment of a query.
func (b *builder) queryTags(comment string, span source.Span) tagged {
	var t tagged
	if comment == "" {
		return t
	}
	var doc []string
	for line := range strings.SplitSeq(comment, "\n") {
		line = strings.TrimRight(line, " \t\r")
		isTag, err := t.read(strings.TrimSpace(line))
		if err != nil {
			b.report(source.Diagnostic{
				Span: span, Severity: source.Warning, Code: CodeBadTag, Message: err.message, Hint: err.hint,
			})
		}
		if !isTag {
			doc = append(doc, line)
		}
	}
	t.doc = strings.TrimSpace(strings.Join(doc, "\n"))
	return t
}

// tagError says what is wrong with a tag.
type tagError struct{ message, hint string }

// read takes one line of a comment. A line that is nearly a tag is taken for a mistake, not for prose.
func (t *tagged) read(line string) (isTag bool, err *tagError) {
	if !strings.HasPrefix(line, "@") {
		return false, nil
	}
	word, rest, _ := strings.Cut(line[1:], " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "name":
		return true, t.readName(rest)
	case "type":
		return true, t.readType(rest)
	case "omit":
		return true, t.readOmit(rest)
	case "null", "notnull":
		t.null = word
		return true, nil
	}
	if near, ok := suggest.Nearest(word, []string{"name", "type", "omit", "null", "notnull"}); ok {
		return true, &tagError{fmt.Sprintf("the comment has @%s, which is no tag", word), fmt.Sprintf("did you mean %q?", "@"+near)}
	}
	return false, nil
}

func (t *tagged) readName(rest string) *tagError {
	if rest == "" || strings.ContainsAny(rest, " \t") {
		return &tagError{fmt.Sprintf("@name takes one word, not %q", rest), "write it as @name LlmUsage"}
	}
	t.name = rest
	return nil
}

func (t *tagged) readOmit(rest string) *tagError {
	if rest == "" {
		t.omitAll = true
		return nil
	}
	for _, word := range strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == ' ' }) {
		v := Variant(word)
		if v != Row && v != Insert && v != Update {
			return &tagError{
				fmt.Sprintf("@omit leaves out of row, insert or update, not of %q", word),
				"write @omit alone to leave it out of everything",
			}
		}
		t.omit = append(t.omit, v)
	}
	return nil
}

// tagTargets are the words before the colon of @type.
var tagTargets = map[string]config.TargetKind{"zod": config.Zod, "python": config.Pydantic}

// readType splits zod:… python:… at the targets, so that a type may have spaces and colons of its own.
func (t *tagged) readType(rest string) *tagError {
	const hint = "write it as @type zod:Metadata = MetadataSchema from ./metadata.js python:Metadata from app.metadata"
	var target config.TargetKind
	code := map[config.TargetKind][]string{}
	for _, word := range strings.Fields(rest) {
		if name, first, ok := strings.Cut(word, ":"); ok {
			if known, isTarget := tagTargets[name]; isTarget {
				target, word = known, first
			}
		}
		if target == "" {
			return &tagError{fmt.Sprintf("@type starts with zod: or python:, not with %q", word), hint}
		}
		if word != "" {
			code[target] = append(code[target], word)
		}
	}
	if target == "" || len(code[target]) == 0 {
		return &tagError{"@type has no type", hint}
	}
	t.types = map[config.TargetKind]config.CustomType{}
	for target, words := range code {
		t.types[target] = customType(strings.Join(words, " "))
	}
	return nil
}

// customType reads Type [= Schema] [from module].
func customType(code string) config.CustomType {
	var c config.CustomType
	code, c.Import, _ = strings.Cut(code, " from ")
	c.Type, c.Schema, _ = strings.Cut(code, " = ")
	return c
}
