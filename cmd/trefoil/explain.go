package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/generate"
)

func newExplain(std streams) *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "explain [TABLE[.COLUMN]]",
		Short: "List the rules of tables, and how much of each the clients enforce",
		Long: "explain lists every rule that the schema has for values: CHECKs, NOT NULLs and the limits of types. Each is told\n" +
			"with the SQL that it comes from, its place in the migrations, and which clients enforce it: fully, partly, or not\n" +
			"at all, and then why. A domain can be named as well. docs/rules.md tells what can be enforced.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return f.fail(runExplain(&f, args, std)) },
	}
	f.project(cmd)
	f.noise(cmd)
	f.formatFlag(cmd, std.out)
	return cmd
}

// explainDocument is what explain --format json prints.
type explainDocument struct {
	findings
	Rules any `json:"rules"`
}

func runExplain(f *flags, args []string, std streams) error {
	if f.format == asGitHub {
		return errors.New("explain prints text or json: its rules are no findings")
	}
	what := ""
	if len(args) > 0 {
		what = args[0]
	}
	found, err := generate.Explain(f.Options, what)
	if err != nil {
		return err
	}
	if f.format == asJSON {
		return printJSON(std.out, explainDocument{newFindings(f.notes(found.Notes)), found.JSON()})
	}
	if err := f.notes(found.Notes).Write(std.err); err != nil {
		return err
	}
	return found.Write(std.out)
}
