package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// routineWords are what messages call the kinds that a statement asks for.
var routineWords = map[pg_query.ObjectType]string{
	pg_query.ObjectType_OBJECT_FUNCTION: "function", pg_query.ObjectType_OBJECT_PROCEDURE: "procedure",
	pg_query.ObjectType_OBJECT_AGGREGATE: "aggregate", pg_query.ObjectType_OBJECT_ROUTINE: "routine",
}

// functionsNamed are the functions of a name that may be qualified, those of the first schemas first.
func (r *replay) functionsNamed(parts []string) []*function {
	schemaName, name := splitName(parts)
	if schemaName != "" {
		if s := r.db.schemas[schemaName]; s != nil {
			return s.functions[name]
		}
		return nil
	}
	var out []*function
	for _, s := range r.searchPath() {
		out = append(out, s.functions[name]...)
	}
	return out
}

// findFunction finds the one that DROP, ALTER or COMMENT means. Without arguments the name must be unique.
func (r *replay) findFunction(st *statement, n *pg_query.ObjectWithArgs, kind pg_query.ObjectType) (*function, error) {
	parts := stringsOf(n.Objname)
	span := st.findName(parts, st.start)
	word := routineWords[kind]
	candidates := r.functionsNamed(parts)
	if n.ArgsUnspecified {
		switch len(candidates) {
		case 0:
			return nil, failf(span, undefinedFunction, "could not find a %s named %q", word, strings.Join(parts, "."))
		case 1:
			return candidates[0], rightKind(candidates[0], kind, span, r)
		}
		return nil, hinted(span, ambiguousFunction, "Specify the argument list to select the "+word+" unambiguously.",
			"%s name %q is not unique", word, strings.Join(parts, "."))
	}
	types, err := r.argTypes(st, n.Objargs)
	if err != nil {
		return nil, err
	}
	for _, f := range candidates {
		if sameInputs(f.inputs(), types) {
			return f, rightKind(f, kind, span, r)
		}
	}
	if f := r.findWithOutputs(st, n, candidates); f != nil {
		return f, rightKind(f, kind, span, r)
	}
	var text []string
	for _, t := range types {
		text = append(text, r.typeText(t))
	}
	return nil, failf(span, undefinedFunction, "%s %s(%s) does not exist", word, strings.Join(parts, "."), strings.Join(text, ", "))
}

// findWithOutputs matches a list that names OUT arguments too, as PostgreSQL 14 and later allow.
func (r *replay) findWithOutputs(st *statement, n *pg_query.ObjectWithArgs, candidates []*function) *function {
	var types []typeRef
	for _, p := range n.Objfuncargs {
		ref, err := r.resolveType(st, p.GetFunctionParameter().GetArgType())
		if err != nil {
			return nil
		}
		types = append(types, unmodified(ref))
	}
	for _, f := range candidates {
		var all []typeRef
		for _, a := range f.args {
			if a.mode != "table" {
				all = append(all, a.typ)
			}
		}
		if sameInputs(all, types) && len(n.Objfuncargs) > 0 {
			return f
		}
	}
	return nil
}

func (r *replay) argTypes(st *statement, nodes []*pg_query.Node) ([]typeRef, error) {
	var out []typeRef
	for _, n := range nodes {
		if n.GetTypeName() == nil { // NONE, or an aggregate's *
			continue
		}
		ref, err := r.resolveType(st, n.GetTypeName())
		if err != nil {
			return nil, err
		}
		out = append(out, unmodified(ref))
	}
	return out, nil
}

func rightKind(f *function, kind pg_query.ObjectType, span source.Span, r *replay) error {
	word := routineWords[kind]
	if word == "routine" || word == f.kind || word == "function" && f.kind == "window" {
		return nil
	}
	article := "a"
	if word == "aggregate" {
		article, word = "an", "aggregate function"
	}
	return failf(span, wrongObjectType, "%s is not %s %s", r.signature(f), article, word)
}
