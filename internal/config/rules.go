package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// Layouts are the values of options: trefoil: layout:, in the order in which migrations are recognised.
var Layouts = []string{
	"goose", "dbmate", "sql-migrate", "tern", "drizzle", "prisma", "diesel", "sqlx", "golang-migrate", "refinery", "flyway",
	"supabase", "atlas", "versions", "dump", "plain",
}

// Rule is what a string option may hold: one of Allowed, or else what Pattern matches and Test, if any, agrees to.
type Rule struct {
	Allowed []string
	Pattern string
	// Says completes "x is not …" for a text that Pattern does not match.
	Says string
	Hint string
	Code string
	// Test finds mistakes before Pattern does, for a better message. It returns "" for none.
	Test func(text string) (message, hint string)

	pattern func() *regexp.Regexp // compiled when it is first asked for
}

// Parts of patterns over names. A dot ends a part.
const (
	part     = `[^.]+`
	wordForm = `[\p{L}_][\p{L}\p{N}_]*`
)

// rules is the table that the tags check and keys name.
var rules = map[string]Rule{
	"target":           oneOf(string(Zod), string(Pydantic)),
	"layout":           oneOf(Layouts...),
	"casing":           oneOf("snake", "camel"),
	"wire":             oneOf("json", DriverWire),
	"numeric":          oneOf("number", "string"),
	"bigint":           oneOf("number", "bigint", "string"),
	"timestamp":        oneOf("string", "date"),
	"breaking_rule":    oneOf(BreakingRules...),
	"import_extension": oneOf(".js", ".ts", ""),

	"relation_template": template("name", "table"),
	"enum_template":     template("name"),
	"query_template":    template("query"),

	"pattern":       glob(`^`+part+`(\.`+part+`){0,2}$`, "a pattern over table, schema.table, table.column or schema.table.column"),
	"table_pattern": glob(`^`+part+`(\.`+part+`)?$`, "a pattern over table or schema.table"),

	"name":       matching(`^`+part+`$`, "a name without dots", ""),
	"table":      matching(`^`+part+`(\.`+part+`)?$`, "the name of a table", "write table or schema.table"),
	"column":     matching(`^`+part+`(\.`+part+`){1,2}$`, "the name of a column", "write table.column or schema.table.column"),
	"parts":      matching(`^`+part+`(\.`+part+`){0,2}$`, "a name of one to three parts", "write name, table.column or schema.table.column"),
	"word":       matching(`^`+wordForm+`$`, "a name for a type or a field", "use letters, digits and underscores, and no digit at the start"),
	"initialism": matching(`^[A-Za-z][A-Za-z0-9]*$`, "an initialism", "write one word of letters and digits, such as id or url"),
	"text":       matching(`^[^\p{Cc}]+$`, "text on one line", ""),
	"module":     matching("^[^\\p{Cc}\"'`\\\\]+$", "the name of a module", "write what stands after from in an import, without quotes"),
	"path":       matching(`^[^\x00]+$`, "a path", ""),
}

// RuleOf returns the rule that a check or keys tag names; "" has none.
func RuleOf(name string) (Rule, bool) {
	r, ok := rules[name]
	return r, ok
}

// check returns what is wrong with a text, and what to do about it; "" if nothing is.
func (r Rule) check(text string) (message, hint string) {
	if r.Allowed != nil {
		if slices.Contains(r.Allowed, text) {
			return "", ""
		}
		hint := "allowed: " + list(r.Allowed)
		if near, ok := suggest.Nearest(text, r.Allowed); ok {
			hint = fmt.Sprintf("did you mean %q? %s", near, hint)
		}
		return "is unknown", hint
	}
	if text == "" {
		return "is empty", r.Hint
	}
	if r.Test != nil {
		if message, hint := r.Test(text); message != "" {
			return message, hint
		}
	}
	if !r.pattern().MatchString(text) {
		return "is not " + r.Says, r.Hint
	}
	return "", ""
}

func oneOf(allowed ...string) Rule { return Rule{Allowed: allowed, Code: CodeValue} }

func matching(pattern, says, hint string) Rule {
	return Rule{Pattern: pattern, pattern: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) }), Says: says, Hint: hint, Code: CodeValue}
}

// glob is a pattern whose parts dots separate as slashes separate those of a path.
func glob(pattern, says string) Rule {
	r := matching(pattern, says, "")
	r.Code = CodePattern
	r.Test = func(text string) (string, string) {
		if doublestar.ValidatePattern(strings.ReplaceAll(text, ".", "/")) {
			return "", ""
		}
		return "is not a valid pattern", `close every [ and {, and let something follow a \`
	}
	return r
}

// braces are what looks like a placeholder.
var braces = regexp.MustCompile(`\{([^{}]*)\}`)

// template is a name with placeholders in it.
func template(placeholders ...string) Rule {
	hint := "placeholders: {" + strings.Join(placeholders, "}, {") + "}"
	r := matching(
		`^(`+wordForm+`)?(\{(`+strings.Join(placeholders, "|")+`)\}[\p{L}\p{N}_]*)+$`, "a template that makes an identifier",
		"beside placeholders use letters, digits and underscores, and no digit at the start")
	r.Code = CodeTemplate
	r.Test = func(text string) (string, string) {
		found := braces.FindAllStringSubmatch(text, -1)
		if found == nil {
			return "has no placeholder, so that all things would have one name", hint
		}
		for _, f := range found {
			if slices.Contains(placeholders, f[1]) {
				continue
			}
			if near, ok := suggest.Nearest(f[1], placeholders); ok {
				return "has the unknown placeholder " + f[0], fmt.Sprintf("did you mean %q? %s", "{"+near+"}", hint)
			}
			return "has the unknown placeholder " + f[0], hint
		}
		return "", ""
	}
	return r
}

// list writes values for a message; an empty one is shown as "".
func list(values []string) string {
	shown := make([]string, len(values))
	for i, v := range values {
		shown[i] = v
		if v == "" {
			shown[i] = `""`
		}
	}
	return strings.Join(shown, ", ")
}
