package constraint

import (
	"reflect"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// ColumnsOf lists the columns that an SQL expression names, in order of appearance. It walks the fields of the nodes by
// reflection, so that a node added to catalog's tree is never forgotten here.
func ColumnsOf(e catalog.Expr) []string {
	var names []string
	walk(reflect.ValueOf(e), func(e catalog.Expr) bool {
		if ref, ok := e.(*catalog.ColumnRef); ok && !slices.Contains(names, ref.Name) {
			names = append(names, ref.Name)
		}
		return true
	})
	return names
}

// walk visits a node and those in it. visit tells whether to look into the node.
func walk(v reflect.Value, visit func(catalog.Expr) bool) {
	switch v.Kind() {
	case reflect.Interface:
		walk(v.Elem(), visit)
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		if e, ok := v.Interface().(catalog.Expr); ok && !visit(e) {
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

// Walk visits a node and all nodes below it, from left to right.
func Walk(n Node, visit func(Node)) {
	visit(n)
	for _, child := range Children(n) {
		Walk(child, visit)
	}
}

// Children lists a node's operands in the order in which they are evaluated.
func Children(n Node) []Node {
	switch n := n.(type) {
	case Cmp:
		return []Node{n.Left, n.Right}
	case Distinct:
		return []Node{n.Left, n.Right}
	case Arith:
		return []Node{n.Left, n.Right}
	case Quantified:
		return []Node{n.X, n.Array}
	case Member:
		return []Node{n.X}
	case Negation:
		return []Node{n.X}
	case IsNull:
		return []Node{n.X}
	case Cast:
		return []Node{n.X}
	case Match:
		return []Node{n.X}
	case All:
		return n.Args
	case Any:
		return n.Args
	case Func:
		return n.Args
	case Coalesce:
		return n.Args
	case Extremum:
		return n.Args
	case Case:
		var list []Node
		for _, w := range n.Whens {
			list = append(list, w.Cond, w.Result)
		}
		return append(list, n.Else)
	}
	return nil
}

// Columns lists the columns that a node reads, in order of name.
func Columns(n Node) []string {
	var names []string
	Walk(n, func(n Node) {
		switch n := n.(type) {
		case Column:
			names = append(names, n.Name)
		case Unknown:
			names = append(names, n.Columns...)
		}
	})
	slices.Sort(names)
	return slices.Compact(names)
}
