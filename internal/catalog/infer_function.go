package catalog

import (
	"slices"
	"strings"
)

// candidates are the functions of a name that can be called with so many arguments.
func (a *analysis) candidates(parts []string, have []typeRef, names []string, variadic bool) []candidate {
	schemaName, name := splitName(parts)
	var out []candidate
	if schemaName == "" || schemaName == "pg_catalog" {
		for _, s := range builtinFunctions()[name] {
			if fitsCount(len(s.args), s.defaults, s.variadic, len(have)) {
				out = a.addCandidate(out, a.r.builtinFunction(s), have, names, variadic)
			}
		}
	}
	for i, f := range a.r.functionsNamed(parts) {
		before := len(out)
		if out = a.addCandidate(out, f, have, names, variadic); len(out) > before {
			out[len(out)-1].fn, out[len(out)-1].schema = f, i+1
		}
	}
	for _, f := range a.r.constructors(schemaName, name) {
		out = a.addCandidate(out, f, have, names, variadic)
	}
	return distinctCandidates(out)
}

// fitsCount tells whether a function can be called with so many arguments.
func fitsCount(args, defaults int, variadic bool, given int) bool {
	return given <= args && given >= args-defaults || variadic && given >= args
}

// distinctCandidates leaves one of those that take the same: of the first schema, not variadic, with the fewest defaults.
func distinctCandidates(list []candidate) []candidate {
	var out []candidate
	for _, c := range list {
		at := slices.IndexFunc(out, func(o candidate) bool { return slices.EqualFunc(o.want, c.want, typeRef.sameType) })
		if at < 0 {
			out = append(out, c)
			continue
		}
		old := &out[at]
		if old.sig.schema == c.sig.schema && (old.expanded && !c.expanded || old.expanded == c.expanded && c.defaults < old.defaults) {
			*old = c
		}
	}
	return out
}

// constructors are the functions that CREATE TYPE … AS RANGE makes.
func (r *replay) constructors(schemaName, name string) []*function {
	t := r.findType(schemaName, name)
	if t == nil || t.schema.builtin {
		return nil
	}
	self := typeRef{typ: t}
	make := func(strict bool, args ...typeRef) *function {
		f := &function{header: header{name: t.name, schema: t.schema}, kind: "function", volatile: 'i', strict: strict, returns: self}
		for _, arg := range args {
			f.args = append(f.args, argument{mode: "in", typ: arg})
		}
		return f
	}
	switch t.kind {
	case RangeType:
		base := unmodified(t.base)
		return []*function{make(false, base, base), make(false, base, base, r.db.builtinRef("text"))}
	case MultirangeType:
		if t.other == nil {
			return nil
		}
		rng := typeRef{typ: t.other}
		many := make(true, arrayOf(rng))
		many.args[0].mode = "variadic"
		return []*function{make(true), make(true, rng), many}
	}
	return nil
}

// builtinFunction is a built-in function in the form of the migrations' own.
func (r *replay) builtinFunction(s signature) *function {
	return s.function(header{name: s.name, schema: r.db.schemas["pg_catalog"]}, r.db.builtinRef)
}

// function makes a function of a signature, its types found by name.
func (s signature) function(h header, typ func(string) typeRef) *function {
	f := &function{header: h, kind: s.kindName(), volatile: s.volatile, strict: s.strict, returns: typ(s.result), setOf: s.set}
	for i, arg := range s.args {
		a := argument{name: arg.name, mode: "in", typ: typ(arg.typ)}
		if s.variadic && i == len(s.args)-1 {
			a.mode = "variadic"
		}
		if i >= len(s.args)-s.defaults {
			a.def = &expr{}
		}
		f.args = append(f.args, a)
	}
	for _, out := range s.outs {
		f.args = append(f.args, argument{name: out.name, mode: "out", typ: typ(out.typ)})
	}
	return f
}

func (s signature) kindName() string {
	return map[byte]string{'f': "function", 'a': "aggregate", 'w': "window", 'p': "procedure"}[s.kind]
}

var kindLetters = map[string]byte{"function": 'f', "aggregate": 'a', "window": 'w', "procedure": 'p'}

// addCandidate adds a function if the number and names of the arguments fit it.
func (a *analysis) addCandidate(out []candidate, f *function, have []typeRef, names []string, variadic bool) []candidate {
	args := f.inputArgs()
	c := candidate{result: f.returns, set: f.setOf, kind: kindLetters[f.kind], volatile: f.volatile, strict: f.strict, sig: f}
	last := len(args) - 1
	isVariadic := last >= 0 && args[last].mode == "variadic"
	named := slices.ContainsFunc(names, func(n string) bool { return n != "" })
	if isVariadic && !variadic && !named && len(have) >= len(args) {
		c.expanded = true
		for i := range have {
			t := args[min(i, last)].typ
			if i >= last {
				t = expandedElement(t)
			}
			c.want = append(c.want, t)
		}
		return append(out, c)
	}
	if len(have) > len(args) {
		return out
	}
	want, order, ok := placed(args, have, names)
	if !ok {
		return out
	}
	c.want, c.defaults = want, len(args)-len(have)
	if named {
		c.order = order
	}
	return append(out, c)
}

// expandedElement is what each further argument of a variadic function is.
func expandedElement(t typeRef) typeRef {
	if t.array {
		return element(t)
	}
	if t.typ != nil && strings.HasSuffix(t.typ.name, "array") {
		if e := t.typ.schema.types[map[string]string{"anyarray": "anyelement", "anycompatiblearray": "anycompatible"}[t.typ.name]]; e != nil {
			return typeRef{typ: e}
		}
	}
	return t
}

// placed are the wanted types in the order of the call's arguments, with their places; arguments that are left out must
// have defaults.
func placed(args []argument, have []typeRef, names []string) (want []typeRef, order []int, ok bool) {
	used := make([]bool, len(args))
	for i := range have {
		at := i
		if names[i] != "" {
			at = slices.IndexFunc(args, func(a argument) bool { return a.name == names[i] })
			if at < 0 || used[at] {
				return nil, nil, false
			}
		}
		used[at] = true
		want, order = append(want, args[at].typ), append(order, at)
	}
	for i, u := range used {
		if !u && args[i].def == nil {
			return nil, nil, false
		}
	}
	return want, order, true
}
