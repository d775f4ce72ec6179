package model_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/model"
)

func relation(t *testing.T, m *model.Model, n string) *model.Relation {
	t.Helper()
	i := slices.IndexFunc(m.Relations, func(r *model.Relation) bool { return r.Source == name(n) })
	require.GreaterOrEqual(t, i, 0, "no relation %s", n)
	return m.Relations[i]
}

func enum(t *testing.T, m *model.Model, n string) *model.Enum {
	t.Helper()
	i := slices.IndexFunc(m.Enums, func(e *model.Enum) bool { return e.Name == n })
	require.GreaterOrEqual(t, i, 0, "no enum %s", n)
	return m.Enums[i]
}

func field(t *testing.T, o *model.Object, n string) model.Field {
	t.Helper()
	i := slices.IndexFunc(o.Fields, func(f model.Field) bool { return f.Name == n })
	require.GreaterOrEqual(t, i, 0, "%s has no field %s, but %v", o.Name, n, fieldNames(o))
	return o.Fields[i]
}

func fieldNames(o *model.Object) []string { return filtered(o, func(model.Field) bool { return true }) }

func required(o *model.Object) []string {
	return filtered(o, func(f model.Field) bool { return !f.Optional })
}

func nullable(o *model.Object) []string {
	return filtered(o, func(f model.Field) bool { return f.Nullable })
}

func filtered(o *model.Object, keep func(model.Field) bool) []string {
	names := []string{}
	for _, f := range o.Fields {
		if keep(f) {
			names = append(names, f.Name)
		}
	}
	return names
}

func constraints(f model.Field) []string {
	names := []string{}
	for _, r := range f.Rules {
		names = append(names, r.Constraint)
	}
	return names
}
