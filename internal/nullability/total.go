package nullability

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// totalText lists the built-in functions and operators that never give NULL for arguments that are not NULL.
//
//go:embed total.txt
var totalText string

// signature is a line of the list: a name and the types of the arguments, as pg_type calls them.
type signature struct {
	name     string
	args     []string
	types    []argType
	least    int // the arguments without a default
	operator bool
}

var totals = sync.OnceValue(func() map[totalName]*totalGroup {
	out := map[totalName]*totalGroup{}
	for line := range strings.Lines(totalText) {
		words := strings.Fields(line)
		if len(words) < 2 || words[0] == "#" {
			continue
		}
		s := signature{name: words[1], args: words[2:], operator: words[0] == "op"}
		for i, arg := range s.args {
			typ, hasDefault := strings.CutPrefix(arg, "=")
			if s.args[i] = typ; !hasDefault {
				s.least++
			}
			s.types = append(s.types, newArgType(typ))
		}
		name := totalName{s.name, s.operator}
		if out[name] == nil {
			out[name] = &totalGroup{byFirst: map[argName][]signature{}}
		}
		out[name].add(s)
	}
	return out
})

// totalName is the name of a function or an operator.
type totalName struct {
	name     string
	operator bool
}

// totalGroup are the signatures of one name: those whose first argument is of one type by that type, and the others.
type totalGroup struct {
	byFirst map[argName][]signature
	general []signature
}

// argName is a type's name in pg_type, without the _ of an array.
type argName struct {
	name  string
	array bool
}

// argType is the type of an argument. One that values of several types are taken for says whether a type is one of them.
type argType struct {
	argName
	is func(catalog.Type) bool
}

func newArgType(arg string) argType {
	t := argType{is: polymorphic[arg]}
	t.name, t.array = strings.CutPrefix(arg, "_")
	return t
}

func (g *totalGroup) add(s signature) {
	if len(s.types) == 0 || s.types[0].is != nil {
		g.general = append(g.general, s)
		return
	}
	g.byFirst[s.types[0].argName] = append(g.byFirst[s.types[0].argName], s)
}

// isTotal tells a built-in function that gives NULL only for NULL.
func (a *analysis) isTotal(v *catalog.FunctionCall) bool {
	g := totals()[totalName{nameOf(v), v.Operator != ""}]
	if g == nil || v.Variadic {
		return false
	}
	if a.anyTakes(g.general, v.Args) {
		return true
	}
	if len(v.Args) == 0 {
		return false
	}
	first := a.base(v.Args[0].Result())
	if a.anyTakes(g.byFirst[argName{first.Name.Name, first.Array}], v.Args) {
		return true
	}
	like := likeType(first)
	return like != "" && a.anyTakes(g.byFirst[argName{name: like}], v.Args)
}

// anyTakes tells that arguments have the types of one of the signatures.
func (a *analysis) anyTakes(list []signature, args []catalog.Value) bool {
	return slices.ContainsFunc(list, func(s signature) bool {
		return s.least <= len(args) && len(args) <= len(s.args) && a.takes(s, args)
	})
}

// takes tells that arguments have a signature's types.
func (a *analysis) takes(s signature, args []catalog.Value) bool {
	for i, arg := range args {
		if !s.types[i].takes(a.base(arg.Result())) {
			return false
		}
	}
	return true
}

// polymorphic are the types of pg_type that values of several types are taken for.
var polymorphic = map[string]func(catalog.Type) bool{
	"any": ofAnyType, "anyelement": ofAnyType, "anycompatible": ofAnyType,
	"anyarray": ofArrayType, "anycompatiblearray": ofArrayType,
	"anynonarray": ofPlainType, "anycompatiblenonarray": ofPlainType,
	"anyenum":  ofKind(catalog.EnumType),
	"anyrange": ofKind(catalog.RangeType), "anycompatiblerange": ofKind(catalog.RangeType),
	"anymultirange": ofKind(catalog.MultirangeType), "anycompatiblemultirange": ofKind(catalog.MultirangeType),
	"record": func(t catalog.Type) bool {
		return !t.Array && (t.Kind == catalog.CompositeType || t.Name.Name == "record")
	},
}

func ofAnyType(catalog.Type) bool     { return true }
func ofArrayType(t catalog.Type) bool { return t.Array }
func ofPlainType(t catalog.Type) bool { return !t.Array }

func ofKind(k catalog.TypeKind) func(catalog.Type) bool {
	return func(t catalog.Type) bool { return t.Kind == k && !t.Array }
}

// takes tells that a value of a type, which is no domain, can be the argument without a conversion that changes it.
func (arg argType) takes(t catalog.Type) bool {
	switch {
	case arg.is != nil:
		return arg.is(t)
	case arg.array || t.Array:
		return arg.array == t.Array && t.Name.Name == arg.name
	}
	return t.Name.Name == arg.name || likeType(t) == arg.name
}

// likeType is the type that values of this one are taken for as they are, "" for none.
func likeType(t catalog.Type) string {
	switch {
	case t.Array:
		return ""
	case t.Name.Name == "varchar":
		return "text"
	case t.Name.Name == "cidr":
		return "inet"
	case t.Name.Name == "bit":
		return "varbit"
	case strings.HasPrefix(t.Name.Name, "reg"):
		return "oid"
	}
	return ""
}
