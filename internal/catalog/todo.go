package catalog

import pg_query "github.com/pganalyze/pg_query_go/v5"

func (c *tableChange) generatedKind(*pg_query.Constraint) Generated { return GeneratedStored }

func (c *tableChange) notNullMark(*pg_query.Constraint) (string, bool) { return "", false }
