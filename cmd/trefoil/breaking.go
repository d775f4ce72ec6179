package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/generate"
)

// breakingFlags are those of breaking.
type breakingFlags struct {
	flags
	against string
}

func newBreaking(std streams) *cobra.Command {
	var f breakingFlags
	cmd := &cobra.Command{
		Use:   "breaking --against REVISION|DIRECTORY",
		Short: "Tell what changed for the users of the generated types, and whom it breaks",
		Long: "breaking compares what would be generated now with what would have been generated from a git revision or from\n" +
			"another directory. Each change is listed with what it does to those who read rows and to those who write them, in\n" +
			"each language. docs/breaking.md has the rules.\n\n" +
			"It writes nothing, and exits with 1 when a change breaks someone and the config does not ignore it.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.fail(runBreaking(cmd.Context(), &f, std)) },
	}
	f.project(cmd)
	cmd.Flags().BoolVarP(&f.quiet, "quiet", "q", false, "print nothing but what breaks someone")
	f.formatFlag(cmd, std.out)
	cmd.Flags().StringVar(&f.against, "against", "", "compare with this git `revision or directory`")
	return cmd
}

func runBreaking(ctx context.Context, f *breakingFlags, std streams) error {
	if f.against == "" {
		return errors.New("say what to compare with: --against main, for example")
	}
	changes, err := generate.Breaking(ctx, f.Options, f.against)
	if err != nil {
		return err
	}
	if err := f.printChanges(std, changes); err != nil {
		return err
	}
	if changes.Count().Breaking > 0 {
		return errFindings
	}
	return nil
}

// breakingDocument is what breaking --format json prints.
type breakingDocument struct {
	findings
	Against string                `json:"against"`
	Changes []generate.ChangeJSON `json:"changes"`
	generate.ChangeCount
}

func (f *breakingFlags) printChanges(std streams, changes generate.Changes) error {
	shown := changes
	if f.quiet {
		shown = changes.ThatBreak()
	}
	switch f.format {
	case asJSON:
		return printJSON(std.out, breakingDocument{newFindings(nil), f.against, shown.JSON(), changes.Count()})
	case asGitHub:
		for _, a := range changes.Annotations(f.inRepository) {
			if err := a.Write(std.out); err != nil {
				return err
			}
		}
		return nil
	}
	if err := shown.Write(std.out); err != nil {
		return err
	}
	if !f.quiet {
		fmt.Fprintf(std.err, "%s since %s\n", changes.Count(), f.against)
	}
	return nil
}
