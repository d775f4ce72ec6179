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
		Long: "catalog replays the migrations and prints what PostgreSQL would hold, as JSON. The shape is in docs/catalog.md.\n" +
			"The schema is on stdout; --format is of the messages, which are on stderr.",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return f.fail(printCatalog(&f, std)) },
	}
	f.project(cmd)
	f.noise(cmd)
	f.formatFlag(cmd, std.err)
	return cmd
}

func printCatalog(f *flags, std streams) error {
	cat, notes, err := generate.Catalog(f.Options)
	if err != nil {
		return err
	}
	if shown := f.notes(notes); len(shown) > 0 {
		if err := f.printList(std, shown); err != nil {
			return err
		}
	}
	b, err := cat.JSON()
	if err != nil {
		return err
	}
	_, err = std.out.Write(b)
	return err
}
