package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// analysis walks an expression or a query as PostgreSQL's own parser does: it finds the objects that are used, says which
// do not exist, and gives every expression its type and value. A type that it cannot tell is the zero typeRef.
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
	// nodes are what constants were made of, and with wrapping every value.
	nodes    map[Value]*pg_query.Node
	wrapping bool
	// starred are the columns that each * was written out to, where that is wanted; stars are those that it was once.
	starred, stars map[*pg_query.ColumnRef][]*column
	// calling tells a CALL statement.
	calling bool
	// params are those of the statement; nil where there may be none.
	params *parameters
}

func (a *analysis) problem(err error) {
	if list, ok := err.(source.List); ok && !a.lenient {
		a.problems = append(a.problems, list...)
	}
}

func (a *analysis) refer(node any, obj object) {
	a.refs = append(a.refs, reference{node: node, obj: obj})
}

// came notes what a value was made of.
func (a *analysis) came(v Value, n *pg_query.Node) {
	if _, constant := v.(*Constant); !constant && !a.wrapping {
		return
	}
	if a.nodes == nil {
		a.nodes = map[Value]*pg_query.Node{}
	}
	a.nodes[v] = n
}

// moved notes that a value took another's place.
func (a *analysis) moved(from, to Value) {
	if n := a.nodes[from]; n != nil {
		a.nodes[to] = n
	}
}

// expr walks one expression.
func (a *analysis) expr(n *pg_query.Node, sc *scope) term {
	t := a.exprOf(n, sc)
	if t.v == nil && n.GetNode() != nil {
		t.v = &Construct{Typed: typed(t.typ, a.st.head())}
	}
	if t.v != nil {
		a.came(t.v, n)
	}
	return t
}

func (a *analysis) exprOf(n *pg_query.Node, sc *scope) term {
	switch x := n.GetNode().(type) {
	case nil:
		return term{}
	case *pg_query.Node_ColumnRef:
		return a.columnRef(x.ColumnRef, sc)
	case *pg_query.Node_ParamRef:
		return a.parameter(x.ParamRef)
	case *pg_query.Node_AConst:
		return a.constant(x.AConst)
	case *pg_query.Node_TypeCast:
		return a.cast(x.TypeCast, sc)
	case *pg_query.Node_FuncCall:
		return a.call(x.FuncCall, sc)
	case *pg_query.Node_AExpr:
		return a.operator(x.AExpr, sc)
	case *pg_query.Node_BoolExpr:
		return a.logic(x.BoolExpr, sc)
	case *pg_query.Node_SubLink:
		return a.subLink(x.SubLink, sc)
	case *pg_query.Node_SelectStmt:
		return a.firstColumn(a.subquery(n, sc))
	case *pg_query.Node_CaseExpr:
		return a.caseExpr(x.CaseExpr, sc)
	case *pg_query.Node_AArrayExpr:
		return a.array(x.AArrayExpr, typeRef{}, sc)
	case *pg_query.Node_AIndirection:
		return a.indirection(x.AIndirection, sc)
	case *pg_query.Node_CollateClause:
		return a.collate(x.CollateClause, sc)
	case *pg_query.Node_RowExpr:
		return a.row(x.RowExpr, sc)
	}
	return a.construct(n, sc)
}

func (a *analysis) exprs(nodes []*pg_query.Node, sc *scope) []term {
	out := make([]term, len(nodes))
	for i, n := range nodes {
		out[i] = a.expr(n, sc)
	}
	return out
}

// values are the values of terms.
func values(terms []term) []Value {
	var out []Value
	for _, t := range terms {
		out = append(out, t.v)
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
		a.subquery(&pg_query.Node{Node: &pg_query.Node_SelectStmt{SelectStmt: x}}, sc)
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

func (a *analysis) builtin(name string) typeRef { return a.r.db.builtinRef(name) }

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
	if rel.kind == indexKind {
		a.r.indexNamed = true
	}
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
