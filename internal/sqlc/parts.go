package sqlc

import (
	"context"
	"fmt"
	"path/filepath"
)

// sqlc compares the columns of every query with the struct of every table, and goes through all queries for each file
// that it writes. So a large project is given to it in parts: some of the query files, each with the relations that they
// name, as so many sql: entries of one config, which it works on side by side. The files that it then writes are put
// together into those that one run writes.

const modelsDir = "models"

// inParts has sqlc run on groups of the query files. The result is nil where one run has to do: there are no groups, a
// part has failed, so that the messages are those of one run, or the parts may not be what one run writes.
func (r *runner) inParts(ctx context.Context, groups [][]queryFile) (*Result, error) {
	if len(groups) < 2 {
		return nil, nil
	}
	if ok, err := r.writeParts(groups); !ok || err != nil {
		return nil, err
	}
	a, err := run(ctx, r.dir, r.dir)
	if err != nil || !a.ok {
		return nil, err
	}
	files, err := r.merged(len(groups))
	if files == nil || err != nil {
		return nil, err
	}
	result := &Result{Files: files}
	if result.Queries, err = r.queries(); err != nil {
		return nil, err
	}
	result.Types, err = r.types()
	return result, err
}

// writeParts puts the inputs of a run in parts in place: what takes longest comes first. It is false where the queries'
// names cannot be read.
func (r *runner) writeParts(groups [][]queryFile) (bool, error) {
	schemas := map[string]string{schemaFile: r.canonical(r.in.Catalog, r.declared.enums)}
	var jobs []job
	if r.in.WantQueries {
		jobs = append(jobs, job{schema: schemaFile, files: r.files, analysis: true})
	}
	jobs = append(jobs, job{schema: schemaFile, files: []queryFile{placeholder}, goDir: modelsDir})
	types, err := r.typesJob(schemas)
	if err != nil {
		return false, err
	}
	jobs = append(jobs, types...)
	carver := newCarver(r.in.Catalog, r.declared.enums)
	for i, group := range groups {
		words, err := wordsOf(group)
		if err != nil {
			return false, nil
		}
		j := job{schema: fmt.Sprintf("schema%d.sql", i), files: group, goDir: partDir(i), queriesOnly: true}
		schemas[j.schema] = r.canonical(carver.part(words))
		jobs = append(jobs, j)
	}
	config, err := derived(r.in, r.declared, jobs...)
	if err != nil {
		return false, err
	}
	if err := r.writeFile(placeholder.copy, placeholder.Text); err != nil {
		return false, err
	}
	return true, r.writeAll(schemas, config)
}

func partDir(i int) string { return fmt.Sprintf("part%d", i) }

// merged puts together what sqlc wrote of so many parts; nil where that may not be what one run writes.
func (r *runner) merged(parts int) (map[string][]byte, error) {
	models, err := readFiles(filepath.Join(r.dir, modelsDir))
	if err != nil {
		return nil, err
	}
	m := newMerger(r.in)
	for i := range parts {
		files, err := readFiles(filepath.Join(r.dir, partDir(i)))
		if err != nil {
			return nil, err
		}
		if !m.add(files) {
			return nil, nil
		}
	}
	return m.finish(models[m.models])
}
