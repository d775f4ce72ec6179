package migration

import (
	"cmp"
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Tools that find migrations by number. Of each the pattern is the tool's own.
var (
	gooseNames         = numbering{tool: "goose", name: regexp.MustCompile(`^(\d+)_.*\.sql$`)}
	golangMigrateNames = numbering{
		tool: "golang-migrate",
		name: regexp.MustCompile(`^(\d+)_.*\.up\.sql$`),
		down: regexp.MustCompile(`^\d+_.*\.down\.sql$`),
	}
	sqlxNames = numbering{
		tool: "sqlx",
		name: regexp.MustCompile(`^(\d+)_.*\.sql$`),
		down: regexp.MustCompile(`\.down\.sql$`),
	}
	dbmateNames   = numbering{tool: "dbmate", name: regexp.MustCompile(`^(\d+).*\.sql$`), asText: true}
	ternNames     = numbering{tool: "tern", name: regexp.MustCompile(`^(\d+)_.+\.sql$`), below: true}
	supabaseNames = numbering{tool: "supabase", name: regexp.MustCompile(`^(\d+)_.*\.sql$`), asText: true}
	atlasNames    = numbering{tool: "atlas", name: regexp.MustCompile(`^([^_]*).*\.sql$`), asText: true, repeats: true}
)

func fitsSQLx(r *reader, l *listing) bool {
	return sqlxNames.fits(r, l) && (r.crateUses(l, "sqlx") || r.preparedBySQLx(l))
}

func fitsTern(_ *reader, l *listing) bool {
	_, ok := l.other.find("tern.conf")
	return ok
}

func fitsSupabase(r *reader, l *listing) bool {
	return supabaseNames.fits(r, l) && filepath.Base(l.abs) == "migrations" &&
		filepath.Base(filepath.Dir(l.abs)) == "supabase"
}

// supabaseInit is a first migration that the tool skips if it is older than the day it stopped writing them.
var supabaseInit = regexp.MustCompile(`(\d{14})_init\.sql`)

const supabaseInitUntil = "20211209000000"

func supabaseSteps(r *reader, l *listing) []step {
	files := supabaseNames.files(r, l)
	if len(files) > 0 {
		if m := supabaseInit.FindStringSubmatch(files[0].name()); m != nil && m[1] < supabaseInitUntil {
			l.ignored = append(l.ignored, files[0])
			files = files[1:]
		}
	}
	return filesToSteps(files)
}

func fitsAtlas(_ *reader, l *listing) bool {
	_, ok := l.other.find("atlas.sum")
	return ok && len(l.top()) > 0
}

var atlasCheckpoint = regexp.MustCompile(`(?m)\A(?:--.*\n|\r?\n)*-- atlas:checkpoint\b`)

// atlasSteps is the files from the last checkpoint on: it holds the schema that those before it make.
func atlasSteps(r *reader, l *listing) []step {
	files := atlasNames.files(r, l)
	for i := len(files) - 1; i > 0; i-- {
		if atlasCheckpoint.MatchString(files[i].load(&r.errs)) {
			return filesToSteps(files[i:])
		}
	}
	return filesToSteps(files)
}

// sqlMigrateSteps is the directory's files with a number by number, and then those without as text.
func sqlMigrateSteps(_ *reader, l *listing) []step {
	files := l.take(func(e entry) bool { return e.dir() == "" }, nil)
	slices.SortStableFunc(files, func(a, b entry) int {
		m, n := leadingDigits(a.rel), leadingDigits(b.rel)
		if m > 0 && n > 0 {
			return cmp.Or(compareNumbers(a.rel[:m], b.rel[:n]), strings.Compare(a.rel, b.rel))
		}
		return cmp.Or(cmp.Compare(min(n, 1), min(m, 1)), strings.Compare(a.rel, b.rel))
	})
	return filesToSteps(files)
}

const drizzleJournal = "meta/_journal.json"

// fitsDrizzle: the tool's journal, its comments in a file, or a snapshot beside each migration.
func fitsDrizzle(r *reader, l *listing) bool {
	if _, ok := l.other.find(drizzleJournal); ok && len(l.top()) > 0 {
		return true
	}
	return r.annotated(l, drizzle) > 0 || drizzleDirectories(l)
}

func drizzleDirectories(l *listing) bool {
	return prisma.fits(nil, l) && slices.ContainsFunc(l.other, func(e entry) bool {
		return inChild(e) && e.name() == "snapshot.json"
	})
}

// drizzleSteps goes by the journal; without one, by name.
func drizzleSteps(r *reader, l *listing) []step {
	journal, ok := l.other.find(drizzleJournal)
	switch {
	case ok:
		return filesToSteps(r.journal(l, journal))
	case drizzleDirectories(l):
		return directories{tool: "drizzle", file: prisma.file}.steps(r, l)
	}
	return filesToSteps(l.take(func(e entry) bool { return e.dir() == "" }, nil))
}

func (r *reader) journal(l *listing, file entry) entries {
	var content struct{ Entries []struct{ Tag string } }
	if err := json.Unmarshal([]byte(file.load(&r.errs)), &content); err != nil {
		r.fail(CodeMissing, "", "%s is not drizzle's journal: %s", file.path, err)
	}
	var names []string
	for _, e := range content.Entries {
		names = append(names, e.Tag+".sql")
	}
	return r.listed(l, file, names)
}

// dumpHeader is the first comment that pg_dump and pg_dumpall write.
var dumpHeader = regexp.MustCompile(`(?m)^-- PostgreSQL database (cluster )?dump\r?$`)

// fitsDump: one file, with pg_dump's header or under the name that Rails gives to a dump.
func fitsDump(r *reader, l *listing) bool {
	if len(l.sql) != 1 {
		return false
	}
	const within = 4096
	text := l.sql[0].load(&r.errs)
	return dumpHeader.MatchString(text[:min(within, len(text))]) || l.sql[0].rel == "structure.sql"
}
