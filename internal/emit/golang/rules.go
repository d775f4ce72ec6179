package golang

import (
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// rules writes the CHECKs that read several fields. left are the names of those that some Go type keeps from being
// tested in full.
func (g *generator) rules(o *model.Object, pairs []pair) (code, left []string) {
	for _, rule := range o.Rules {
		var conditions, read []string
		for _, test := range rule.Tests {
			condition, fields, ok := g.condition(o, pairs, test)
			if !ok {
				if !slices.Contains(left, rule.Constraint) {
					left = append(left, rule.Constraint)
				}
				continue
			}
			conditions = append(conditions, condition)
			read = append(read, fields...)
		}
		if len(conditions) == 0 {
			continue
		}
		slices.Sort(read)
		at := pair{Field: &model.Field{}, goName: strings.Join(slices.Compact(read), ", ")}
		code = append(code, comment(rule.SQL),
			g.when(at, g.call("trefoilRefuses", conditions...), rule.Constraint, ""))
	}
	return code, left
}

// condition is a function that evaluates a tree on the struct's fields.
func (g *generator) condition(o *model.Object, pairs []pair, test model.ObjectTest) (code string, fields []string, ok bool) {
	inputs := map[string]pair{}
	for _, in := range test.Inputs {
		i := slices.IndexFunc(pairs, func(p pair) bool { return p.Name == o.Fields[in.Field].Name })
		if i < 0 {
			return "", nil, false
		}
		inputs[in.Column] = pairs[i]
		fields = append(fields, pairs[i].goName)
	}
	code, ok = g.function(test.Tree, inputs, false)
	return code, fields, ok
}

// trees writes the conditions on one field, those of a constraint together. They stand where the value is not null.
func (g *generator) trees(p pair) (code []string, tested bool) {
	tested = true
	done := map[string]bool{}
	for _, first := range p.Tests {
		if done[first.Constraint] {
			continue
		}
		done[first.Constraint] = true
		var conditions []string
		for _, test := range p.Tests {
			if test.Constraint != first.Constraint {
				continue
			}
			condition, ok := g.function(test.Tree, map[string]pair{constraint.DomainValue: p}, true)
			if !ok {
				tested = false
				continue
			}
			conditions = append(conditions, condition)
		}
		if len(conditions) > 0 {
			code = append(code, comment(first.SQL),
				g.when(p, g.call("trefoilRefuses", conditions...), first.Constraint, ""))
		}
	}
	return code, tested
}

// function evaluates a tree: first the columns, then the expression. present tells that the values are not null.
func (g *generator) function(tree constraint.Node, inputs map[string]pair, present bool) (code string, ok bool) {
	used, constants, patterns := g.used, g.constants, g.patterns
	g.used = map[string]bool{}
	body, ok := g.columns(tree, inputs, present)
	if !ok {
		g.used, g.constants, g.patterns = used, constants, patterns
		return "", false
	}
	body = append(body, "return "+g.node(tree, inputs))
	for name := range used {
		g.used[name] = true
	}
	return block("func() any", body...), true
}

// columns declares a variable for each column.
func (g *generator) columns(tree constraint.Node, inputs map[string]pair, present bool) (body []string, ok bool) {
	done := map[string]bool{}
	ok = true
	constraint.Walk(tree, func(n constraint.Node) {
		c, isColumn := n.(constraint.Column)
		if !isColumn || done[c.Name] {
			return
		}
		done[c.Name] = true
		p, known := inputs[c.Name]
		if !known {
			ok = false
			return
		}
		value, t, bindable := g.bind(p, c)
		if !bindable {
			ok = false
			return
		}
		body = append(body, declare(p, t, value, present)...)
	})
	return body, ok
}

func variable(p pair) string { return "value" + p.goName }

func declare(p pair, t goType, value string, present bool) []string {
	declaration, assigned := "var "+variable(p)+" any", " = "+value
	if t.null == never || present {
		return []string{declaration + assigned}
	}
	return []string{declaration, block("if "+t.present(p), variable(p)+assigned)}
}
