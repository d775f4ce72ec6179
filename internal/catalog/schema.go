package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// createSchema is CREATE SCHEMA, with the statements that may stand in it.
func (r *replay) createSchema(st *statement, n *pg_query.CreateSchemaStmt) error {
	name := n.Schemaname
	if name == "" {
		name = n.Authrole.GetRolename()
	}
	span := st.find(name, st.start)
	if strings.HasPrefix(name, "pg_") {
		return failf(span, reservedName, "unacceptable schema name %q", name)
	}
	if old := r.db.schemas[name]; old != nil {
		if n.IfNotExists {
			return nil
		}
		return existing(span, old.span, duplicateSchema, "schema %q already exists", name)
	}
	r.db.addSchema(name, span)
	if len(n.SchemaElts) == 0 {
		return nil
	}
	path := r.db.path
	defer func() { r.db.path = path }()
	r.db.path = append([]string{name}, slices.Clone(path)...)
	var errs []error
	for _, e := range n.SchemaElts {
		inner := *st
		inner.node = e
		errs = append(errs, r.run(&inner))
	}
	return join(errs...)
}

// setVariable is SET and RESET; the search path alone matters.
func (r *replay) setVariable(_ *statement, n *pg_query.VariableSetStmt) error {
	switch {
	case n.Kind == pg_query.VariableSetKind_VAR_RESET_ALL, n.Name == "search_path" &&
		(n.Kind == pg_query.VariableSetKind_VAR_RESET || n.Kind == pg_query.VariableSetKind_VAR_SET_DEFAULT):
		r.setPath([]string{"$user", "public"}, n.IsLocal)
	case n.Name == "search_path" && n.Kind == pg_query.VariableSetKind_VAR_SET_VALUE:
		var path []string
		for _, arg := range n.Args {
			path = append(path, arg.GetAConst().GetSval().GetSval())
		}
		if len(path) == 1 && path[0] == "" {
			path = nil
		}
		r.setPath(path, n.IsLocal)
	case n.Kind == pg_query.VariableSetKind_VAR_SET_VALUE && len(n.Args) == 1:
		if text, ok := textOf(constantValue(n.Args[0].GetAConst())); ok {
			r.settings[n.Name] = text
		}
	}
	return nil
}

// setPath changes the search path, for the transaction only if local.
func (r *replay) setPath(path []string, local bool) {
	if local && r.tx.path == nil {
		saved := slices.Clone(r.db.path)
		r.tx.path = &saved
	}
	if !local {
		r.tx.path = nil
	}
	r.db.path = path
}

// pathOf reads a search path from its text, as set_config takes it.
func pathOf(text string) []string {
	var path []string
	for _, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		if len(part) > 1 && part[0] == '"' {
			part = strings.Trim(part, `"`)
		} else {
			part = lowerASCII(part)
		}
		if part != "" {
			path = append(path, part)
		}
	}
	return path
}
