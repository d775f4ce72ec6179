package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/cache"
	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Exit codes, the same for every command.
const (
	exitFine     = 0
	exitFindings = 1 // drift
	exitMistake  = 2 // in the input, the config or the call
)

// streams are where a command prints: results on out, messages on err.
type streams struct {
	out, err io.Writer
	// colour tells that err is a terminal that shows colours.
	colour bool
}

// errFindings ends a command that found something it has already printed.
var errFindings = errors.New("findings")

// flags are common to the commands that read a project.
type flags struct {
	generate.Options
	quiet, verbose bool
	noCache        bool
	format         format
	// messages is where JSON and annotations go.
	messages io.Writer
}

// failure is an error of a command that reads a project, to be printed in the format that was asked for.
type failure struct {
	error
	flags *flags
	// wrote tells that something was written before.
	wrote bool
}

func (f failure) Unwrap() error { return f.error }

// fail marks an error as one to be printed as the flags say.
func (f *flags) fail(err error) error {
	if err == nil || errors.Is(err, errFindings) || errors.As(err, new(failure)) {
		return err
	}
	return failure{error: err, flags: f}
}

func run(ctx context.Context, args []string, std streams) int {
	root := newRoot(std)
	root.SetArgs(args)
	root.SetOut(std.out)
	root.SetErr(std.err)
	err := root.ExecuteContext(ctx)
	var failed failure
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.As(err, &failed):
		failed.print(std)
	default:
		fmt.Fprintf(std.err, "error: %v\n", err)
	}
	return exitMistake
}

// print shows what stopped a command. An error that is no mistake of the user's has no place.
func (f failure) print(std streams) {
	var list source.List
	if !errors.As(f.error, &list) {
		list = source.List{{Message: f.Error()}}
		if f.flags.format == asText {
			_ = list.Write(std.err)
			return
		}
	}
	_ = f.flags.printList(std, list)
	if f.flags.format == asJSON {
		return
	}
	outcome := "nothing was written"
	if f.wrote {
		outcome = "the targets above were written, the others were not"
	}
	fmt.Fprintf(std.err, "%s; %s\n", counts(list), outcome)
}

func newRoot(std streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "trefoil",
		Short: "One SQL schema, three typed clients",
		Long: "trefoil reads PostgreSQL migrations and sqlc query files, and writes Go, TypeScript (Zod) and Python\n" +
			"(Pydantic) clients. It is configured by sqlc.yaml and needs no database.\n\n" +
			"Exit codes: 0 fine; 1 drift or findings; 2 a mistake in the input, the config or the call.",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w\nSee '%s --help'", err, cmd.CommandPath())
	})
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		newGenerate(std), newCheck(std), newBreaking(std), newVerify(std), newCatalog(std), newExplain(std), newInit(std), newVersion(std), newPlugin(std),
	)
	return root
}

// project adds the flags that say which project a command works on.
func (f *flags) project(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&f.Dir, "dir", "C", "", "work in this `directory` instead of the current one")
	cmd.Flags().StringVarP(&f.File, "file", "f", "", "read this config `file` (default sqlc.yaml, sqlc.yml or sqlc.json)")
}

// cacheFlag adds the flag that does without records of earlier runs.
func (f *flags) cacheFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.noCache, "no-cache", false, "do not look for an earlier run on the same inputs, and keep no record of this one")
	cmd.PreRun = func(*cobra.Command, []string) {
		if dir := cache.Dir(); dir != "" && !f.noCache {
			f.Cache = cache.New(dir)
		}
	}
}

// noise adds the flags that say how much is printed.
func (f *flags) noise(cmd *cobra.Command) {
	cmd.Flags().BoolVarP(&f.quiet, "quiet", "q", false, "print nothing but errors")
	cmd.Flags().BoolVarP(&f.verbose, "verbose", "v", false, "also print notes, stages and their times")
	cmd.MarkFlagsMutuallyExclusive("quiet", "verbose")
}

// notes are warnings, and with -v what is only worth knowing.
func (f *flags) notes(all source.List) source.List {
	var shown source.List
	for _, d := range all {
		if d.Severity < source.Info && !f.quiet || f.verbose {
			shown = append(shown, d)
		}
	}
	return shown
}

// printStages prints what the stages took, with -v.
func (f *flags) printStages(w io.Writer, stages []generate.Stage) {
	if !f.verbose {
		return
	}
	for _, s := range stages {
		fmt.Fprintf(w, "%-10s %8.1f ms\n", s.Name, float64(s.Took.Microseconds())/1000)
	}
}

// mend is the command that makes check pass, with the flags that were given.
func (f *flags) mend() string {
	words := []string{"trefoil", "generate"}
	if f.Dir != "" {
		words = append(words, "-C", shellWord(f.Dir))
	}
	if f.File != "" {
		words = append(words, "-f", shellWord(f.File))
	}
	return strings.Join(words, " ")
}

// plainWord is what a shell takes as it is.
var plainWord = regexp.MustCompile(`^[\w./:@%+=-]+$`)

func shellWord(text string) string {
	if plainWord.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// plural is "1 file" or "2 files".
func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
