package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/output"
)

func newGenerate(std streams) *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write the clients of every target in the config",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			result, err := generate.Run(cmd.Context(), f.Options)
			if err != nil {
				return err
			}
			f.printNotes(std.err, result.Notes)
			for _, t := range result.Targets {
				change, err := t.Write(result.Root)
				if err != nil {
					return err
				}
				if !f.quiet {
					fmt.Fprintln(std.err, written(t, change))
				}
			}
			f.printStages(std.err, result.Stages)
			return nil
		},
	}
	f.project(cmd)
	f.noise(cmd)
	return cmd
}

// written is the line that generate prints for a target.
func written(t output.Target, c output.Change) string {
	line := fmt.Sprintf("%-8s %s: %s", t.Name, t.Dir, plural(len(t.Tree), "file"))
	switch {
	case c.Written+c.Removed == 0:
		return line + ", unchanged"
	case c.Removed > 0:
		return line + fmt.Sprintf(", %d written, %d removed", c.Written, c.Removed)
	default:
		return line + fmt.Sprintf(", %d written", c.Written)
	}
}
