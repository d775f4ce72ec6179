package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/generate"
)

func newCheck(std streams) *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Tell whether the committed clients are what generate would write",
		Long: "check generates in memory and compares. It writes nothing, and exits with 1 when a file is changed, missing\n" +
			"or stale (generated once and no longer).",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			result, err := generate.Run(cmd.Context(), f.Options)
			if err != nil {
				return err
			}
			f.printNotes(std.err, result.Notes)
			f.printStages(std.err, result.Stages)
			drifts, err := result.Check()
			if err != nil || len(drifts) == 0 {
				return err
			}
			if !f.quiet {
				for _, d := range drifts {
					fmt.Fprintf(std.err, "%-8s %s\n", d.Kind, d.Path)
				}
				fmt.Fprintf(std.err, "%s; run: %s\n", drifted(len(drifts)), f.mend())
			}
			return errFindings
		},
	}
	f.project(cmd)
	f.noise(cmd)
	return cmd
}

func drifted(n int) string {
	if n == 1 {
		return "1 file has drifted from the schema"
	}
	return fmt.Sprintf("%d files have drifted from the schema", n)
}
