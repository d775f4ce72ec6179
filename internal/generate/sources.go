package generate

import (
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// sources are the files of one sql: entry as they were read: a run's record is of these very texts.
type sources struct {
	schema  schema
	notes   source.List
	err     error
	queries *sqlc.QueryFiles
}

func readSources(cfg *config.Config, entry config.SQL) *sources {
	var s sources
	s.schema, s.notes, s.err = schemaFiles(cfg, entry)
	s.queries = sqlc.ReadQueries(sqlc.Input{Config: cfg, SQL: entry})
	return &s
}
