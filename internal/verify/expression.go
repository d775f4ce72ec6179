package verify

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/server"
)

// Printer prints expressions in the server's own words; a server.Session is one.
type Printer interface {
	Print(context.Context, server.Scope, []server.Expression) ([]server.Printed, error)
}

// wording is a difference that may be only in how expressions are worded.
type wording struct {
	difference   Difference
	ours, theirs []server.Expression
}

// Refused is a difference that may be none: the server did not print the expressions.
type Refused struct {
	Difference
	Reason error
}

// Reconcile drops the differences that are only in how an expression is worded, and splits off those that the server does
// not let the role compare.
func Reconcile(ctx context.Context, printer Printer, doc catalog.Document, diffs []Difference) (real []Difference, unknown []Refused, err error) {
	places := scopes(doc)
	groups := map[Step][]wording{}
	var order []Step
	for _, d := range diffs {
		place, known := places[d.Steps[0]]
		w, ok := place.wording(d)
		switch {
		case !known || !ok:
			real = append(real, d)
		case !sameText(w):
			if groups[d.Steps[0]] == nil {
				order = append(order, d.Steps[0])
			}
			groups[d.Steps[0]] = append(groups[d.Steps[0]], w)
		}
	}
	for _, step := range order {
		different, refused, err := ask(ctx, printer, places[step], groups[step])
		if err != nil {
			return nil, nil, err
		}
		real, unknown = append(real, different...), append(unknown, refused...)
	}
	return real, unknown, nil
}

// sameText tells whether the two sides are the same but for spelling.
func sameText(w wording) bool {
	for i := range w.ours {
		if catalog.NormalSQL(w.ours[i].SQL) != catalog.NormalSQL(w.theirs[i].SQL) {
			return false
		}
	}
	return true
}

// ask has both sides of a group printed and compares what comes back. Names are looked up as where they were written; the
// server's text was printed for the path public, which is part of that.
func ask(ctx context.Context, printer Printer, p place, group []wording) (different []Difference, refused []Refused, err error) {
	var list []server.Expression
	for _, w := range group {
		list = append(append(list, w.ours...), w.theirs...)
	}
	p.scope.Path = []string{p.scope.Schema, "public"}
	printed, err := printer.Print(ctx, p.scope, list)
	if err != nil {
		return nil, nil, err
	}
	for _, w := range group {
		n := len(w.ours)
		switch same, why := samePrinted(printed[:n], printed[n:2*n]); {
		case why != nil:
			refused = append(refused, Refused{w.difference, why})
		case !same:
			different = append(different, w.difference)
		}
		printed = printed[2*n:]
	}
	return different, refused, nil
}

// samePrinted compares printed expressions. What the server does not take from the migrations cannot be what it has; why
// is set if it does not say.
func samePrinted(ours, theirs []server.Printed) (same bool, why error) {
	same = true
	for i, a := range ours {
		b := theirs[i]
		switch {
		case a.NotAllowed:
			why = a.Err
		case b.Err != nil:
			why = b.Err
		case a.Err != nil:
			return false, nil
		case a.Text != b.Text && catalog.NormalSQL(a.Text) != catalog.NormalSQL(b.Text):
			same = false
		}
	}
	return same, why
}

// place is a relation or a domain with what its expressions may name.
type place struct {
	scope server.Scope
	types map[string]string // of the columns; of a domain's default under its empty name
}

// scopes lists the relations and domains of the server.
func scopes(doc catalog.Document) map[Step]place {
	out := map[Step]place{}
	for _, r := range doc.Relations {
		p := place{server.Scope{Schema: r.Schema, Relation: r.Name}, map[string]string{}}
		for _, c := range r.Columns {
			p.scope.Columns = append(p.scope.Columns, server.ScopeColumn{Name: c.Name, Type: c.Type})
			p.types[c.Name] = c.Type
		}
		out[Step{"relations", r.Schema + "." + r.Name}] = p
	}
	for _, d := range doc.Domains {
		scope := server.Scope{Schema: d.Schema, Columns: []server.ScopeColumn{{Name: "value", Type: d.Type}}}
		out[Step{"domains", d.Schema + "." + d.Name}] = place{scope, map[string]string{"": d.Type}}
	}
	return out
}

// wording takes a difference as one of expressions, if it is.
func (p place) wording(d Difference) (wording, bool) {
	w := wording{difference: d}
	if len(d.Steps) < 2 {
		return w, false
	}
	last, owner := d.Steps[len(d.Steps)-1], d.Steps[len(d.Steps)-2]
	if last.Name != "" || d.Ours == "" || d.Server == "" || d.Ours == "null" || d.Server == "null" {
		return w, false
	}
	switch last.Key {
	case "default":
		column := owner.Name
		if d.Steps[0].Key == "domains" {
			column = ""
		}
		kind := unlimited(p.types[column])
		w.ours, w.theirs = one(d.Ours, kind), one(d.Server, kind)
	case "expression", "where", "using", "with_check":
		w.ours, w.theirs = one(d.Ours, "boolean"), one(d.Server, "boolean")
	case "columns":
		w.ours, w.theirs = p.indexed(d.Ours), p.indexed(d.Server)
	}
	return w, owner.Key != "primary_key" && owner.Key != "uniques" && owner.Key != "foreign_keys" &&
		len(w.ours) > 0 && len(w.ours) == len(w.theirs)
}

func one(text, kind string) []server.Expression {
	var sql string
	if json.Unmarshal([]byte(text), &sql) != nil {
		return nil
	}
	return []server.Expression{{SQL: sql, Type: kind}}
}

// indexed is the columns of an index: names of columns as such, and expressions.
func (p place) indexed(text string) []server.Expression {
	var list []string
	if json.Unmarshal([]byte(text), &list) != nil {
		return nil
	}
	out := make([]server.Expression, len(list))
	for i, sql := range list {
		if _, ok := p.types[sql]; ok {
			sql = server.Ident(sql)
		}
		out[i].SQL = sql
	}
	return out
}

var modifier = regexp.MustCompile(`^(character|character varying|numeric|interval[a-z ]*|timestamp|time)\([\d,-]+\)`)

// unlimited is a type without its limit of length or precision: a conversion to it changes no value.
func unlimited(kind string) string {
	out := modifier.ReplaceAllString(kind, "$1")
	if rest, ok := strings.CutPrefix(out, "character"); ok && !strings.HasPrefix(rest, " ") {
		return "bpchar" + rest // character alone has the length 1
	}
	return out
}
