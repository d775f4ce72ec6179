package nullability

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

func TestView(t *testing.T) {
	c, _ := loadSchema(t)
	want := []Verdict{
		never("id is NOT NULL"), perhaps("amount may be NULL"), perhaps("outer side of a left join"), perhaps("outer side of a left join"),
		perhaps("outer side of a left join"),
	}
	assert.Equal(t, want, View(c, catalog.Name{Schema: "public", Name: "booking_guest"}))
	assert.Equal(t, want, View(c, catalog.Name{Schema: "public", Name: "booking_guest"}), "what is kept")
	assert.Nil(t, View(c, catalog.Name{Schema: "public", Name: "booking"}))
	assert.Nil(t, View(c, catalog.Name{Schema: "public", Name: "none"}))
}

func TestAbsent(t *testing.T) {
	c, _ := loadSchema(t)
	for sql, want := range map[string]map[string]bool{
		"SELECT * FROM booking AS b LEFT JOIN account AS a ON a.id = b.guest_id":                          {"a": true, "b": false},
		"SELECT * FROM booking AS b LEFT JOIN account AS a ON a.id = b.account_id":                        {"a": false, "b": false},
		"SELECT * FROM booking AS b LEFT JOIN account AS a ON a.id = b.guest_id WHERE a.age > 0":          {"a": false, "b": false},
		"SELECT * FROM booking AS b RIGHT JOIN account AS a ON a.id = b.guest_id":                         {"a": false, "b": true},
		"SELECT * FROM booking AS b FULL JOIN account AS a ON a.id = b.guest_id":                          {"a": true, "b": true},
		"SELECT * FROM booking AS b, account AS a":                                                        {"a": false, "b": false},
		"UPDATE booking AS b SET seats = 1 FROM node AS n LEFT JOIN account AS a ON a.id = n.id":          {"a": true, "n": false},
		"SELECT * FROM booking AS b LEFT JOIN (account AS a JOIN node AS n ON true) ON a.id = b.guest_id": {"a": true, "n": true, "b": false},
	} {
		q := analyse(t, c, sql)
		found := map[*catalog.Source]bool{}
		for _, from := range q.From {
			collect(from, found)
		}
		for s := range found {
			assert.Equal(t, want[s.Alias], Of(c, q).Absent(s), "%s in %s", s.Alias, sql)
		}
	}
}

func TestValue(t *testing.T) {
	c, _ := loadSchema(t)
	q := analyse(t, c, "SELECT json_agg(a.name) FILTER (WHERE a.id IS NOT NULL) AS l FROM booking AS b LEFT JOIN account AS a ON a.id = b.guest_id")
	call, ok := q.Columns[0].Value.(*catalog.FunctionCall)
	require.True(t, ok)
	assert.True(t, Of(c, q).Value(call).Nullable)
	assert.Equal(t, never("name is NOT NULL"), Of(c, q).Value(call.Args[0], call.Filter))
	q = analyse(t, c, "SELECT a.name FROM booking AS b LEFT JOIN account AS a ON a.id = b.guest_id")
	assert.Equal(t, perhaps("outer side of a left join"), Of(c, q).Value(q.Columns[0].Value))
}

func TestElements(t *testing.T) {
	c, _ := loadSchema(t)
	for sql, want := range map[string]bool{
		"SELECT array_agg(id) FROM account":                                         false,
		"SELECT array_agg(age) FROM account":                                        true,
		"SELECT array_agg(age) FROM account WHERE age > 1":                          false,
		"SELECT array_agg(age) FILTER (WHERE age > 1) FROM account":                 false,
		"SELECT coalesce(array_agg(id), '{}') FROM account":                         false,
		"SELECT tags FROM account":                                                  true,
		"SELECT ARRAY[1, 2]":                                                        false,
		"SELECT ARRAY[1, NULL]":                                                     true,
		"SELECT '{1,null}'::int[]":                                                  true,
		"SELECT ARRAY(SELECT id FROM account)":                                      false,
		"SELECT ARRAY(SELECT age FROM account)":                                     true,
		"SELECT string_to_array(name, ',') FROM account":                            false,
		"SELECT string_to_array(name, ',', 'x') FROM account":                       true,
		"SELECT array_agg(id) || array_agg(age) FROM account":                       true,
		"SELECT array_append(array_agg(id), 5)::bigint[] FROM account":              false,
		"SELECT array_agg(g.id) FROM node LEFT JOIN account AS g ON g.id = node.id": true,
	} {
		q := analyse(t, c, sql)
		assert.Equal(t, want, Of(c, q).Elements(q.Columns[0].Value).Nullable, sql)
	}
}

func TestParams(t *testing.T) {
	c, _ := loadSchema(t)
	for sql, want := range map[string][]Verdict{
		"SELECT 1 FROM account WHERE id = $1":                                                                  {never("= of NULL is NULL")},
		"SELECT 1 FROM account WHERE age = $1 OR $1 IS NULL":                                                   {perhaps("it is tested for NULL")},
		"SELECT 1 FROM account WHERE age IS DISTINCT FROM $1":                                                  {perhaps("it is compared by IS DISTINCT FROM")},
		"SELECT 1 FROM account WHERE age = $1 AND coalesce($1, 1) > 0":                                         {never("NULL would find no row")},
		"SELECT 1 FROM account LIMIT $1":                                                                       {never("a number of rows")},
		"UPDATE account SET age = $1, name = $2 WHERE id = $3":                                                 {perhaps("age may be NULL"), never("name is NOT NULL"), never("= of NULL is NULL")},
		"UPDATE account SET mail = $1":                                                                         {never("mail is NOT NULL")},
		"UPDATE account SET age = CASE WHEN id = 1 THEN $1 ELSE 0 END":                                         {perhaps("age may be NULL")},
		"UPDATE account SET age = $1 WHERE age = $1":                                                           {never("NULL would find no row")},
		"INSERT INTO node (id, label) VALUES ($1, $2)":                                                         {never("id is NOT NULL"), perhaps("label may be NULL")},
		"INSERT INTO node (id, label) SELECT $1, $2":                                                           {never("id is NOT NULL"), perhaps("label may be NULL")},
		"INSERT INTO node (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET label = $1":                           {perhaps("label may be NULL")},
		"WITH c AS (UPDATE node SET label = $1 RETURNING id) SELECT id FROM c":                                 {perhaps("label may be NULL")},
		"SELECT concat($1::text, 'x')":                                                                         {perhaps("concat takes NULL")},
		"SELECT maybe($1)":                                                                                     {never(noMeaning)},
		"SELECT $1::integer + 1":                                                                               {never("+ of NULL is NULL")},
		"SELECT 1 FROM account WHERE id = ANY ($1::integer[])":                                                 {never("= of NULL is NULL")},
		"SELECT 1 FROM account WHERE id IN (SELECT n.id FROM node AS n WHERE n.label IS NOT DISTINCT FROM $1)": {perhaps("it is compared by IS DISTINCT FROM")},
	} {
		q := analyse(t, c, sql)
		assert.Equal(t, want, Of(c, q).Params(), sql)
	}
}
