package setup

import (
	_ "embed"
	"regexp"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// preludePath is where the part of Supabase that migrations refer to is put.
const preludePath = "supabase/prelude.sql"

//go:embed supabase.sql
var supabaseText string

// platformName is a name in one of the schemas that Supabase keeps.
var platformName = regexp.MustCompile(`(?i)\b"?(auth|storage|extensions|realtime|vault)"?\s*\.\s*["\w]`)

// prelude is the path of a prelude that the schema needs, "" for none. If it is not there it is planned.
func (pl *plan) prelude() string {
	p := pl.p
	if p.Schema.Layout != "supabase" {
		return ""
	}
	if p.tree.has(preludePath) {
		return preludePath
	}
	files, _, _ := migration.Read(p.Dir, []string{p.Schema.Path}, migration.Options{})
	if !slices.ContainsFunc(files, func(f *source.File) bool { return platformName.MatchString(f.Text) }) {
		return ""
	}
	pl.files = append(pl.files, file{name: preludePath, text: supabaseText})
	pl.advise("%s has the parts of Supabase that migrations refer to most: add what yours need besides", preludePath)
	return preludePath
}
