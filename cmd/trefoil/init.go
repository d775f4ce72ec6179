package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/setup"
)

func newInit(std streams) *cobra.Command {
	f := flags{}
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a sqlc.yaml for a project, or add trefoil to the one that is there",
		Long: "init looks for a schema, query files and modules of Go, TypeScript and Python in a directory and below it, and\n" +
			"writes a sqlc.yaml for what it finds. To a config that is there it adds trefoil and changes nothing else.",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			result, err := setup.Run(f.Dir)
			if err != nil {
				return err
			}
			printSetup(std.out, result, f.mend())
			return nil
		},
	}
	cmd.Flags().StringVarP(&f.Dir, "dir", "C", "", "work in this `directory` instead of the current one")
	return cmd
}

// printSetup says what was found and written, what is left to do, and the command that comes next.
func printSetup(w io.Writer, r *setup.Result, next string) {
	line := func(what, format string, args ...any) {
		fmt.Fprintf(w, "%-6s %s\n", what, fmt.Sprintf(format, args...))
	}
	for _, found := range r.Project.Found() {
		line("found", "%s", found)
	}
	for _, present := range r.Present {
		line("found", "%s", present)
	}
	for _, name := range r.Written {
		line("wrote", "%s", name)
	}
	if len(r.Present) > 0 {
		line("note", "%s has trefoil already, and was left as it is", r.Config)
	}
	for _, advice := range r.Advice {
		line("note", "%s", advice)
	}
	line("next", "%s", next)
}
