package generate

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/server"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/verify"
)

// VerifyOptions say what to compare with which server.
type VerifyOptions struct {
	Options
	// URL is the server's connection string. It may hold a password: nothing that Verify returns does.
	URL string
	// Entry is the name or the number, from 1, of the sql: entry; "" if there is one schema.
	Entry string
	// AllSchemas compares schemas that the migrations make nothing in as well.
	AllSchemas bool
	// Timeout is for connecting and for each statement.
	Timeout time.Duration
}

// Verified is what a comparison with a server found.
type Verified struct {
	*verify.Report
	// Version is the server's: 15.8.
	Version string
	// Notes are of reading the migrations.
	Notes source.List
}

// whole is how many times the limit of a statement all of them may take, should the server fall silent between them.
const whole = 20

// Verify replays an entry's migrations and compares the catalog with the server's. It only reads the server.
func Verify(ctx context.Context, o VerifyOptions) (*Verified, error) {
	cfg, err := config.Load(o.Dir, o.File)
	if err != nil {
		return nil, err
	}
	entry, err := pick(cfg, o.Entry)
	if err != nil {
		return nil, err
	}
	files, notes, err := schemaFiles(cfg, entry)
	if err != nil {
		return nil, err
	}
	cat, more, err := catalog.Load(files.all)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, whole*o.Timeout)
	defer cancel()
	session, err := server.Open(ctx, o.URL, o.Timeout)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	there, err := session.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	report, err := verify.Run(ctx, verify.Input{
		Catalog: cat, Prelude: files.prelude(), Server: there, Printer: session, AllSchemas: o.AllSchemas,
	})
	if err != nil {
		return nil, err
	}
	return &Verified{report, session.VersionText(), append(notes, more...)}, nil
}

// pick finds the entry that a server is compared with. Entries of one schema are as good as each other; of several
// schemas, the user has to say which the server holds.
func pick(cfg *config.Config, name string) (config.SQL, error) {
	var names []string
	same := true
	for i, e := range cfg.SQL {
		number := strconv.Itoa(i + 1)
		if name != "" && (name == e.Name || name == number) {
			return e, nil
		}
		if e.Name != "" {
			number = e.Name
		}
		names = append(names, number)
		same = same && slices.Equal(e.Schema, cfg.SQL[0].Schema)
	}
	switch {
	case name != "":
		return config.SQL{}, fmt.Errorf("--entry %s is none of the sql: entries: %s", name, strings.Join(names, ", "))
	case !same:
		return config.SQL{}, fmt.Errorf("the sql: entries have several schemas; say which one the server has: --entry %s",
			strings.Join(names, " or --entry "))
	}
	return cfg.SQL[0], nil
}

// Finding is one difference between the migrations and a server.
type Finding = verify.Finding

// HidePassword takes what looks like a password in a connection string out of a text.
func HidePassword(text string) string { return server.Hide(text) }
