package catalogtest_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/catalog/catalogtest"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// FuzzLoad: whatever the text, the replay ends without a panic, every place it names is in the file, and what it made
// prints as JSON.
func FuzzLoad(f *testing.F) {
	families, err := filepath.Glob("testdata/statements/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range families {
		content, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, script := range txtar.Parse(content).Files {
			f.Add(string(script.Data))
		}
	}
	for seed := range uint64(50) {
		f.Add(catalogtest.Script(catalogtest.Sequence(seed)))
	}
	f.Add("\ufeffCREATE TABLE é (a int);\r\nCREATE TABLE é (a int -- ")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("files are valid UTF-8")
		}
		file := source.NewFile("f.sql", text)
		cat, notes, err := catalog.Load([]*source.File{file})
		var list source.List
		if err != nil && !errors.As(err, &list) {
			t.Fatalf("an error that is no list: %v", err)
		}
		for _, d := range append(list, notes...) {
			inRange(t, file, reflect.ValueOf(d))
			if d.Code == "" || d.Message == "" {
				t.Fatalf("a diagnostic without code or message: %+v", d)
			}
		}
		if cat == nil {
			return
		}
		inRange(t, file, reflect.ValueOf(*cat))
		if _, err := cat.JSON(); err != nil {
			t.Fatal(err)
		}
	})
}

// inRange checks every span that a value holds.
func inRange(t *testing.T, file *source.File, v reflect.Value) {
	if span, ok := v.Interface().(source.Span); ok {
		if !span.IsZero() && (span.Start < 0 || span.End < span.Start || span.End > len(file.Text)) {
			t.Fatalf("%d to %d of %d bytes", span.Start, span.End, len(file.Text))
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			inRange(t, file, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			inRange(t, file, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				inRange(t, file, v.Field(i))
			}
		}
	}
}
