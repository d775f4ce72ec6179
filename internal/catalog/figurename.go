package catalog

import (
	"slices"
	"strconv"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// unnamedColumn is what PostgreSQL calls a column that nothing names.
const unnamedColumn = "?column?"

// figureName is the name of a select list's column that has no alias.
func figureName(n *pg_query.Node) string {
	if name, _ := figure(n); name != "" {
		return name
	}
	return unnamedColumn
}

// figureIndexName is the name of an expression's column in an index, "" for none.
func figureIndexName(n *pg_query.Node) string {
	name, _ := figure(n)
	return name
}

// figure is FigureColname: strength 2 is a good name, 1 one that a better one further in replaces.
func figure(n *pg_query.Node) (name string, strength int) {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_ColumnRef:
		if names := stringsOf(x.ColumnRef.Fields); len(names) > 0 {
			return names[len(names)-1], 2
		}
	case *pg_query.Node_AIndirection:
		if names := stringsOf(x.AIndirection.Indirection); len(names) > 0 {
			return names[len(names)-1], 2
		}
		return figure(x.AIndirection.Arg)
	case *pg_query.Node_FuncCall:
		names := stringsOf(x.FuncCall.Funcname)
		return names[len(names)-1], 2
	case *pg_query.Node_AExpr:
		if x.AExpr.Kind == pg_query.A_Expr_Kind_AEXPR_NULLIF {
			return "nullif", 2
		}
	case *pg_query.Node_TypeCast:
		return figureCast(x.TypeCast)
	case *pg_query.Node_CollateClause:
		return figure(x.CollateClause.Arg)
	case *pg_query.Node_SubLink:
		return figureSubLink(x.SubLink)
	case *pg_query.Node_CaseExpr:
		if name, strength := figure(x.CaseExpr.Defresult); strength > 1 {
			return name, strength
		}
		return "case", 1
	case *pg_query.Node_MinMaxExpr:
		if x.MinMaxExpr.Op == pg_query.MinMaxOp_IS_GREATEST {
			return "greatest", 2
		}
		return "least", 2
	case *pg_query.Node_SqlvalueFunction:
		return valueNames[x.SqlvalueFunction.Op], 2
	case *pg_query.Node_XmlExpr:
		return xmlNames[x.XmlExpr.Op], 2
	}
	return figureConstruct(n)
}

// figureConstruct names the constructs that are called like functions.
func figureConstruct(n *pg_query.Node) (string, int) {
	switch n.GetNode().(type) {
	case *pg_query.Node_AArrayExpr:
		return "array", 2
	case *pg_query.Node_RowExpr:
		return "row", 2
	case *pg_query.Node_CoalesceExpr:
		return "coalesce", 2
	case *pg_query.Node_GroupingFunc:
		return "grouping", 2
	case *pg_query.Node_XmlSerialize:
		return "xmlserialize", 2
	case *pg_query.Node_JsonObjectConstructor:
		return "json_object", 2
	case *pg_query.Node_JsonArrayConstructor, *pg_query.Node_JsonArrayQueryConstructor:
		return "json_array", 2
	case *pg_query.Node_JsonObjectAgg:
		return "json_objectagg", 2
	case *pg_query.Node_JsonArrayAgg:
		return "json_arrayagg", 2
	}
	return "", 0
}

func figureCast(x *pg_query.TypeCast) (string, int) {
	if name, strength := figure(x.Arg); strength > 1 {
		return name, strength
	}
	if names := stringsOf(x.TypeName.GetNames()); len(names) > 0 {
		return names[len(names)-1], 1
	}
	return "", 0
}

func figureSubLink(x *pg_query.SubLink) (string, int) {
	switch x.SubLinkType {
	case pg_query.SubLinkType_EXISTS_SUBLINK:
		return "exists", 2
	case pg_query.SubLinkType_ARRAY_SUBLINK:
		return "array", 2
	case pg_query.SubLinkType_EXPR_SUBLINK:
		query := x.Subselect.GetSelectStmt()
		for query.GetLarg() != nil {
			query = query.Larg
		}
		if list := query.GetTargetList(); len(list) > 0 {
			if target := list[0].GetResTarget(); target.Name != "" {
				return target.Name, 2
			} else {
				return figureName(target.Val), 2
			}
		}
		if len(query.GetValuesLists()) > 0 {
			return "column1", 2
		}
	}
	return "", 0
}

var xmlNames = map[pg_query.XmlExprOp]string{
	pg_query.XmlExprOp_IS_XMLCONCAT: "xmlconcat", pg_query.XmlExprOp_IS_XMLELEMENT: "xmlelement",
	pg_query.XmlExprOp_IS_XMLFOREST: "xmlforest", pg_query.XmlExprOp_IS_XMLPARSE: "xmlparse",
	pg_query.XmlExprOp_IS_XMLPI: "xmlpi", pg_query.XmlExprOp_IS_XMLROOT: "xmlroot",
}

var valueNames = map[pg_query.SQLValueFunctionOp]string{
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_DATE:        "current_date",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIME:        "current_time",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIME_N:      "current_time",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP:   "current_timestamp",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP_N: "current_timestamp",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIME:           "localtime",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIME_N:         "localtime",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIMESTAMP:      "localtimestamp",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIMESTAMP_N:    "localtimestamp",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_ROLE:        "current_role",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_USER:        "current_user",
	pg_query.SQLValueFunctionOp_SVFOP_USER:                "user",
	pg_query.SQLValueFunctionOp_SVFOP_SESSION_USER:        "session_user",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_CATALOG:     "current_catalog",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_SCHEMA:      "current_schema",
}

// indexColumnNames are the names of an index's columns, which its own name is made of: an expression is called after
// its function or expr, and no name comes twice.
func indexColumnNames(elems []*pg_query.Node) []string {
	var names []string
	for _, n := range elems {
		e := n.GetIndexElem()
		name := e.GetName()
		if name == "" {
			if name = figureIndexName(e.GetExpr()); name == "" {
				name = "expr"
			}
		}
		names = append(names, uniqueName(name, names))
	}
	return names
}

// uniqueName adds a number where the name is taken.
func uniqueName(name string, taken []string) string {
	if !slices.Contains(taken, name) {
		return name
	}
	for i := 1; ; i++ {
		digits := strconv.Itoa(i)
		candidate := clip(name, maxNameBytes-len(digits)) + digits
		if !slices.Contains(taken, candidate) {
			return candidate
		}
	}
}
