package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/generate"
)

// envDatabaseURL names the variable that holds the server's address, which keeps it out of the list of processes.
const envDatabaseURL = "TREFOIL_DATABASE_URL"

func newVerify(std streams) *cobra.Command {
	var f flags
	var o generate.VerifyOptions
	var format string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Tell whether a running server has the schema that the migrations make",
		Long: "verify replays the migrations and compares the result with the catalog of a running PostgreSQL, 12 or newer. It\n" +
			"reads the server in one read-only transaction, and exits with 1 when something is missing, extra or different.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 { // not repeated: it may be a URL with a password
				return errors.New("verify takes no arguments; the server is given by --database-url or " + envDatabaseURL)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			write, ok := generate.VerifyFormats[format]
			if !ok {
				return fmt.Errorf("--format %q is none of text, json and github", format)
			}
			o.Options = f.Options
			if !cmd.Flags().Changed("database-url") {
				o.URL = os.Getenv(envDatabaseURL)
			}
			if o.URL == "" {
				return errors.New("no server is given; set --database-url or " + envDatabaseURL)
			}
			if o.Timeout <= 0 {
				return errors.New("--timeout must be more than 0")
			}
			found, err := generate.Verify(cmd.Context(), o)
			if err != nil {
				return err
			}
			f.printLeftOut(std, found)
			if err := write(found.Report, std.out, found.Version); err != nil {
				return err
			}
			f.printCount(std, found)
			if len(found.Findings) > 0 {
				return errFindings
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&o.URL, "database-url", "", "compare with the server at this `URL` (default $"+envDatabaseURL+")")
	cmd.Flags().StringVar(&o.Entry, "entry", "", "compare the sql: entry of this `name` or number")
	cmd.Flags().BoolVar(&o.AllSchemas, "all-schemas", false, "also list what is in schemas that the migrations make nothing in")
	cmd.Flags().DurationVar(&o.Timeout, "timeout", 30*time.Second, "give up connecting, or a statement, after this `time`")
	cmd.Flags().StringVar(&format, "format", "text", "print differences as text, json or github `annotations`")
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%s\nSee '%s --help'", generate.HidePassword(err.Error()), cmd.CommandPath())
	})
	f.project(cmd)
	f.noise(cmd)
	return cmd
}

// printLeftOut prints warnings, and with -v what was left out.
func (f *flags) printLeftOut(std streams, found *generate.Verified) {
	f.printNotes(std.err, append(found.Notes, found.NotCompared...))
	if !f.verbose {
		return
	}
	for _, l := range found.LeftOut {
		fmt.Fprintf(std.err, "left out: %s: %s\n", l.Object, l.Reason)
	}
}

// printCount prints the last line.
func (f *flags) printCount(std streams, found *generate.Verified) {
	if f.quiet {
		return
	}
	if n := len(found.Findings); n > 0 {
		fmt.Fprintf(std.err, "%s between the migrations and the server (PostgreSQL %s)\n", plural(n, "difference"), found.Version)
		return
	}
	fmt.Fprintf(std.err, "the server (PostgreSQL %s) has what the migrations make: %s compared\n", found.Version, plural(found.Compared, "object"))
}
