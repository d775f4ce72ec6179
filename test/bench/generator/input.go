package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
	"github.com/trefoil-sql/trefoil/test/bench/project"
)

// schemaOf are the files of a project's schema, in order.
func schemaOf(at string) ([]*source.File, error) {
	cfg, err := config.Load(at, "")
	if err != nil {
		return nil, err
	}
	files, _, err := migration.Read(cfg.Dir, slices.Concat(cfg.Shared.Prelude, cfg.SQL[0].Schema), migration.Options{})
	return files, err
}

// counts notes how large a project is.
func counts(at string, r *row) error {
	files, err := schemaOf(at)
	if err != nil {
		return err
	}
	for _, f := range files {
		r.ddl += len(f.Text)
	}
	cat, _, err := catalog.Load(files)
	if err != nil {
		return err
	}
	r.tables = len(cat.Relations)
	paths, err := filepath.Glob(filepath.Join(at, "queries", "*.sql"))
	if err != nil {
		return err
	}
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		r.queries += strings.Count(string(text), "-- name: ")
	}
	return nil
}

// writeForSqlc puts the canonical schema's equivalent of a project into a folder, with the project's queries and a config
// for Go alone.
func writeForSqlc(at, dir string) error {
	cfg, err := config.Load(at, "")
	if err != nil {
		return err
	}
	files, err := schemaOf(at)
	if err != nil {
		return err
	}
	cat, _, err := catalog.Load(files)
	if err != nil {
		return err
	}
	entry := cfg.SQL[0]
	return sqlc.Write(dir, sqlc.Input{
		Config: cfg, SQL: entry, Catalog: cat,
		Enums:      model.Lower(cfg, entry, model.ValueLists(cat, cfg.Shared.DefaultSchema)),
		KeepPlural: model.KeepPlural(cat, cfg.Shared.DefaultSchema),
	})
}

// largestCorpus copies the corpus with the most DDL that can be read as it is, makes a project of it, without queries,
// and tells its name; "" if there are none.
func largestCorpus(corpora, to string) (string, error) {
	entries, err := os.ReadDir(corpora)
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	best, most := "", 0
	for _, e := range entries {
		if n := readable(filepath.Join(corpora, e.Name())); n > most {
			best, most = e.Name(), n
		}
	}
	if best == "" {
		return "", err
	}
	from := filepath.Join(corpora, best)
	if err := os.CopyFS(filepath.Join(to, "migrations"), os.DirFS(filepath.Join(from, "migrations"))); err != nil {
		return "", err
	}
	text := strings.Replace(project.Config, project.QueriesLine, "", 1)
	if prelude, err := os.ReadFile(filepath.Join(from, "prelude.sql")); err == nil {
		text += "options:\n  trefoil:\n    prelude: [prelude.sql]\n"
		if err := os.WriteFile(filepath.Join(to, "prelude.sql"), prelude, 0o644); err != nil {
			return "", err
		}
	}
	return best, os.WriteFile(filepath.Join(to, "sqlc.yaml"), []byte(text), 0o644)
}

// readable is how many bytes of DDL a corpus has, 0 if it cannot be read as it is.
func readable(corpus string) int {
	paths := []string{"migrations"}
	if _, err := os.Stat(filepath.Join(corpus, "prelude.sql")); err == nil {
		paths = []string{"prelude.sql", "migrations"}
	}
	files, _, err := migration.Read(corpus, paths, migration.Options{})
	if err != nil {
		return 0
	}
	if _, _, err := catalog.Load(files); err != nil {
		return 0
	}
	n := 0
	for _, f := range files {
		n += len(f.Text)
	}
	return n
}
