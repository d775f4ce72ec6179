package sqlc

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// inputsDir is where a run of other plugins has its schema and queries. All else in its directory is what they made.
const inputsDir = ".trefoil"

// Others has sqlc run the entry's other plugins and write the user's own gen: json:, over the canonical schema and in the
// config's folder. Value lists are not shown as enum types: what these plugins see is what sqlc itself would show them.
// The error is a source.List about the plugins, or any other error about the run itself.
func Others(ctx context.Context, in Input) ([]Output, error) {
	if len(in.SQL.Others) == 0 {
		return nil, nil
	}
	in.Enums, in.SQL.Go = nil, nil
	files, errs := queryFiles(in)
	if len(in.SQL.Queries) == 0 {
		errs = append(errs, noQueries(in))
	}
	if err := errs.Err(); err != nil {
		return nil, err
	}
	for i := range files {
		files[i].copy = path.Join(inputsDir, files[i].copy)
	}
	dir, err := os.MkdirTemp("", "trefoil-sqlc-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	r := &runner{in: in, dir: dir, files: files, declared: declare(in)}
	schemaAt := path.Join(inputsDir, schemaFile)
	schema := canonical(in.Catalog, r.declared.enums, typeNames{})
	if err := r.writeAll(map[string]string{schemaAt: schema}, derivedOthers(in, schemaAt, r.files)); err != nil {
		return nil, err
	}
	a, err := run(ctx, dir, in.Config.Dir)
	if err != nil {
		return nil, err
	}
	if !a.ok {
		return nil, r.explainOthers(ctx, a)
	}
	return outputs(dir, in.SQL.Others)
}

func noQueries(in Input) source.Diagnostic {
	first := in.SQL.Others[0]
	d := source.Errorf(first.Span, CodeNoQueries, "%s is not run, because the entry has no queries", first.Name)
	d.Hint = "add queries: and the folder of the query files; sqlc runs no plugin without"
	return d
}

// derivedOthers is the config of a run of other plugins: the user's entries and options for them, as they are.
func derivedOthers(in Input, schema string, queries []queryFile) *yaml.Node {
	entry := entryOf(in, schema, queries)
	codegen := sequence()
	for _, o := range in.SQL.Others {
		n := clone(o.Node)
		put(n, "out", scalar(o.Out))
		if o.Name == config.JSONName {
			put(entry, "gen", mapping(scalar("json"), n))
		} else {
			codegen.Content = append(codegen.Content, n)
		}
	}
	put(entry, "codegen", codegen)
	top := mapping(scalar("version"), scalar("2"), scalar("sql"), sequence(entry))
	for _, key := range []string{"plugins", "options"} {
		if n := clone(get(in.Config.Node, key)); n != nil {
			put(top, key, n)
		}
	}
	return top
}

// outputs sorts what was written below dir by the folders that the entries name. A file belongs to the innermost.
func outputs(dir string, others []config.Other) ([]Output, error) {
	var all []Output
	for _, o := range others {
		if !slices.ContainsFunc(all, func(seen Output) bool { return seen.Out == o.Out }) {
			all = append(all, Output{o, map[string][]byte{}})
		}
	}
	err := filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			if err == nil && file == filepath.Join(dir, inputsDir) {
				return fs.SkipDir
			}
			return err
		}
		rel, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if o := innermost(all, rel); o != nil {
			o.Files[strings.TrimPrefix(rel, o.Out+"/")], err = os.ReadFile(file)
		}
		return err
	})
	return all, err
}

func innermost(all []Output, file string) *Output {
	var found *Output
	for i, o := range all {
		if strings.HasPrefix(file, o.Out+"/") && (found == nil || len(o.Out) > len(found.Out)) {
			found = &all[i]
		}
	}
	return found
}
