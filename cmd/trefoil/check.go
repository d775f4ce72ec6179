package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// checkFlags are those of check.
type checkFlags struct {
	flags
	diffLines int
}

func newCheck(std streams) *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Tell whether the committed clients are what generate would write",
		Long: "check generates in memory and compares. It writes nothing, and exits with 1 when a file is\n" +
			"  changed  it is as it was generated, and the schema, the queries or the config have changed\n" +
			"  edited   it was changed by hand or in a merge since it was generated\n" +
			"  missing  it is not there\n" +
			"  stale    it was generated once and is no longer",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.fail(check(cmd.Context(), &f, std)) },
	}
	f.project(cmd)
	f.noise(cmd)
	f.formatFlag(cmd, std.out)
	f.cacheFlag(cmd)
	cmd.Flags().IntVar(&f.diffLines, "diff-lines", 50, "print at most so many `lines` of each file's diff; 0 prints none")
	return cmd
}

func check(ctx context.Context, f *checkFlags, std streams) error {
	end, _, err := generate.Begin(ctx, f.Options, false, func() { f.printBusy(std.err) })
	if err != nil {
		return err
	}
	defer end()
	result, err := generate.Run(ctx, f.Options)
	if err != nil {
		return err
	}
	drifts, err := result.Check()
	if err != nil {
		return err
	}
	if err := f.printCheck(std, result, drifts); err != nil {
		return err
	}
	if len(drifts) > 0 {
		return errFindings
	}
	return nil
}

// printCheck prints what check found, in the format asked for.
func (f *checkFlags) printCheck(std streams, result *generate.Result, drifts []generate.Drift) error {
	list := f.notes(result.Notes)
	if f.format == asJSON {
		return printJSON(std.out, f.document(list, drifts))
	}
	if len(list) > 0 {
		if err := f.printList(std, list); err != nil {
			return err
		}
	}
	f.printStages(std.err, result.Stages)
	if len(drifts) == 0 {
		return nil
	}
	if f.format == asGitHub {
		for _, a := range f.annotations(drifts) {
			if err := a.Write(std.out); err != nil {
				return err
			}
		}
	}
	if f.quiet {
		return nil
	}
	for _, dir := range result.HalfWritten() {
		fmt.Fprintf(std.err, "note: a run was ended while it wrote %s\n", dir)
	}
	return f.printDrifts(std, drifts)
}

// checkDocument is what check --format json prints.
type checkDocument struct {
	findings
	Drift []driftDocument `json:"drift"`
	// Mend is the command that makes check pass.
	Mend string `json:"mend"`
}

type driftDocument struct {
	Target string             `json:"target"`
	Path   string             `json:"path"`
	Kind   generate.DriftKind `json:"kind"`
	// Line is the first line of the file that differs.
	Line   int           `json:"line"`
	Origin *source.Place `json:"origin"`
	// Diff is at most as many lines as --diff-lines says, and Cut how many more there are.
	Diff []string `json:"diff"`
	Cut  int      `json:"cut"`
}

func (f *checkFlags) document(list source.List, drifts []generate.Drift) checkDocument {
	doc := checkDocument{findings: newFindings(list), Drift: make([]driftDocument, len(drifts)), Mend: f.mend()}
	for i, d := range drifts {
		diff, cut := cutLines(d.Diff(), f.diffLines)
		doc.Drift[i] = driftDocument{
			Target: d.Target, Path: d.Path, Kind: d.Kind, Line: d.FirstLine(), Origin: d.Origin().Place(),
			Diff: append([]string{}, diff...), Cut: cut,
		}
	}
	return doc
}
