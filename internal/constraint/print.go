package constraint

import (
	"fmt"
	"strings"
)

// SQL writes a node as SQL, for messages: what has been compiled to another form is written in that.
func SQL(n Node) string {
	switch n := n.(type) {
	case Column:
		return n.Name
	case Const:
		return n.sql()
	case Cmp:
		return fmt.Sprintf("(%s %s %s)", SQL(n.Left), n.Op, SQL(n.Right))
	case Arith:
		return fmt.Sprintf("(%s %s %s)", SQL(n.Left), n.Op, SQL(n.Right))
	case Distinct:
		return fmt.Sprintf("(%s IS %sDISTINCT FROM %s)", SQL(n.Left), not(n.Not), SQL(n.Right))
	case Member:
		return fmt.Sprintf("(%s %sIN (%s))", SQL(n.X), not(n.Not), constList(n.List))
	case Quantified:
		word := "ANY"
		if n.All {
			word = "ALL"
		}
		return fmt.Sprintf("(%s %s %s (%s))", SQL(n.X), n.Op, word, SQL(n.Array))
	case All:
		return "(" + listSQL(n.Args, " AND ") + ")"
	case Any:
		return "(" + listSQL(n.Args, " OR ") + ")"
	case Negation:
		return "(NOT " + SQL(n.X) + ")"
	case IsNull:
		return fmt.Sprintf("(%s IS %sNULL)", SQL(n.X), not(n.Not))
	}
	return callSQL(n)
}

func callSQL(n Node) string {
	switch n := n.(type) {
	case Cast:
		return fmt.Sprintf("CAST(%s AS %s)", SQL(n.X), n.To)
	case Func:
		return fmt.Sprintf("%s(%s)", n.Name, listSQL(n.Args, ", "))
	case Match:
		return fmt.Sprintf("(%s %s%s %s)", SQL(n.X), strings.ToLower(not(n.Not)), n.Regex.Operator, quoted(n.Regex.SQL))
	case Case:
		var b strings.Builder
		for _, w := range n.Whens {
			fmt.Fprintf(&b, "WHEN %s THEN %s ", SQL(w.Cond), SQL(w.Result))
		}
		return fmt.Sprintf("CASE %sELSE %s END", b.String(), SQL(n.Else))
	case Coalesce:
		return fmt.Sprintf("coalesce(%s)", listSQL(n.Args, ", "))
	case Extremum:
		if n.Greatest {
			return fmt.Sprintf("greatest(%s)", listSQL(n.Args, ", "))
		}
		return fmt.Sprintf("least(%s)", listSQL(n.Args, ", "))
	case Unknown:
		return n.SQL
	}
	return ""
}

func not(not bool) string {
	if not {
		return "NOT "
	}
	return ""
}

func listSQL(nodes []Node, sep string) string {
	parts := make([]string, len(nodes))
	for i, n := range nodes {
		parts[i] = SQL(n)
	}
	return strings.Join(parts, sep)
}

func constList(list []Const) string {
	parts := make([]string, len(list))
	for i, k := range list {
		parts[i] = k.sql()
	}
	return strings.Join(parts, ", ")
}

func (k Const) sql() string {
	switch {
	case k.Null:
		return "NULL"
	case k.Type.Class == ArrayClass:
		return "ARRAY[" + constList(k.Elems) + "]"
	case k.Type.isNumber() && k.Text[0] <= '9', k.Type.Class == BoolClass:
		return k.Text
	}
	return quoted(k.Text)
}

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// String is the type's name in PostgreSQL.
func (t Type) String() string {
	switch t.Class {
	case IntClass, FloatClass:
		return fmt.Sprintf("%s%d", t.Class, t.Size)
	case ArrayClass:
		return t.Elem.String() + "[]"
	case EnumClass:
		return t.Enum.String()
	}
	return string(t.Class)
}
