package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// analysis walks an expression or a query: it finds the objects that are used, says which do not exist, and infers
// types as far as it can. A type that it cannot infer is the zero typeRef.
type analysis struct {
	r        *replay
	st       *statement
	refs     []reference
	problems source.List
	// variables are names that are no columns but may stand where columns do: a function's arguments.
	variables map[string]typeRef
	// lenient leaves out mistakes: where the text is not run now, as in a function's body.
	lenient bool
	// noColumns is the message where columns may not be used.
	noColumns string
	// place is where the expression stands, such as check constraints: what may not be there is said with it. depth counts
	// the subqueries around.
	place string
	// immutable is the message where a function's result may not change, "" where it may.
	immutable string
	depth     int
	// noSubqueries is the place's name where no subquery may be.
	noSubqueries string
	// wrapped are the nodes that were turned into casts; nil where that is not wanted.
	wrapped map[*pg_query.Node]bool
}

// scopeColumn is a column that a query can name. col is nil if it is of no relation.
type scopeColumn struct {
	name string
	typ  typeRef
	col  *column
}

// scopeItem is an entry of FROM. open tells that it may have columns that are not known.
type scopeItem struct {
	name    string
	schema  string
	columns []scopeColumn
	rel     *relation
	open    bool
	// scalar tells a function's plain value: the item's name means it.
	scalar bool
}

// scope is what names mean at a place of a query.
type scope struct {
	outer   *scope
	items   []*scopeItem
	columns []scopeColumn // those that a plain name finds, in the order of *
	ctes    map[string]*scopeItem
}

// relationScope is the scope of a table's own expressions.
func relationScope(rel *relation) *scope {
	item := &scopeItem{name: rel.name, schema: rel.schema.name, columns: relationColumns(rel), rel: rel}
	return &scope{items: []*scopeItem{item}, columns: item.columns}
}

func relationColumns(rel *relation) []scopeColumn {
	out := make([]scopeColumn, len(rel.columns))
	for i, c := range rel.columns {
		out[i] = scopeColumn{name: c.name, typ: c.typ, col: c}
	}
	return out
}

func (a *analysis) problem(err error) {
	if list, ok := err.(source.List); ok && !a.lenient {
		a.problems = append(a.problems, list...)
	}
}

func (a *analysis) refer(node any, obj object) {
	a.refs = append(a.refs, reference{node: node, obj: obj})
}

// expr walks one expression.
func (a *analysis) expr(n *pg_query.Node, sc *scope) typeRef {
	switch x := n.GetNode().(type) {
	case nil:
		return typeRef{}
	case *pg_query.Node_ColumnRef:
		return a.columnRef(x.ColumnRef, sc)
	case *pg_query.Node_AConst:
		return a.constant(x.AConst)
	case *pg_query.Node_TypeCast:
		return a.cast(x.TypeCast, sc)
	case *pg_query.Node_FuncCall:
		return a.call(x.FuncCall, sc)
	case *pg_query.Node_AExpr:
		return a.operator(x.AExpr, sc)
	case *pg_query.Node_SubLink:
		return a.subLink(x.SubLink, sc)
	case *pg_query.Node_SelectStmt:
		return firstType(a.selectStmt(x.SelectStmt, sc))
	case *pg_query.Node_CaseExpr:
		return a.caseExpr(x.CaseExpr, sc)
	case *pg_query.Node_CoalesceExpr:
		return a.commonType(a.exprs(x.CoalesceExpr.Args, sc))
	case *pg_query.Node_MinMaxExpr:
		return a.commonType(a.exprs(x.MinMaxExpr.Args, sc))
	case *pg_query.Node_AArrayExpr:
		element := a.commonType(a.exprs(x.AArrayExpr.Elements, sc))
		return arrayOf(element)
	case *pg_query.Node_AIndirection:
		return a.indirection(x.AIndirection, sc)
	case *pg_query.Node_CollateClause:
		return a.expr(x.CollateClause.Arg, sc)
	case *pg_query.Node_SqlvalueFunction:
		return a.valueFunction(x.SqlvalueFunction)
	}
	a.children(n, sc)
	return a.plainResult(n)
}

// plainResult is the type of the constructs that always have the same.
func (a *analysis) plainResult(n *pg_query.Node) typeRef {
	switch n.GetNode().(type) {
	case *pg_query.Node_BoolExpr, *pg_query.Node_NullTest, *pg_query.Node_BooleanTest, *pg_query.Node_JsonIsPredicate:
		return a.builtin("bool")
	case *pg_query.Node_RowExpr:
		return a.builtin("record")
	case *pg_query.Node_XmlExpr:
		return a.builtin("xml")
	case *pg_query.Node_GroupingFunc:
		return a.builtin("int4")
	}
	return typeRef{}
}

func (a *analysis) exprs(nodes []*pg_query.Node, sc *scope) []typeRef {
	out := make([]typeRef, len(nodes))
	for i, n := range nodes {
		out[i] = a.expr(n, sc)
	}
	return out
}

// children walks whatever nodes a node holds.
func (a *analysis) children(n *pg_query.Node, sc *scope) {
	m := n.ProtoReflect()
	if field := m.WhichOneof(m.Descriptor().Oneofs().Get(0)); field != nil {
		a.messages(m.Get(field).Message(), sc)
	}
}

func (a *analysis) messages(m protoreflect.Message, sc *scope) {
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		if f.Message() == nil {
			return true
		}
		if !f.IsList() {
			a.message(v.Message(), sc)
			return true
		}
		for i := range v.List().Len() {
			a.message(v.List().Get(i).Message(), sc)
		}
		return true
	})
}

func (a *analysis) message(m protoreflect.Message, sc *scope) {
	switch x := m.Interface().(type) {
	case *pg_query.Node:
		a.expr(x, sc)
	case *pg_query.TypeName:
		a.typeName(x)
	case *pg_query.SelectStmt:
		a.selectStmt(x, sc)
	default:
		a.messages(m, sc)
	}
}

// typeName resolves a type and notes its use.
func (a *analysis) typeName(n *pg_query.TypeName) typeRef {
	ref, err := a.r.resolveType(a.st, n)
	if err != nil {
		a.problem(err)
		return typeRef{}
	}
	a.refer(n, ref.typ)
	return ref
}

func (a *analysis) cast(x *pg_query.TypeCast, sc *scope) typeRef {
	ref := a.typeName(x.TypeName)
	if c := x.Arg.GetAConst(); c != nil && ref.typ != nil && ref.typ.name == "regclass" {
		a.regclass(c)
		return ref
	}
	a.expr(x.Arg, sc)
	a.literal(x.Arg, ref)
	return ref
}

// regclass is a constant that names a relation.
func (a *analysis) regclass(c *pg_query.A_Const) {
	name := c.GetSval().GetSval()
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		return
	}
	parts := parseName(name)
	schemaName, plain := splitName(parts)
	rel := a.r.findRelation(schemaName, plain)
	if rel == nil {
		a.problem(a.r.noRelation(a.st.at(c.Location), schemaName, plain))
		return
	}
	a.refer(c, rel)
}

// parseName takes the text of a qualified name apart, with its quotes.
func parseName(text string) []string {
	var parts []string
	for pos := skipSpace(text, 0); pos < len(text); {
		end := tokenEnd(text, pos)
		if part := identifier(text[pos:end]); part != "" {
			parts = append(parts, part)
		}
		pos = skipSpace(text, end)
	}
	return parts
}

func (a *analysis) constant(c *pg_query.A_Const) typeRef {
	switch v := c.Val.(type) {
	case *pg_query.A_Const_Ival:
		return a.builtin("int4")
	case *pg_query.A_Const_Fval:
		return a.builtin(numberType(v.Fval.Fval))
	case *pg_query.A_Const_Boolval:
		return a.builtin("bool")
	case *pg_query.A_Const_Bsval:
		return a.builtin("bit")
	}
	return a.builtin("unknown")
}

// numberType is the type of a number that is no int4.
func numberType(text string) string {
	digits := strings.TrimLeft(text, "0")
	if strings.ContainsAny(digits, ".eE") || len(digits) > 19 || len(digits) == 19 && digits > "9223372036854775807" {
		return "numeric"
	}
	return "int8"
}

func (a *analysis) builtin(name string) typeRef { return a.r.db.builtinRef(name) }

func arrayOf(t typeRef) typeRef {
	if t.typ == nil || t.array {
		return t
	}
	return typeRef{typ: t.typ, array: true, dims: 1}
}

func (a *analysis) subLink(x *pg_query.SubLink, sc *scope) typeRef {
	if a.noSubqueries != "" {
		a.problem(failf(a.st.at(x.Location), featureNotSupported, "cannot use subquery in %s", a.noSubqueries))
	}
	a.expr(x.Testexpr, sc)
	a.depth++
	defer func() { a.depth-- }()
	columns := a.selectStmt(x.Subselect.GetSelectStmt(), sc)
	switch x.SubLinkType {
	case pg_query.SubLinkType_EXPR_SUBLINK:
		return firstType(columns)
	case pg_query.SubLinkType_ARRAY_SUBLINK:
		return arrayOf(a.known(firstType(columns)))
	}
	return a.builtin("bool")
}

func firstType(columns []scopeColumn) typeRef {
	if len(columns) == 0 {
		return typeRef{}
	}
	return columns[0].typ
}

func (a *analysis) caseExpr(x *pg_query.CaseExpr, sc *scope) typeRef {
	a.expr(x.Arg, sc)
	results := []typeRef{}
	if x.Defresult != nil {
		results = append(results, a.expr(x.Defresult, sc)) // PostgreSQL, too, looks at ELSE first
	}
	for _, arg := range x.Args {
		when := arg.GetCaseWhen()
		a.expr(when.Expr, sc)
		results = append(results, a.expr(when.Result, sc))
	}
	return a.commonType(results)
}

var valueTypes = map[pg_query.SQLValueFunctionOp]string{
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_DATE:        "date",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIME:        "timetz",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIME_N:      "timetz",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP:   "timestamptz",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP_N: "timestamptz",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIME:           "time",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIME_N:         "time",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIMESTAMP:      "timestamp",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIMESTAMP_N:    "timestamp",
}

// valueFunction is CURRENT_DATE and the like; all others are names of roles and databases.
func (a *analysis) valueFunction(x *pg_query.SQLValueFunction) typeRef {
	name, ok := valueTypes[x.Op]
	if !ok {
		return a.builtin("name")
	}
	ref := a.builtin(name)
	if x.Typmod >= 0 && strings.HasSuffix(x.Op.String(), "_N") {
		ref.mods = []int32{x.Typmod}
	}
	return ref
}

// indirection is arg[i], arg[i:j] or (arg).field.
func (a *analysis) indirection(x *pg_query.A_Indirection, sc *scope) typeRef {
	t := a.expr(x.Arg, sc)
	for _, step := range x.Indirection {
		switch s := step.Node.(type) {
		case *pg_query.Node_AIndices:
			a.expr(s.AIndices.Lidx, sc)
			a.expr(s.AIndices.Uidx, sc)
			t = subscripted(t, s.AIndices.IsSlice)
		case *pg_query.Node_String_:
			t = a.field(step, s.String_.Sval, t)
		default:
			t = typeRef{}
		}
	}
	return t
}

func subscripted(t typeRef, slice bool) typeRef {
	if slice || t.typ != nil && !t.array { // jsonb and the like give their own type
		return t
	}
	return typeRef{typ: t.typ, mods: t.mods, fields: t.fields}
}

// field selects from a composite value.
func (a *analysis) field(node any, name string, t typeRef) typeRef {
	for t.typ != nil && t.typ.kind == DomainType && !t.array {
		t = t.typ.base
	}
	if t.typ == nil || t.typ.rel == nil || t.array {
		return typeRef{}
	}
	if c := t.typ.rel.column(name); c != nil {
		a.refer(node, c)
		return c.typ
	}
	return typeRef{}
}
