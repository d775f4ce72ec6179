package catalog

import (
	"strconv"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// call converts a function call. The special forms of SQL keep no schema: the grammar adds pg_catalog to them.
func (c converter) call(n *pg_query.Node, x *pg_query.FuncCall) Expr {
	names := stringsOf(x.Funcname)
	if len(names) == 0 || len(names) > 2 {
		return c.opaque(n)
	}
	call := &Call{
		Place: c.place(n), Name: names[len(names)-1], Args: c.list(x.Args),
		Star: x.AggStar, Distinct: x.AggDistinct, Variadic: x.FuncVariadic,
		Filter: c.optional(x.AggFilter), Window: x.Over != nil,
	}
	if len(names) == 2 && x.Funcformat != pg_query.CoercionForm_COERCE_SQL_SYNTAX {
		call.Schema = names[0]
	}
	return call
}

// valueFunction converts CURRENT_TIMESTAMP and its like, which have no parentheses; a precision is the one argument.
func (c converter) valueFunction(n *pg_query.Node, x *pg_query.SQLValueFunction) Expr {
	name := strings.ToLower(strings.TrimPrefix(x.Op.String(), "SVFOP_"))
	name, precise := strings.CutSuffix(name, "_n")
	call := &Call{Place: c.place(n), Name: name}
	if precise {
		call.Args = []Expr{&Literal{call.Place, IntLiteral, strconv.Itoa(int(x.Typmod))}}
	}
	return call
}
