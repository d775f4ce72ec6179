//go:build deps

// Package internal pins dependencies that packages still being written import.
package internal

import (
	_ "github.com/bmatcuk/doublestar/v4"
	_ "github.com/dave/jennifer/jen"
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/invopop/jsonschema"
	_ "github.com/jackc/pgx/v5"
	_ "github.com/jinzhu/inflection"
	_ "github.com/pganalyze/pg_query_go/v5"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/santhosh-tekuri/jsonschema/v6"
	_ "github.com/spf13/cobra"
	_ "github.com/sqlc-dev/sqlc/pkg/cli"
	_ "github.com/stretchr/testify/require"
	_ "golang.org/x/sync/errgroup"
	_ "golang.org/x/tools/txtar"
)
