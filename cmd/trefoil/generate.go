package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/generate"
)

func newGenerate(std streams) *cobra.Command {
	var f flags
	var watching bool
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write the clients of every target in the config",
		Long: "generate makes every target in memory, then writes each whole or not at all. Files that are no longer\n" +
			"generated are removed; files of your own are never touched.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if watching {
				return f.watch(cmd.Context(), std)
			}
			return f.fail(generateAll(cmd.Context(), &f, std))
		},
	}
	f.project(cmd)
	f.noise(cmd)
	f.formatFlag(cmd, std.out)
	f.cacheFlag(cmd)
	cmd.Flags().BoolVar(&f.KeepStale, "keep-stale", false, "leave files that are no longer generated where they are")
	cmd.Flags().BoolVarP(&watching, "watch", "w", false, "generate again whenever an input changes, until interrupted")
	cmd.MarkFlagsMutuallyExclusive("watch", "format")
	return cmd
}

func generateAll(ctx context.Context, f *flags, std streams) error {
	end, restored, err := generate.Begin(ctx, f.Options, true, func() { f.printBusy(std.err) })
	if err != nil {
		return err
	}
	defer end()
	result, err := generate.Run(ctx, f.Options)
	if err != nil {
		return err
	}
	done, err := result.Write()
	var list = f.notes(result.Notes)
	switch {
	case f.format == asJSON && err == nil:
		return printJSON(std.out, generateDocument{newFindings(list), newTargets(done)})
	case f.format != asJSON && len(list) > 0:
		err = errors.Join(err, f.printList(std, list))
	}
	if !f.quiet && f.format != asJSON {
		f.printWritten(std.err, restored, done)
	}
	if err != nil {
		return failure{error: err, flags: f, wrote: len(done) > 0}
	}
	f.printStages(std.err, result.Stages)
	return nil
}

// printBusy tells why nothing happens for a while.
func (f *flags) printBusy(w io.Writer) {
	if !f.quiet {
		fmt.Fprintln(w, "waiting for another run of trefoil in this project")
	}
}

func (f *flags) printWritten(w io.Writer, restored []string, done []generate.Written) {
	for _, dir := range restored {
		fmt.Fprintf(w, "note: a run had been ended while it wrote %s; the folder was put back as it was before that\n", dir)
	}
	for _, t := range done {
		for _, path := range t.Edited {
			fmt.Fprintf(w, "note: %s had been edited by hand; it was written anew\n", path)
		}
		fmt.Fprintln(w, written(t))
		for _, path := range t.Kept {
			fmt.Fprintf(w, "kept     %s, which is no longer generated\n", path)
		}
	}
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

// generateDocument is what generate --format json prints.
type generateDocument struct {
	findings
	Targets []targetDocument `json:"targets"`
}

type targetDocument struct {
	Target    string   `json:"target"`
	Dir       string   `json:"dir"`
	Written   int      `json:"written"`
	Removed   int      `json:"removed"`
	Unchanged int      `json:"unchanged"`
	Kept      []string `json:"kept"`
	Edited    []string `json:"edited"`
}

func newTargets(done []generate.Written) []targetDocument {
	targets := make([]targetDocument, len(done))
	for i, w := range done {
		targets[i] = targetDocument{
			Target: w.Target, Dir: w.Dir, Written: w.Written, Removed: w.Removed, Unchanged: w.Unchanged,
			Kept: append([]string{}, w.Kept...), Edited: append([]string{}, w.Edited...),
		}
	}
	return targets
}
