package constraint

import (
	"reflect"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// columnsOf lists the columns that an SQL expression names, in order of appearance. It walks the fields of the nodes by
// reflection, so that a node added to catalog's tree is never forgotten here.
func columnsOf(e catalog.Expr) []string {
	var names []string
	walk(reflect.ValueOf(e), func(ref *catalog.ColumnRef) {
		if !slices.Contains(names, ref.Name) {
			names = append(names, ref.Name)
		}
	})
	return names
}

func walk(v reflect.Value, visit func(*catalog.ColumnRef)) {
	switch v.Kind() {
	case reflect.Interface:
		walk(v.Elem(), visit)
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		if ref, ok := v.Interface().(*catalog.ColumnRef); ok {
			visit(ref)
			return
		}
		walk(v.Elem(), visit)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[catalog.Place]() {
			return
		}
		for i := range v.NumField() {
			walk(v.Field(i), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), visit)
		}
	}
}

// Columns lists the columns that a node reads, in order of name.
func Columns(n Node) []string {
	var names []string
	var visit func(Node)
	visit = func(n Node) {
		switch n := n.(type) {
		case Column:
			names = append(names, n.Name)
		case Cmp:
			visit(n.Left)
			visit(n.Right)
		case Member:
			visit(n.X)
		case All:
			for _, a := range n.Args {
				visit(a)
			}
		case Any:
			for _, a := range n.Args {
				visit(a)
			}
		case Negation:
			visit(n.X)
		case IsNull:
			visit(n.X)
		case Func:
			visit(n.Arg)
		case Unknown:
			names = append(names, n.Columns...)
		}
	}
	visit(n)
	slices.Sort(names)
	return slices.Compact(names)
}
