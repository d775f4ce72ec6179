package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/generate"
)

func newGenerate(std streams) *cobra.Command {
	var f flags
	var watching bool
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write the clients of every target in the config",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if watching {
				return f.watch(cmd.Context(), std)
			}
			result, err := generate.Run(cmd.Context(), f.Options)
			if err != nil {
				return err
			}
			f.printNotes(std.err, result.Notes)
			done, err := result.Write()
			if !f.quiet {
				for _, w := range done {
					fmt.Fprintln(std.err, written(w))
				}
			}
			if err != nil {
				return err
			}
			f.printStages(std.err, result.Stages)
			return nil
		},
	}
	f.project(cmd)
	f.noise(cmd)
	cmd.Flags().BoolVarP(&watching, "watch", "w", false, "generate again whenever an input changes, until interrupted")
	return cmd
}

// written is the line that generate prints for a target.
func written(w generate.Written) string {
	line := fmt.Sprintf("%-8s %s: %s", w.Target, w.Dir, plural(w.Files, "file"))
	switch {
	case w.Written+w.Removed == 0:
		return line + ", unchanged"
	case w.Removed > 0:
		return line + fmt.Sprintf(", %d written, %d removed", w.Written, w.Removed)
	default:
		return line + fmt.Sprintf(", %d written", w.Written)
	}
}
