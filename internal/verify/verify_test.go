package verify_test

import (
	"context"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/server"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/verify"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// everything is the replay and a server of one script, which has each kind of object and each key of the document set.
func everything(t *testing.T) verify.Input {
	script, err := os.ReadFile("../catalog/catalogtest/testdata/everything.sql")
	require.NoError(t, err)
	db := pgtest.New(t)
	db.Exec(t, string(script))
	ctx := context.Background()
	session, err := server.Open(ctx, db.URL(), time.Minute)
	require.NoError(t, err)
	t.Cleanup(session.Close)
	there, err := session.Catalog(ctx)
	require.NoError(t, err)
	cat, _, err := catalog.Load([]*source.File{source.NewFile("everything.sql", string(script))})
	require.NoError(t, err)
	return verify.Input{Catalog: cat, Server: there, Printer: session}
}

func run(t *testing.T, in verify.Input) *verify.Report {
	report, err := verify.Run(context.Background(), in)
	require.NoError(t, err)
	return report
}

func TestEqualCatalogsHaveNoDifferences(t *testing.T) {
	in := everything(t)
	in.AllSchemas = true
	report := run(t, in)
	assert.Empty(t, report.Findings)
	assert.Empty(t, report.LeftOut)
	assert.Empty(t, report.NotCompared)
	assert.Greater(t, report.Compared, 10)
}

// TestEveryChangeIsSaid changes each value of the server's document in turn: each is found and said in words.
func TestEveryChangeIsSaid(t *testing.T) {
	in := everything(t)
	in.AllSchemas = true
	changes := 0
	eachLeaf(reflect.ValueOf(&in.Server).Elem(), "", func(path string) {
		changes++
		report := run(t, in)
		assert.NotEmpty(t, report.Findings, "a change of %s is not said", path)
		for _, f := range report.Findings {
			assertSaid(t, path, f)
		}
	})
	assert.Greater(t, changes, 200)
}

// TestEveryAbsenceIsSaid takes each element of each list out of the server's document in turn.
func TestEveryAbsenceIsSaid(t *testing.T) {
	in := everything(t)
	in.AllSchemas = true
	absences := 0
	eachElement(reflect.ValueOf(&in.Server).Elem(), "", func(path string) {
		absences++
		report := run(t, in)
		assert.NotEmpty(t, report.Findings, "the absence of an element of %s is not said", path)
		for _, f := range report.Findings {
			assertSaid(t, path, f)
		}
	})
	assert.Greater(t, absences, 40)
}

func assertSaid(t *testing.T, path string, f verify.Finding) {
	assert.NotContains(t, f.Message, "%!", path)
	assert.NotContains(t, f.Message, "  ", path)
	assert.True(t, strings.HasPrefix(f.Message, f.Object+" "), "%s: %s", path, f.Message)
	assert.NotEmpty(t, f.Code)
	assert.NotEmpty(t, f.Path)
	if f.Kind == verify.Different {
		ours, theirs, ok := strings.Cut(strings.TrimPrefix(f.Message, f.Object+" "), " in the migrations, but ")
		assert.True(t, ok, "%s: %s", path, f.Message)
		assert.NotEqual(t, ours, strings.TrimSuffix(theirs, " on the server"), path)
	}
	if f.Kind == verify.Missing && f.Object != "schema public" {
		assert.False(t, f.Span.IsZero(), "%s: %s has no place", path, f.Message)
	}
}

// expressions are the keys whose strings have to stay SQL when they are changed.
var expressions = []string{".default", ".expression", ".where", ".using", ".with_check", ".indexes.columns"}

func changed(path, was string) string {
	for _, key := range expressions {
		if strings.HasSuffix(path, key) {
			return "CASE WHEN random() < 2 THEN (" + was + ") END"
		}
	}
	return was + "x"
}

// eachLeaf sets each string and bool below v to something else, calls check, and sets it back.
func eachLeaf(v reflect.Value, path string, check func(string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachLeaf(v.Elem(), path, check)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachLeaf(v.Index(i), path, check)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if key := v.Type().Field(i).Tag.Get("json"); key != "definition" {
				eachLeaf(v.Field(i), path+"."+key, check)
			}
		}
	case reflect.String:
		was := v.String()
		v.SetString(changed(path, was))
		check(path)
		v.SetString(was)
	case reflect.Bool:
		v.SetBool(!v.Bool())
		check(path)
		v.SetBool(!v.Bool())
	}
}

// eachElement takes each element of each list of structs below v out, calls check, and puts it back.
func eachElement(v reflect.Value, path string, check func(string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachElement(v.Elem(), path, check)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			eachElement(v.Field(i), path+"."+v.Type().Field(i).Tag.Get("json"), check)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Struct {
			return
		}
		whole := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(whole, v)
		for i := range whole.Len() {
			v.Set(reflect.AppendSlice(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, whole.Len()), whole.Slice(0, i)), whole.Slice(i+1, whole.Len())))
			check(path)
		}
		v.Set(whole)
		for i := range v.Len() {
			eachElement(v.Index(i), path, check)
		}
	}
}
