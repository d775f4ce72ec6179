package main

import (
	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/generate"
)

func newCatalog(std streams) *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "catalog",
		Short: "Print the replayed schema as JSON",
		Long:  "catalog replays the migrations and prints what PostgreSQL would hold, as JSON. The shape is in docs/catalog.md.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			cat, notes, err := generate.Catalog(f.Options)
			if err != nil {
				return err
			}
			f.printNotes(std.err, notes)
			b, err := cat.JSON()
			if err != nil {
				return err
			}
			_, err = std.out.Write(b)
			return err
		},
	}
	f.project(cmd)
	f.noise(cmd)
	return cmd
}
