package main

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// writeForSqlc puts the canonical schema's equivalent of a project into a folder, with the project's queries and a config
// for Go alone.
func writeForSqlc(project, dir string) error {
	cfg, err := config.Load(project, "")
	if err != nil {
		return err
	}
	entry := cfg.SQL[0]
	var prelude []string = cfg.Shared.Prelude
	files, _, err := migration.Read(cfg.Dir, append(prelude, entry.Schema...), migration.Options{Layout: cfg.Shared.Layout})
	if err != nil {
		return err
	}
	cat, _, err := catalog.Load(files)
	if err != nil {
		return err
	}
	lists := model.ValueLists(cat, cfg.Shared.DefaultSchema)
	return sqlc.Write(dir, sqlc.Input{
		Config: cfg, SQL: entry, Catalog: cat,
		Enums: model.Lower(cfg, entry, lists), KeepPlural: model.KeepPlural(cat, cfg.Shared.DefaultSchema),
	})
}
