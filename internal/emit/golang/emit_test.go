package golang

import (
	"go/parser"
	"go/token"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/emit/golang/gofile"
	"github.com/trefoil-sql/trefoil/internal/model"
)

func TestEveryKindHasARow(t *testing.T) {
	for _, k := range model.Kinds {
		_, ok := families[k]
		assert.True(t, ok, "%s has no row in families", k)
	}
	assert.Len(t, families, len(model.Kinds), "families has a row for a kind that is none")
}

func TestEveryCastIsWritten(t *testing.T) {
	for pair := range constraint.Casts {
		assert.Contains(t, casts, pair)
	}
	assert.Len(t, casts, len(constraint.Casts))
}

// sqlcFiles are files as sqlc writes them, with names of the user's that the methods could meet.
var sqlcFiles = map[string][]byte{
	"models.go": []byte(`package db

type Mood string

type NullMood struct {
	Mood  Mood
	Valid bool
}

type Violation struct {
	ID int32
}

type Item struct {
	Title string
	Mood  NullMood
	Price pgtype.Numeric
	Other decimal.Decimal
}
`),
	"validate.go": []byte("package db\n\ntype Validate struct {\n\tID int32\n}\n"),
	"q.sql.go": []byte(`package db

type AddItemParams struct {
	Price pgtype.Numeric
	Extra string
	Title string
}

func (q *Queries) AddItem(ctx context.Context, arg *AddItemParams) error { return nil }

func (q *Queries) One(ctx context.Context, title string) ([]*Item, error) { return nil, nil }
`),
}

func parsed(t *testing.T, files map[string][]byte) []*gofile.File {
	t.Helper()
	list, err := gofile.ParseAll(files)
	require.NoError(t, err)
	return list
}

func itemModel() *model.Model {
	mood := &model.Enum{Name: "Mood", Origin: "enum public.mood", Values: []model.EnumValue{{Value: "so-so"}}}
	zero := constraint.Compare{Op: constraint.GE, Value: "0"}
	price := model.Field{
		Name: "Price", Column: "price", Type: model.Scalar{Kind: model.Numeric, Precision: 8, Scale: 2, HasPrecision: true},
		Rules: []model.Rule{{Constraint: "items_price_check", Test: zero}},
	}
	title := model.Field{Name: "Title", Column: "title", Type: model.Scalar{Kind: model.Varchar, Length: 5}}
	row := &model.Object{Variant: model.Row, Name: "Item", Fields: []model.Field{
		title,
		{Name: "Mood", Column: "mood", Nullable: true, Type: model.EnumRef{Enum: mood}},
		price,
		{Name: "Other", Column: "other", Type: model.Scalar{Kind: model.Numeric},
			Rules: []model.Rule{{Constraint: "items_other_check", Test: zero}}},
	}}
	params := &model.Object{Variant: model.Params, Name: "SomethingElse", Fields: []model.Field{price, title}}
	return &model.Model{
		Relations: []*model.Relation{{Row: row}},
		Queries:   []*model.Query{{Name: "AddItem", Params: params}, {Name: "One", Row: row, SharedRow: true}},
	}
}

func TestMethods(t *testing.T) {
	tree, err := Emit(itemModel(), parsed(t, sqlcFiles), Options{Package: "db"})
	require.NoError(t, err)
	for name, text := range sqlcFiles {
		assert.Equal(t, string(text), string(tree[name]), "sqlc's own files are passed on")
	}
	require.Len(t, tree, len(sqlcFiles)+2)
	code := string(tree["trefoil_validate.go"])
	for _, want := range []string{
		header + "package db\n",
		"func (v Item) Validate() error {",
		`if trefoilTooLong(v.Title, 5) {`,
		`if v.Mood.Valid {`,
		`switch v.Mood.Mood {`,
		`case "so-so":`,
		"// The rules of these fields are left to PostgreSQL, since their Go types are not sqlc's own: Other.",
		`found = append(found, trefoilBreaks("Price", "price", "items_price_check"))`,
		"as a *ValidationError.\nfunc (v AddItemParams) Validate() error {", // found by the query's method, whatever the model calls it
		"found = append(found, TrefoilViolation{",                           // a table took the name
	} {
		assert.Contains(t, code, want)
	}
	support := string(tree["violation.go"])
	assert.Contains(t, support, "type TrefoilViolation struct")
	assert.Contains(t, support, "func trefoilTooLong(")
	assert.NotContains(t, support, "trefoilJSONType", "what is not used is not copied")
	assert.NotContains(t, support, "trefoilParseDecimal")
	for name, text := range tree {
		_, err := parser.ParseFile(token.NewFileSet(), name, text, parser.AllErrors)
		assert.NoError(t, err, name)
	}
}

// TestATableMayTakeTheRuntimesName: its own method stays its own.
func TestATableMayTakeTheRuntimesName(t *testing.T) {
	row := &model.Object{Variant: model.Row, Name: "Violation", Fields: []model.Field{
		{Name: "ID", Column: "id", Type: model.Scalar{Kind: model.Int4}, Rules: []model.Rule{
			{Constraint: "violations_id_check", Test: constraint.Compare{Op: constraint.GT, Value: "0"}},
		}},
	}}
	tree, err := Emit(&model.Model{Relations: []*model.Relation{{Row: row}}}, parsed(t, sqlcFiles), Options{Package: "db"})
	require.NoError(t, err)
	assert.Contains(t, string(tree["trefoil_validate.go"]), `func (v Violation) Validate() error {
	var found []TrefoilViolation
	if v.ID <= 0 {
		found = append(found, trefoilBreaks("ID", "id", "violations_id_check"))
	}
	return trefoilInvalid("Violation", found)
}`)
}

func TestAPackageWithoutStructsIsSqlcsAlone(t *testing.T) {
	tree, err := Emit(&model.Model{}, parsed(t, sqlcFiles), Options{Package: "db"})
	require.NoError(t, err)
	assert.Len(t, tree, len(sqlcFiles))
}

func TestNamesThatMeetAreAnError(t *testing.T) {
	_, err := Emit(&model.Model{}, parsed(t, map[string][]byte{
		"models.go": []byte("package db\n\ntype Mood string\n\nconst (\n\tMood Mood = \"_\"\n)\n"),
	}), Options{Package: "db"})
	assert.EqualError(t, err, "sqlc's Go would declare Mood twice: give one of the things another name with rename: under gen: go:")
}
