package correct

import (
	"errors"
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrRead tells that sqlc's files say something else of a query, or less, than was read off it: then only sqlc's own analysis tells
// what they mean.
var ErrRead = errors.New("sqlc made something else of a query than was read")

// check tells that sqlc's files have the columns and parameters that were read off a query, by their names and in their
// order.
func (p *pkg) check(q Query) bool {
	fn := p.methods[q.Name]
	if fn == nil {
		return false
	}
	return p.checkParams(q, fn) && p.checkRow(q)
}

func (p *pkg) checkParams(q Query, fn *method) bool {
	if s := p.structs[q.Name+"Params"]; s != nil {
		return slices.EqualFunc(s.list(), q.Params, func(f field, p Param) bool { return isNamed(f.name, p.Name) })
	}
	return slices.EqualFunc(argumentNames(fn.typ), q.Params, func(name string, p Param) bool { return isNamed(name, p.Name) })
}

// isNamed tells that a name in Go is made of what was read, "" for none.
func isNamed(inGo, name string) bool {
	if name == "" {
		return unnamed.MatchString(inGo)
	}
	return sameName(inGo, name)
}

// checkRow looks at the struct that a query returns, if it returns one.
func (p *pkg) checkRow(q Query) bool {
	fn := p.methods[q.Name]
	if strings.HasPrefix(q.Cmd, ":batch") {
		fn = p.batches[q.Name]
	}
	if !strings.HasSuffix(q.Cmd, "one") && !strings.HasSuffix(q.Cmd, "many") {
		return true
	}
	if fn == nil || len(q.Columns) == 0 {
		return false
	}
	r := &result{pkg: p, query: q, fn: fn}
	r.find()
	if len(r.places) == 0 {
		return false
	}
	if len(q.Columns) == 1 && q.Columns[0].Embed == nil {
		return true
	}
	s := p.structs[r.fn.file.Source(r.places[0].expr)]
	return s != nil && slices.EqualFunc(s.list(), q.Columns, func(f field, c Column) bool {
		return c.Embed != nil || isNamed(f.name, c.Name)
	})
}

// argumentNames are those of a method after the context and the database.
func argumentNames(t *ast.FuncType) []string {
	var names []string
	for _, field := range t.Params.List {
		if id, ok := field.Type.(*ast.Ident); ok && id.Name == "DBTX" {
			continue
		}
		for _, n := range field.Names {
			names = append(names, n.Name)
		}
	}
	return names[min(1, len(names)):]
}

var (
	// unnamed is what sqlc calls what has no name.
	unnamed = regexp.MustCompile(`^(?:[Cc]olumn_?|dollar_?)\d+(?:_\d+)?$`)
	// counted is what sqlc adds to a name that is taken.
	counted = regexp.MustCompile(`_\d+$`)
)

// sameName tells that a name in Go is made of a column's name.
func sameName(inGo, name string) bool {
	return sameLetters(inGo, name) || sameLetters(counted.ReplaceAllString(inGo, ""), name)
}

// sameLetters compares names without what Go names leave out or write otherwise.
func sameLetters(a, b string) bool {
	for {
		var one, other rune
		one, a = nextLetter(a)
		other, b = nextLetter(b)
		if one != other || one == 0 {
			return one == other
		}
	}
}

// nextLetter is the first letter or digit of a name, as a small letter, and what follows it; 0 if there is none.
func nextLetter(name string) (letter rune, rest string) {
	for i, r := range name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r), name[i+utf8.RuneLen(r):]
		}
	}
	return 0, ""
}

// goName is the name that a field's name in Go is made of.
func (a *asker) goName(name string) string {
	if a.in.SQL.Go != nil {
		if renamed := a.in.SQL.Go.Rename[name]; renamed != "" {
			return renamed
		}
	}
	return name
}

// nullable tells whether sqlc took a parameter to be nullable that it wrote of another type than PostgreSQL takes. Of a
// query that was read that has to be seen by its type.
func (f *file) nullable(now string, p Param) bool {
	if !p.Unknown {
		return p.Nullable
	}
	null, notNull := f.pkg.forms[now], f.pkg.notNullForms[now]
	f.pkg.unsure = f.pkg.unsure || null == notNull
	return null
}

// remember notes both forms of all types of queries.
func (p *pkg) remember(queries []Query) {
	p.forms, p.notNullForms = map[string]bool{}, map[string]bool{}
	add := func(t Types) {
		if t.known() {
			p.forms[t.Null.Expr], p.notNullForms[t.NotNull.Expr] = true, true
		}
	}
	for _, q := range queries {
		for _, c := range q.Columns {
			add(c.Types)
		}
		for _, param := range q.Params {
			add(param.Types)
			add(param.Narrow)
		}
	}
}

// isNarrow tells the int4 of sqlc's where PostgreSQL takes an int8: every value is taken, and callers who have an int32 need
// no change.
func (p Param) isNarrow(now string) bool {
	return p.Narrow.known() && (now == p.Narrow.NotNull.Expr || now == p.Narrow.Null.Expr && !p.NotNull)
}
