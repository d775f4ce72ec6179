package catalog

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// parsed parses one expression in a file that has text before and after it.
func parsed(t testing.TB, sql string) (exprPlace, *pg_query.Node) {
	t.Helper()
	result, err := pg_query.Parse("SELECT " + sql)
	require.NoError(t, err, sql)
	file := source.NewFile("f.sql", "-- é\nSELECT "+sql+" ; SELECT 1")
	n := result.Stmts[0].Stmt.GetSelectStmt().TargetList[0].GetResTarget().Val
	return exprPlace{file: file, offset: len("-- é\n")}, n
}

// sketch writes a tree as its types and plain fields, without places.
func sketch(e Expr) string {
	var b strings.Builder
	writeSketch(&b, reflect.ValueOf(e))
	return b.String()
}

func writeSketch(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			b.WriteString("_")
			return
		}
		writeSketch(b, v.Elem())
	case reflect.Slice:
		b.WriteString("[")
		for i := range v.Len() {
			if i > 0 {
				b.WriteString(" ")
			}
			writeSketch(b, v.Index(i))
		}
		b.WriteString("]")
	case reflect.Struct:
		if t, ok := v.Interface().(Type); ok {
			fmt.Fprintf(b, "%s%s", t.Name.Name, strings.Repeat("[]", t.Dims))
			return
		}
		fmt.Fprintf(b, "%s{", v.Type().Name())
		sep := ""
		for i := range v.NumField() {
			if v.Type().Field(i).Name == "Place" || v.Field(i).IsZero() {
				continue
			}
			fmt.Fprintf(b, "%s%s:", sep, v.Type().Field(i).Name)
			writeSketch(b, v.Field(i))
			sep = " "
		}
		b.WriteString("}")
	default:
		fmt.Fprintf(b, "%v", v.Interface())
	}
}

var conversions = []struct{ sql, want string }{
	{`status`, `ColumnRef{Name:status}`},
	{`"S".t . "Col"`, `ColumnRef{Qualifier:[S t] Name:Col}`},
	{`t.*`, `Opaque{SQL:t.*}`},
	{`-1`, `Literal{Value:-1}`},
	{`3000000000`, `Literal{Value:3000000000}`},
	{`99999999999999999999`, `Literal{Kind:1 Value:99999999999999999999}`},
	{`- 1.5e+3`, `Literal{Kind:1 Value:-1.5e+3}`},
	{`E'it\'s'`, `Literal{Kind:2 Value:it's}`},
	{`$q$it's$q$`, `Literal{Kind:2 Value:it's}`},
	{`TRUE`, `Literal{Kind:3 Value:true}`},
	{`false`, `Literal{Kind:3 Value:false}`},
	{`NULL`, `Literal{Kind:4}`},
	{`b'01'`, `Literal{Kind:5 Value:b01}`},
	{`CAST (a AS varchar(20)[])`, `Cast{Arg:ColumnRef{Name:a} Type:varchar[]}`},
	{`date '2020-01-01'`, `Cast{Arg:Literal{Kind:2 Value:2020-01-01} Type:date}`},
	{`a::timestamp(3) with time zone`, `Cast{Arg:ColumnRef{Name:a} Type:timestamptz}`},
	{`(a + b) * 2`, `Op{Name:* Left:Op{Name:+ Left:ColumnRef{Name:a} Right:ColumnRef{Name:b}} Right:Literal{Value:2}}`},
	{`- a`, `Op{Name:- Right:ColumnRef{Name:a}}`},
	{`a OPERATOR(pg_catalog.+) b`, `Op{Schema:pg_catalog Name:+ Left:ColumnRef{Name:a} Right:ColumnRef{Name:b}}`},
	{`a = ANY (ARRAY['x', 'y'])`, `Quantified{Op:= Left:ColumnRef{Name:a} Right:Array{Elements:[Literal{Kind:2 Value:x} Literal{Kind:2 Value:y}]}}`},
	{`a < ALL (b)`, `Quantified{Op:< All:true Left:ColumnRef{Name:a} Right:ColumnRef{Name:b}}`},
	{`a IN (1, 2)`, `In{Left:ColumnRef{Name:a} List:[Literal{Value:1} Literal{Value:2}]}`},
	{`a NOT IN (1)`, `In{Not:true Left:ColumnRef{Name:a} List:[Literal{Value:1}]}`},
	{`a BETWEEN 1 AND 2`, `Between{Arg:ColumnRef{Name:a} Low:Literal{Value:1} High:Literal{Value:2}}`},
	{`a NOT BETWEEN SYMMETRIC 1 AND 2`, `Between{Not:true Symmetric:true Arg:ColumnRef{Name:a} Low:Literal{Value:1} High:Literal{Value:2}}`},
	{`a NOT LIKE 'x' ESCAPE '#'`, `Like{Kind:like Not:true Arg:ColumnRef{Name:a} Pattern:Literal{Kind:2 Value:x} Escape:Literal{Kind:2 Value:#}}`},
	{`a ILIKE 'x'`, `Like{Kind:ilike Arg:ColumnRef{Name:a} Pattern:Literal{Kind:2 Value:x}}`},
	{`a SIMILAR TO 'x'`, `Like{Kind:similar Arg:ColumnRef{Name:a} Pattern:Literal{Kind:2 Value:x}}`},
	{`NOT a AND (b OR c)`, `Bool{Op:and Args:[Bool{Op:not Args:[ColumnRef{Name:a}]} Bool{Op:or Args:[ColumnRef{Name:b} ColumnRef{Name:c}]}]}`},
	{`a IS NOT NULL`, `NullTest{Arg:ColumnRef{Name:a} Not:true}`},
	{`a ISNULL`, `NullTest{Arg:ColumnRef{Name:a}}`},
	{`a IS NOT UNKNOWN`, `BoolTest{Arg:ColumnRef{Name:a} Value:unknown Not:true}`},
	{`a IS FALSE`, `BoolTest{Arg:ColumnRef{Name:a} Value:false}`},
	{`a IS DISTINCT FROM b`, `Distinct{Left:ColumnRef{Name:a} Right:ColumnRef{Name:b}}`},
	{`a IS NOT DISTINCT FROM b`, `Distinct{Not:true Left:ColumnRef{Name:a} Right:ColumnRef{Name:b}}`},
	{`auth.uid()`, `Call{Schema:auth Name:uid}`},
	{`f(VARIADIC a)`, `Call{Name:f Args:[ColumnRef{Name:a}] Variadic:true}`},
	{`count(DISTINCT a) FILTER (WHERE b)`, `Call{Name:count Args:[ColumnRef{Name:a}] Distinct:true Filter:ColumnRef{Name:b}}`},
	{`count(*) OVER (PARTITION BY a)`, `Call{Name:count Star:true Window:true}`},
	{`extract(year FROM a)`, `Call{Name:extract Args:[Literal{Kind:2 Value:year} ColumnRef{Name:a}]}`},
	{`trim(both FROM a)`, `Call{Name:btrim Args:[ColumnRef{Name:a}]}`},
	{`position('x' IN a)`, `Call{Name:position Args:[ColumnRef{Name:a} Literal{Kind:2 Value:x}]}`},
	{`a AT TIME ZONE 'utc'`, `Call{Name:timezone Args:[Literal{Kind:2 Value:utc} ColumnRef{Name:a}]}`},
	{`CURRENT_TIMESTAMP`, `Call{Name:current_timestamp}`},
	{`LocalTime (3)`, `Call{Name:localtime Args:[Literal{Value:3}]}`},
	{`CASE a WHEN 1 THEN 'x' ELSE 'y' END`, `Case{Arg:ColumnRef{Name:a} Whens:[When{Cond:Literal{Value:1} Result:Literal{Kind:2 Value:x}}] Else:Literal{Kind:2 Value:y}}`},
	{`CASE WHEN a THEN 1 END`, `Case{Whens:[When{Cond:ColumnRef{Name:a} Result:Literal{Value:1}}]}`},
	{`COALESCE(a, NULLIF(b, ''))`, `Coalesce{Args:[ColumnRef{Name:a} NullIf{Left:ColumnRef{Name:b} Right:Literal{Kind:2}}]}`},
	{`GREATEST(a, 1)`, `MinMax{Greatest:true Args:[ColumnRef{Name:a} Literal{Value:1}]}`},
	{`LEAST(a)`, `MinMax{Args:[ColumnRef{Name:a}]}`},
	{`ARRAY[]`, `Array{}`},
	{`ROW()`, `Row{}`},
	{`(a, b)`, `Row{Fields:[ColumnRef{Name:a} ColumnRef{Name:b}]}`},
	{`a[1][2:3]`, `Subscript{Arg:Subscript{Arg:ColumnRef{Name:a} Low:Literal{Value:1}} Low:Literal{Value:2} High:Literal{Value:3} Slice:true}`},
	{`(a).b.c`, `FieldSelect{Arg:FieldSelect{Arg:ColumnRef{Name:a} Field:b} Field:c}`},
	{`a COLLATE pg_catalog."C"`, `Collate{Arg:ColumnRef{Name:a} Name:pg_catalog.C}`},
	{`(a AT TIME ZONE 'utc')::date`, `Cast{Arg:Call{Name:timezone Args:[Literal{Kind:2 Value:utc} ColumnRef{Name:a}]} Type:date}`},
	{`(a AT TIME ZONE 'utc') AT TIME ZONE 'x'`, `Call{Name:timezone Args:[Literal{Kind:2 Value:x} Call{Name:timezone Args:[Literal{Kind:2 Value:utc} ColumnRef{Name:a}]}]}`},
	{`(a IS NOT NULL)::int + (b IN (-1))::int`, `Op{Name:+ Left:Cast{Arg:NullTest{Arg:ColumnRef{Name:a} Not:true} Type:int4} Right:Cast{Arg:In{Left:ColumnRef{Name:b} List:[Literal{Value:-1}]} Type:int4}}`},
	{`(-1)::text`, `Cast{Arg:Literal{Value:-1} Type:text}`},
	{`(NOT a) IS NULL`, `NullTest{Arg:Bool{Op:not Args:[ColumnRef{Name:a}]}}`},
	{`EXISTS (SELECT 1 FROM t WHERE (x = ')'))`, `Opaque{SQL:EXISTS (SELECT 1 FROM t WHERE x = ')')}`},
	{`a IN (SELECT b FROM t)`, `Opaque{SQL:a IN (SELECT b FROM t)}`},
	{`xmlelement(name a)`, `Opaque{SQL:xmlelement(name a)}`},
	{`NOT (a IS NULL)`, `Bool{Op:not Args:[NullTest{Arg:ColumnRef{Name:a}}]}`},
	{`b > 0 OR ((a)) /* ) */ IS NULL`, `Bool{Op:or Args:[Op{Name:> Left:ColumnRef{Name:b} Right:Literal{Value:0}} NullTest{Arg:ColumnRef{Name:a}}]}`},
}

// TestConvert: each form has its node, and the place of the whole is the whole text.
func TestConvert(t *testing.T) {
	for _, tc := range conversions {
		place, n := parsed(t, tc.sql)
		e := convertExpr(place, n)
		assert.Equal(t, tc.want, sketch(e), tc.sql)
		assert.Equal(t, tc.sql, e.Span().Text(), "the span of %s", sketch(e))
		checkSpans(t, e)
	}
}

// TestExpressionIsCanonical: writing out, parsing and writing out again gives the same, and the same tree.
func TestExpressionIsCanonical(t *testing.T) {
	for _, tc := range conversions {
		place, n := parsed(t, tc.sql)
		e := newExpression(place, n, 0, 0)
		require.NotEmpty(t, e.SQL, tc.sql)
		placeAgain, again := parsed(t, e.SQL)
		assert.Equal(t, e.SQL, canonicalSQL(again), tc.sql)
		assert.Equal(t, sketch(e.Tree), sketch(convertExpr(placeAgain, again)), tc.sql)
	}
}

// TestDomainValue: only the bare name is a domain's VALUE, and only in a domain.
func TestDomainValue(t *testing.T) {
	place, n := parsed(t, `value + t.value`)
	assert.Equal(t, `Op{Name:+ Left:ColumnRef{Name:VALUE} Right:ColumnRef{Qualifier:[t] Name:value}}`,
		sketch(newDomainExpression(place, n, 0, 0).Tree))
	assert.Equal(t, `Op{Name:+ Left:ColumnRef{Name:value} Right:ColumnRef{Qualifier:[t] Name:value}}`,
		sketch(newExpression(place, n, 0, 0).Tree))
}

func TestGivenPlaceIsKept(t *testing.T) {
	place, n := parsed(t, "a + 1")
	assert.Equal(t, source.Span{File: place.file, Start: 6, End: 20}, newExpression(place, n, 6, 20).Span)
	assert.Equal(t, "a + 1", newExpression(place, n, 6, 6).Span.Text())
	assert.True(t, newExpression(exprPlace{}, n, 0, 0).Span.IsZero())
}

// FuzzConvert: whatever parses converts, with every place inside the file and inside its parent's.
func FuzzConvert(f *testing.F) {
	for _, tc := range conversions {
		f.Add(tc.sql, 0)
	}
	f.Add("a::int[", 7)
	f.Fuzz(func(t *testing.T, sql string, offset int) {
		if !utf8.ValidString(sql) {
			t.Skip("files are valid UTF-8")
		}
		result, err := pg_query.Parse("SELECT " + sql)
		if err != nil {
			t.Skip()
		}
		file := source.NewFile("f.sql", "SELECT "+sql)
		for _, target := range result.Stmts[0].Stmt.GetSelectStmt().GetTargetList() {
			checkPlaces(t, file, convertExpr(exprPlace{file: file, offset: offset}, target.GetResTarget().GetVal()))
		}
	})
}

func checkPlaces(t *testing.T, file *source.File, e Expr) {
	if span := e.Span(); !span.IsZero() && (span.Start < 0 || span.End < span.Start || span.End > len(file.Text)) {
		t.Fatalf("%s: %d to %d of %d bytes", sketch(e), span.Start, span.End, len(file.Text))
	}
	for _, child := range children(e) {
		checkPlaces(t, file, child)
	}
}

// children lists the expressions directly below one.
func children(e Expr) []Expr {
	var out []Expr
	v := reflect.ValueOf(e).Elem()
	for i := range v.NumField() {
		switch x := v.Field(i).Interface().(type) {
		case []Expr:
			out = append(out, x...)
		case []When:
			for _, w := range x {
				out = append(out, w.Cond, w.Result)
			}
		case Expr:
			if v.Field(i).Kind() == reflect.Interface { // not Place, which has a span too
				out = append(out, x)
			}
		}
	}
	return out
}

// checkSpans: what each node of a tree covers is, on its own, the text of that node. The steps of a chain of subscripts
// and fields share the chain's place, and the field of EXTRACT is a keyword where it stands.
func checkSpans(t *testing.T, e Expr) {
	call, _ := e.(*Call)
	for i, child := range children(e) {
		if child.Span() != e.Span() && (call == nil || call.Name != "extract" || i > 0) {
			checkSpans(t, child)
		}
	}
	text := e.Span().Text()
	result, err := pg_query.Parse("SELECT " + text)
	if !assert.NoError(t, err, "the span of %s is %q", sketch(e), text) {
		return
	}
	targets := result.Stmts[0].Stmt.GetSelectStmt().GetTargetList()
	if assert.Len(t, targets, 1, text) {
		again := convertExpr(exprPlace{}, targets[0].GetResTarget().GetVal())
		assert.Equal(t, sketch(e), sketch(again), text)
	}
}

// TestSpansStandForTheirNodes checks every node in the expressions of the scripts that the server is compared on.
func TestSpansStandForTheirNodes(t *testing.T) {
	families, err := filepath.Glob("catalogtest/testdata/statements/*.txtar")
	require.NoError(t, err)
	n := 0
	for _, path := range families {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, script := range txtar.Parse(content).Files {
			result, err := pg_query.Parse(string(script.Data))
			if err != nil {
				continue // some scripts are there for their syntax errors
			}
			place := exprPlace{file: source.NewFile(script.Name, string(script.Data))}
			eachExpression(result.ProtoReflect(), func(e *pg_query.Node) {
				n++
				assert.True(t, sameExpression(canonicalSQL(e), e), canonicalSQL(e))
				checkSpans(t, convertExpr(place, e))
			})
		}
	}
	assert.Greater(t, n, 200)
}

// eachExpression finds the expressions that constraints, policies and partial indexes hold.
func eachExpression(m protoreflect.Message, found func(*pg_query.Node)) {
	switch x := m.Interface().(type) {
	case *pg_query.Constraint:
		if x.RawExpr != nil {
			found(x.RawExpr)
		}
		return
	case *pg_query.CreatePolicyStmt:
		for _, e := range []*pg_query.Node{x.Qual, x.WithCheck} {
			if e != nil {
				found(e)
			}
		}
		return
	case *pg_query.IndexStmt:
		if x.WhereClause != nil {
			found(x.WhereClause)
		}
	}
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		if f.Message() == nil {
			return true
		}
		if !f.IsList() {
			eachExpression(v.Message(), found)
			return true
		}
		for i := range v.List().Len() {
			eachExpression(v.List().Get(i).Message(), found)
		}
		return true
	})
}
