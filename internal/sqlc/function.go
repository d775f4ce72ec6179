package sqlc

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// function declares a function's signature with an empty body. OR REPLACE, since sqlc does not tell f(int) from
// f(int[]) and refuses a second one. An aggregate is declared as a function: sqlc knows it only so.
func (w *schemaWriter) function(f catalog.Function) {
	kind := "FUNCTION"
	if f.Kind == "procedure" {
		kind = "PROCEDURE"
	}
	var args, table []string
	implied := false // by arguments, of one row at most: sqlc knows its columns only if RETURNS is left out
	for _, a := range f.Args {
		implied = implied || !f.SetOf && (a.Mode == "out" || a.Mode == "inout")
		if a.Mode == "table" {
			table = append(table, w.argument(a, ""))
			continue
		}
		args = append(args, w.argument(a, argModes[a.Mode]))
	}
	w.WriteString("CREATE OR REPLACE " + kind + " " + qualified(f.Name) + " (" + lines(args) + ")")
	switch {
	case len(table) > 0:
		w.WriteString(" RETURNS TABLE (" + lines(table) + ")")
	case f.Returns.Name.Name != "" && !implied:
		w.WriteString(" RETURNS ")
		if f.SetOf {
			w.WriteString("SETOF ")
		}
		w.WriteString(w.typeOf(f.Returns))
	}
	w.statement(" LANGUAGE plpgsql AS 'BEGIN END'")
}

var argModes = map[string]string{"out": "OUT ", "inout": "INOUT ", "variadic": "VARIADIC "}

func (w *schemaWriter) argument(a catalog.Argument, mode string) string {
	text := mode
	if a.Name != "" {
		text += ident(a.Name) + " "
	}
	text += w.typeOf(a.Type)
	if a.HasDefault {
		text += " DEFAULT NULL"
	}
	return text
}

func lines(items []string) string {
	if len(items) == 0 {
		return ""
	}
	return "\n  " + strings.Join(items, ",\n  ") + "\n"
}
