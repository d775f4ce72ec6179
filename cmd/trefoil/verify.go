package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/generate"
)

// envDatabaseURL names the variable that holds the server's address, which keeps it out of the list of processes.
const envDatabaseURL = "TREFOIL_DATABASE_URL"

// verifyFlags are those of verify.
type verifyFlags struct {
	flags
	server generate.VerifyOptions
}

func newVerify(std streams) *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Tell whether a running server has the schema that the migrations make",
		Long: "verify replays the migrations and compares the result with the catalog of a running PostgreSQL, 12 or newer. It\n" +
			"reads the server in one read-only transaction, and exits with 1 when something is\n" +
			"  missing    the migrations make it, and the server does not have it\n" +
			"  extra      the server has it, and no migration makes it\n" +
			"  different  both have it, and not alike",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 { // not repeated: it may be a URL with a password
				return errors.New("verify takes no arguments; the server is given by --database-url or " + envDatabaseURL)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return f.fail(verify(cmd.Context(), &f, std)) },
	}
	cmd.Flags().StringVar(&f.server.URL, "database-url", "", "compare with the server at this `URL` (default $"+envDatabaseURL+")")
	cmd.Flags().StringVar(&f.server.Entry, "entry", "", "compare the sql: entry of this `name` or number")
	cmd.Flags().BoolVar(&f.server.AllSchemas, "all-schemas", false, "also list what is in schemas that the migrations make nothing in")
	cmd.Flags().DurationVar(&f.server.Timeout, "timeout", 30*time.Second, "give up connecting, or a statement, after this `time`")
	f.project(cmd)
	f.noise(cmd)
	f.formatFlag(cmd, std.out)
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%s\nSee '%s --help'", generate.HidePassword(err.Error()), cmd.CommandPath())
	})
	return cmd
}

func verify(ctx context.Context, f *verifyFlags, std streams) error {
	f.server.Options = f.Options
	if f.server.URL == "" {
		f.server.URL = os.Getenv(envDatabaseURL)
	}
	switch {
	case f.server.URL == "":
		return errors.New("no server is given; set --database-url or " + envDatabaseURL)
	case f.server.Timeout <= 0:
		return errors.New("--timeout must be more than 0")
	}
	found, err := generate.Verify(ctx, f.server)
	if err != nil {
		return err
	}
	if err := f.printVerified(std, found); err != nil {
		return err
	}
	if len(found.Findings) > 0 {
		return errFindings
	}
	return nil
}
