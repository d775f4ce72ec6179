package migration

import (
	"regexp"
	"strings"
)

var (
	gooseName       = regexp.MustCompile(`^(\d+)_.*\.sql$`)
	migrateUpName   = regexp.MustCompile(`^(\d+)_.*\.up\.sql$`)
	migrateDownName = regexp.MustCompile(`^\d+_.*\.down\.sql$`)
)

// layouts is the table that docs/reading.md shows. A directory is tried for them in this order.
var layouts = []layout{
	{
		name:        "goose",
		recognised:  "files with `-- +goose Up`",
		order:       "number before the first `_`",
		counts:      "what does not follow `-- +goose Down`",
		annotations: goose,
		steps:       numbering{tool: "goose", name: gooseName, compare: compareNumbers}.steps,
	},
	{
		name:       "golang-migrate",
		recognised: "names such as `1_name.up.sql`",
		order:      "number before the first `_`",
		counts:     "`.up.sql` files",
		fits:       fitsNames(migrateUpName),
		steps: numbering{
			tool: "golang-migrate", name: migrateUpName, down: migrateDownName, compare: compareNumbers,
		}.steps,
	},
	{
		name:       "diesel",
		recognised: "a directory each with `up.sql`",
		order:      "name of the directory up to the first `_`, without dashes, as text",
		counts:     "`up.sql`",
		fits:       diesel.fits,
		steps:      diesel.steps,
	},
	{
		name:       "prisma",
		recognised: "a directory each with `migration.sql`",
		order:      "name of the directory, as text",
		counts:     "`migration.sql`",
		fits:       prisma.fits,
		steps:      prisma.steps,
	},
	{
		name:       "versions",
		recognised: "directories named as versions: `v1.0`, `v1.10`",
		order:      "version, part by part; in a directory, by its own layout",
		counts:     "as the layout of each directory says",
		fits:       fitsVersions,
		steps:      versionSteps,
	},
	{
		name:       plain,
		recognised: "anything else",
		order:      "name, with numbers by value; a directory stands where its name does",
		counts:     "everything, save `down` and `undo` files that stand beside an `up` or `do`",
		steps:      plainSteps,
	},
}

var diesel = directories{file: "up.sql", down: "down.sql", key: func(dir string) string {
	version, _, _ := strings.Cut(dir, "_")
	return strings.ReplaceAll(version, "-", "")
}}

var prisma = directories{file: "migration.sql", key: func(dir string) string { return dir }}
