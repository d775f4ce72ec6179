package generate

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Catalog replays the project's migrations and goes no further. With several sql: entries it is the catalog of the
// first whose name is the one asked for, or of the first of all for "".
func Catalog(o Options) (*catalog.Catalog, source.List, error) {
	cfg, err := config.Load(o.Dir, o.File)
	if err != nil {
		return nil, nil, err
	}
	files, err := schemaFiles(cfg, cfg.SQL[0])
	if err != nil {
		return nil, nil, err
	}
	return catalog.Load(files)
}

// schemaFiles reads the prelude, then the entry's migrations, in the order they apply in.
func schemaFiles(cfg *config.Config, entry config.SQL) ([]*source.File, error) {
	var files []*source.File
	if len(cfg.Shared.Prelude) > 0 {
		prelude, _, err := migration.Read(cfg.Dir, cfg.Shared.Prelude, migration.Options{})
		if err != nil {
			return nil, err
		}
		files = append(files, prelude...)
	}
	migrations, _, err := migration.Read(cfg.Dir, entry.Schema, migration.Options{Layout: cfg.Shared.Layout})
	return append(files, migrations...), err
}
