package catalog

import (
	"crypto/md5"
	"encoding/hex"
	"regexp"
	"strings"
	"unicode/utf8"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// serverVersion is what server_version_num is taken to be: the oldest release that trefoil replays for.
const serverVersion = "150000"

// call computes a function call: an aggregate, one of the functions that names and conditions are made with, or a
// function of the migrations' own.
func (ev *evaluator) call(x *pg_query.FuncCall, f *frame) value {
	parts := stringsOf(x.Funcname)
	_, name := splitName(parts)
	if aggregate, ok := aggregates[name]; ok && f != nil && f.group != nil {
		return ev.aggregate(aggregate, x, f)
	}
	args := ev.evalAll(x.Args, f)
	if compute, ok := stateFunctions[name]; ok {
		return compute(ev, args)
	}
	if compute, ok := plainFunctions[name]; ok && len(ev.r.functionsNamed(parts)) == 0 {
		if u := firstUndecided(args...); u != nil {
			return u
		}
		for _, a := range args {
			if a == nil && !acceptsNull[name] {
				return nil
			}
		}
		return compute(args)
	}
	if fn := ev.r.callee(parts, len(args)); fn != nil {
		return ev.r.runFunction(fn, args)
	}
	return undecidedf("the result of " + strings.Join(parts, ".") + "()")
}

// acceptsNull are the functions that give something for NULL.
var acceptsNull = map[string]bool{"concat": true, "concat_ws": true, "format": true, "quote_nullable": true, "array_append": true}

// stateFunctions ask the state or the session.
var stateFunctions map[string]func(*evaluator, []value) value

func init() {
	stateFunctions = map[string]func(*evaluator, []value) value{
		"to_regclass":     toObject("regclass"),
		"to_regtype":      toObject("regtype"),
		"to_regnamespace": toObject("regnamespace"),
		"to_regproc":      toObject("regproc"),
		"current_schema":  func(ev *evaluator, _ []value) value { return ev.r.currentSchema() },
		"current_setting": currentSetting,
		"set_config":      setConfig,
		"format_type":     func(_ *evaluator, args []value) value { return nameOfOID(args[0]) },
		"version":         func(*evaluator, []value) value { return undecidedf("the server's version") },
		"obj_description": describedObject,
		"pg_get_expr":     func(*evaluator, []value) value { return undecidedf("the text of an expression") },
		"pg_get_serial_sequence": func(ev *evaluator, args []value) value {
			return ev.serialSequence(args)
		},
		"current_schemas": func(ev *evaluator, args []value) value { return ev.r.currentSchemas(args) },
		"pg_table_is_visible": func(ev *evaluator, args []value) value {
			if o, ok := args[0].(oid); ok {
				if rel, ok := o.obj.(*relation); ok {
					return ev.r.visible(rel.schema, func(s *schema) bool { return s.relations[rel.name] != nil })
				}
			}
			return undecidedf("whether a relation is visible")
		},
	}
}

func toObject(kind string) func(*evaluator, []value) value {
	return func(ev *evaluator, args []value) value {
		if args[0] == nil || isUndecided(args[0]) {
			return args[0]
		}
		return ev.objectNamed(args[0], kind, true)
	}
}

func nameOfOID(v value) value {
	if o, ok := v.(oid); ok {
		return o.text
	}
	return undecidedf("the name of a type")
}

func describedObject(_ *evaluator, args []value) value {
	o, ok := args[0].(oid)
	if !ok || o.obj == nil {
		return undecidedf("a comment")
	}
	if c := o.obj.head().comment; c != "" {
		return c
	}
	return nil
}

// currentSetting knows the server's version, the search path, and settings of the migrations' own.
func currentSetting(ev *evaluator, args []value) value {
	name, ok := args[0].(string)
	if !ok {
		return undecidedf("a setting")
	}
	if v, set := ev.r.settings[name]; set {
		return v
	}
	switch {
	case name == "server_version_num":
		return serverVersion
	case name == "search_path":
		return strings.Join(ev.r.db.path, ", ")
	case strings.Contains(name, ".") && len(args) > 1 && args[1] == true:
		return nil
	}
	return undecidedf("setting " + name)
}

func setConfig(ev *evaluator, args []value) value {
	name, okName := args[0].(string)
	text, okText := args[1].(string)
	if !okName || !okText || len(args) < 3 {
		return undecidedf("a setting")
	}
	if name == "search_path" {
		ev.r.setPath(pathOf(text), args[2] == true)
	} else {
		ev.r.settings[name] = text
	}
	return text
}

func (ev *evaluator) serialSequence(args []value) value {
	table, _ := args[0].(string)
	name, _ := args[1].(string)
	schemaName, plain := splitName(parseName(table))
	rel := ev.r.findRelation(schemaName, plain)
	if rel == nil {
		return missingObject{"regclass", table}
	}
	for _, s := range rel.schema.relations {
		if s.sequence != nil && s.sequence.owner != nil && s.sequence.owner.rel == rel && s.sequence.owner.name == name {
			return quoteIdent(s.schema.name) + "." + quoteIdent(s.name)
		}
	}
	return nil
}

func (r *replay) currentSchemas(args []value) value {
	out := array{}
	if len(args) > 0 && args[0] == true {
		out = append(out, "pg_catalog")
	}
	for _, name := range r.db.path {
		if r.db.schemas[name] != nil {
			out = append(out, name)
		}
	}
	return out
}

// plainFunctions are those whose result their arguments decide.
var plainFunctions = map[string]func([]value) value{
	"format": formatValue, "quote_ident": onText(func(s string) value { return quoteIdent(s) }),
	"quote_literal": onText(func(s string) value { return quoteLiteral(s) }), "quote_nullable": quoteNullable,
	"concat": func(a []value) value { return joinTexts("", a) }, "concat_ws": concatWS,
	"lower": onText(func(s string) value { return strings.ToLower(s) }), "upper": onText(func(s string) value { return strings.ToUpper(s) }),
	"btrim": trimmed(strings.Trim), "ltrim": trimmed(strings.TrimLeft), "rtrim": trimmed(strings.TrimRight),
	"length": onText(func(s string) value { return int64(utf8.RuneCountInString(s)) }), "replace": replaceValue,
	"substring": substringValue, "substr": substringValue, "left": leftValue, "right": rightValue, "split_part": splitPart,
	"md5":    onText(func(s string) value { sum := md5.Sum([]byte(s)); return hex.EncodeToString(sum[:]) }),
	"repeat": repeatValue, "lpad": lpadValue, "string_to_array": stringToArray, "array_to_string": arrayToString,
	"array_length": arrayLength, "cardinality": arrayLength, "array_upper": arrayLength, "array_lower": func([]value) value { return int64(1) },
	"array_append": func(a []value) value { return concatenate(orEmpty(a[0]), a[1]) },
	"array_cat":    func(a []value) value { return concatenate(a[0], a[1]) }, "strpos": strpos, "position": strpos,
	"regexp_replace": regexpReplace, "initcap": onText(func(s string) value { return undecidedf("initcap") }),
	"pg_advisory_xact_lock": func([]value) value { return "" }, "pg_advisory_lock": func([]value) value { return "" },
	"txid_current": func([]value) value { return undecidedf("the transaction's number") },
}

func orEmpty(v value) value {
	if v == nil {
		return array{}
	}
	return v
}

func onText(compute func(string) value) func([]value) value {
	return func(args []value) value {
		s, ok := textOf(args[0])
		if !ok {
			return undecidedf("a text")
		}
		return compute(s)
	}
}

func trimmed(trim func(s, cut string) string) func([]value) value {
	return func(args []value) value {
		s, ok := textOf(args[0])
		cut := " "
		if len(args) > 1 {
			cut, ok = textOf(args[1])
		}
		if !ok {
			return undecidedf("a text")
		}
		return trim(s, cut)
	}
}

// quoteLiteral is quote_literal().
func quoteLiteral(s string) string {
	quoted := "'" + strings.ReplaceAll(s, "'", "''") + "'"
	if strings.Contains(s, `\`) {
		return " E" + strings.ReplaceAll(quoted, `\`, `\\`)
	}
	return quoted
}

func quoteNullable(args []value) value {
	if args[0] == nil {
		return "NULL"
	}
	return onText(func(s string) value { return quoteLiteral(s) })(args)
}

func joinTexts(separator string, args []value) value {
	var parts []string
	for _, a := range args {
		if a == nil {
			continue
		}
		s, ok := textOf(a)
		if !ok {
			return undecidedf("a text")
		}
		if b, isBool := a.(bool); isBool {
			s = map[bool]string{true: "t", false: "f"}[b]
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, separator)
}

func concatWS(args []value) value {
	separator, ok := textOf(args[0])
	if !ok {
		return nil
	}
	return joinTexts(separator, args[1:])
}

func texts(args []value) ([]string, bool) {
	out := make([]string, len(args))
	for i, a := range args {
		s, ok := textOf(a)
		if !ok {
			return nil, false
		}
		out[i] = s
	}
	return out, true
}

func replaceValue(args []value) value {
	t, ok := texts(args)
	if !ok || len(t) != 3 {
		return undecidedf("a text")
	}
	if t[1] == "" {
		return t[0]
	}
	return strings.ReplaceAll(t[0], t[1], t[2])
}

// runes cuts a text by characters, from 1.
func runes(s string, from, count int64) string {
	all := []rune(s)
	end := from + count
	from, end = max(from, 1), min(end, int64(len(all))+1)
	if end <= from {
		return ""
	}
	return string(all[from-1 : end-1])
}

func substringValue(args []value) value {
	s, okText := textOf(args[0])
	from, okFrom := args[1].(int64)
	count := int64(len(s)) + 1
	okCount := true
	if len(args) > 2 {
		count, okCount = args[2].(int64)
	} else {
		count += max(0, -from) + 1
	}
	if !okText || !okFrom || !okCount {
		return undecidedf("a part of a text")
	}
	return runes(s, from, count)
}

func leftValue(args []value) value {
	s, okText := textOf(args[0])
	n, okInt := args[1].(int64)
	if !okText || !okInt {
		return undecidedf("a part of a text")
	}
	if n < 0 {
		n += int64(utf8.RuneCountInString(s))
	}
	return runes(s, 1, n)
}

func rightValue(args []value) value {
	s, okText := textOf(args[0])
	n, okInt := args[1].(int64)
	if !okText || !okInt {
		return undecidedf("a part of a text")
	}
	length := int64(utf8.RuneCountInString(s))
	if n < 0 {
		return runes(s, 1-n, length)
	}
	return runes(s, length-n+1, n)
}

func splitPart(args []value) value {
	t, ok := texts(args[:2])
	n, okInt := integer(args[2])
	if !ok || !okInt {
		return undecidedf("a part of a text")
	}
	parts := strings.Split(t[0], t[1])
	if n < 0 {
		n += int64(len(parts)) + 1
	}
	if n < 1 || int(n) > len(parts) {
		return ""
	}
	return parts[n-1]
}

func repeatValue(args []value) value {
	s, ok := textOf(args[0])
	n, okInt := integer(args[1])
	if !ok || !okInt || n*int64(len(s)) > 1<<20 {
		return undecidedf("a text")
	}
	return strings.Repeat(s, int(max(0, n)))
}

func lpadValue(args []value) value {
	s, ok := textOf(args[0])
	n, okInt := integer(args[1])
	fill := " "
	if len(args) > 2 {
		fill, _ = textOf(args[2])
	}
	if !ok || !okInt || fill == "" || n > 1<<16 {
		return undecidedf("a text")
	}
	missing := n - int64(utf8.RuneCountInString(s))
	if missing <= 0 {
		return runes(s, 1, n)
	}
	return runes(strings.Repeat(fill, int(missing)), 1, missing) + s
}

func stringToArray(args []value) value {
	t, ok := texts(args[:2])
	if !ok {
		return undecidedf("an array")
	}
	out := array{}
	if t[0] != "" {
		for _, part := range strings.Split(t[0], t[1]) {
			out = append(out, part)
		}
	}
	return out
}

func arrayToString(args []value) value {
	l, ok := args[0].(array)
	separator, okText := textOf(args[1])
	if !ok || !okText {
		return undecidedf("an array")
	}
	return joinTexts(separator, l)
}

func arrayLength(args []value) value {
	l, ok := args[0].(array)
	if !ok {
		return undecidedf("an array")
	}
	if len(l) == 0 && len(args) > 1 {
		return nil
	}
	return int64(len(l))
}

func strpos(args []value) value {
	t, ok := texts(args)
	if !ok {
		return undecidedf("a text")
	}
	at := strings.Index(t[0], t[1])
	if at < 0 {
		return int64(0)
	}
	return int64(utf8.RuneCountInString(t[0][:at]) + 1)
}

var backReference = regexp.MustCompile(`\\([0-9])`)

func regexpReplace(args []value) value {
	t, ok := texts(args)
	if !ok || len(t) < 3 {
		return undecidedf("a regular expression")
	}
	flags := ""
	if len(t) > 3 {
		flags = t[3]
	}
	pattern := t[1]
	if strings.Contains(flags, "i") {
		pattern = "(?i)" + pattern
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return undecidedf("a regular expression")
	}
	with := backReference.ReplaceAllString(strings.ReplaceAll(t[2], "$", "$$"), "$${$1}")
	if strings.Contains(flags, "g") {
		return re.ReplaceAllString(t[0], with)
	}
	at := re.FindStringSubmatchIndex(t[0])
	if at == nil {
		return t[0]
	}
	return t[0][:at[0]] + string(re.ExpandString(nil, with, t[0], at)) + t[0][at[1]:]
}
