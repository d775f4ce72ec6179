package generate

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Catalog replays the migrations of the project's first sql: entry and goes no further.
func Catalog(o Options) (*catalog.Catalog, source.List, error) {
	cfg, err := config.Load(o.Dir, o.File)
	if err != nil {
		return nil, nil, err
	}
	files, notes, err := schemaFiles(cfg, cfg.SQL[0])
	if err != nil {
		return nil, notes, err
	}
	cat, more, err := catalog.Load(files.all)
	return cat, append(notes, more...), err
}

// schema is the SQL of one entry in the order in which it applies. The first preludes of the files are the platform's.
type schema struct {
	all      []*source.File
	preludes int
}

func (s schema) prelude() map[*source.File]bool {
	set := map[*source.File]bool{}
	for _, f := range s.all[:s.preludes] {
		set[f] = true
	}
	return set
}

// schemaFiles reads the prelude, then the entry's migrations.
func schemaFiles(cfg *config.Config, entry config.SQL) (schema, source.List, error) {
	var s schema
	var notes source.List
	if len(cfg.Shared.Prelude) > 0 {
		files, found, err := migration.Read(cfg.Dir, cfg.Shared.Prelude, migration.Options{})
		notes = append(notes, found...)
		if err != nil {
			return s, notes, err
		}
		s.all, s.preludes = files, len(files)
	}
	files, found, err := migration.Read(cfg.Dir, entry.Schema, migration.Options{Layout: cfg.Shared.Layout})
	s.all = append(s.all, files...)
	return s, append(notes, found...), err
}
