package main

import (
	"cmp"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set at link time by the Makefile; a binary made by go install has it in its build information.
var version string

func newVersion(std streams) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of trefoil, of sqlc and of the parser",
		Args:  cobra.NoArgs,
		Run: func(*cobra.Command, []string) {
			info, _ := debug.ReadBuildInfo()
			fmt.Fprintf(std.out, "trefoil  %s\n", ownVersion(info))
			fmt.Fprintf(std.out, "sqlc     %s\n", moduleVersion(info, "github.com/sqlc-dev/sqlc"))
			fmt.Fprintf(std.out, "pg_query %s (PostgreSQL 16 grammar)\n", moduleVersion(info, "github.com/pganalyze/pg_query_go/v5"))
		},
	}
}

func ownVersion(info *debug.BuildInfo) string {
	if info == nil {
		return cmp.Or(version, "unknown")
	}
	return cmp.Or(version, info.Main.Version, "unknown")
}

func moduleVersion(info *debug.BuildInfo, path string) string {
	if info != nil {
		for _, dep := range info.Deps {
			if dep.Path == path {
				return dep.Version
			}
		}
	}
	return "unknown"
}
