package sqlc

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Run gives sqlc the canonical schema and the entry's queries, and returns what it makes of them. The error is a
// source.List about the user's queries, or any other error about the run itself; the list is warnings.
func Run(ctx context.Context, in Input) (*Result, source.List, error) {
	if in.Queries == nil {
		in.Queries = ReadQueries(in)
	}
	if err := in.Queries.errs.Err(); err != nil {
		return nil, nil, err
	}
	if in.SQL.Go == nil && !in.WantQueries {
		return &Result{}, ignored(in), nil
	}
	files := slices.Clone(in.Queries.files)
	modelsOnly := len(in.SQL.Queries) == 0
	if modelsOnly {
		files = []queryFile{placeholder}
	}
	dir, err := os.MkdirTemp("", "trefoil-sqlc-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(dir)
	r := &runner{in: in, dir: dir, files: files, declared: declare(in)}
	var result *Result
	if groups, ok := r.groups(usual); ok {
		result, err = r.inParts(ctx, groups, usual)
	}
	if result == nil && err == nil {
		result, err = r.whole(ctx, modelsOnly)
	}
	if err != nil {
		return nil, nil, err
	}
	if len(result.Queries) > 0 {
		r.locate(result.Queries)
	}
	return result, ignored(in), nil
}

// whole has sqlc run on everything at once.
func (r *runner) whole(ctx context.Context, modelsOnly bool) (*Result, error) {
	if err := r.write(); err != nil {
		return nil, err
	}
	a, err := run(ctx, r.dir, r.dir)
	if err != nil {
		return nil, err
	}
	if !a.ok {
		return nil, r.explain(ctx, a)
	}
	return r.result(modelsOnly)
}

// placeholder is the query of an entry without queries: sqlc refuses a run without any.
var placeholder = newQueryFile(
	source.NewFile("placeholder.sql", "-- name: Placeholder :exec\nSELECT 1;\n"), "placeholder/placeholder.sql")

// runner is one run of sqlc in its temporary directory.
type runner struct {
	in       Input
	dir      string
	files    []queryFile
	declared declaration
}

// write puts the run's inputs in place.
func (r *runner) write() error {
	one := job{schema: schemaFile, files: r.files, analysis: r.in.WantQueries}
	if r.in.SQL.Go != nil {
		one.goDir = goDir
	}
	schemas := map[string]string{schemaFile: r.canonical(r.in.Catalog, r.declared.enums)}
	types, err := r.typesJob(schemas)
	if err != nil {
		return err
	}
	config, err := derived(r.in, r.declared, append([]job{one}, types...)...)
	if err != nil {
		return err
	}
	return r.writeAll(schemas, config)
}

func (r *runner) canonical(c *catalog.Catalog, enums []Enum) string {
	return canonical(c, enums, typeNames{overriddenTypes(r.in)})
}

// writeAll puts schemas, by their paths, the queries and a config in place.
func (r *runner) writeAll(schemas map[string]string, config *yaml.Node) error {
	for at, schema := range schemas {
		if err := r.writeFile(at, schema); err != nil {
			return err
		}
	}
	for i := range r.files {
		if err := r.send(&r.files[i], r.files[i].Text); err != nil {
			return err
		}
	}
	text, err := yaml.Marshal(config)
	if err != nil {
		return fmt.Errorf("write the config for sqlc: %w", err)
	}
	return r.writeFile(configFile, string(text))
}

// send puts a query file's text, or what is to be run of it, in place.
func (r *runner) send(f *queryFile, text string) error {
	f.sent = sent(unmarked(f.File, text))
	return r.writeFile(f.copy, f.sent)
}

func (r *runner) writeFile(name, text string) error {
	p := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
		return err
	}
	return os.WriteFile(p, []byte(text), 0o600)
}

// result reads what sqlc wrote.
func (r *runner) result(modelsOnly bool) (*Result, error) {
	result := &Result{}
	if r.in.SQL.Go != nil {
		files, err := readFiles(filepath.Join(r.dir, goDir))
		if err != nil {
			return nil, err
		}
		if modelsOnly {
			models := modelsFile(r.in)
			files = map[string][]byte{models: files[models]}
		}
		result.Files = files
	}
	var err error
	if result.Queries, err = r.queries(); err != nil {
		return nil, err
	}
	result.Types, err = r.types()
	return result, err
}

// queries reads the analysed queries.
func (r *runner) queries() ([]Query, error) {
	if !r.in.WantQueries {
		return nil, nil
	}
	text, err := os.ReadFile(filepath.Join(r.dir, analysisDir, analysisFile))
	if err != nil {
		return nil, err
	}
	queries, err := newDecoder(r.in, r.declared).decode(text)
	byPlace(queries)
	return queries, err
}

// modelsFile is the name of the file in which sqlc writes structs and enums.
func modelsFile(in Input) string {
	if n := resolved(get(in.SQL.Go.Node, "output_models_file_name")); n != nil && n.Value != "" {
		return n.Value
	}
	return "models.go"
}

func readFiles(dir string) (map[string][]byte, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, e := range entries {
		if files[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// ignored warns about settings that would make sqlc ask a database, which nothing here does.
func ignored(in Input) source.List {
	n := get(in.SQL.Node, "database")
	if n == nil {
		return nil
	}
	return source.List{{
		Span: in.Config.NodeSpan(n), Severity: source.Warning, Code: CodeIgnored,
		Message: "database: is not used: queries are analysed against the schema that the migrations make",
	}}
}
