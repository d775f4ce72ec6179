package sqlc

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// sqlc compares the columns of every query with the struct of every table, and goes through all queries for each file
// that it writes. So a large project is given to it in parts, as so many sql: entries of one config, which it works on side
// by side: some of the query files, each with the relations that they name, and what no query names, some relations each. The
// files that it then writes are put together into those that one run writes.

// part is what one entry is given.
type part struct {
	files   []queryFile // the placeholder for relations alone
	catalog *catalog.Catalog
	enums   []Enum
}

// inParts has sqlc run on groups of the query files. The result is nil where one run has to do: there are no parts, or one
// has failed, so that the messages are those of one run, or the parts may not be what one run writes.
func (r *runner) inParts(ctx context.Context, groups []group, s sizes) (*Result, error) {
	parts := r.parts(groups, s)
	if len(parts) < 2 {
		return nil, nil
	}
	if err := r.writeParts(parts); err != nil {
		return nil, err
	}
	a, err := run(ctx, r.dir, r.dir)
	if err != nil || !a.ok {
		return nil, err
	}
	files, err := r.merged(parts)
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

// parts are those of the groups, and of what is in none of them.
func (r *runner) parts(groups []group, s sizes) []part {
	carver := newCarver(r.in.Catalog, r.declared.enums)
	left := newLeft(carver)
	var parts []part
	add := func(files []queryFile, words map[string]bool) {
		p := part{files: files}
		p.catalog, p.enums = carver.part(words)
		left.without(p)
		parts = append(parts, p)
	}
	for _, g := range groups {
		add(g.files, g.words)
	}
	if len(groups) == 0 && len(left.names) < s.tables {
		return nil
	}
	for len(left.names) > 0 {
		add([]queryFile{placeholder}, left.take(s.tables/2))
	}
	return parts
}

// writeParts puts the inputs of a run in parts in place: what takes longest comes first.
func (r *runner) writeParts(parts []part) error {
	schemas := map[string]string{}
	var jobs []job
	if r.in.WantQueries {
		schemas[schemaFile] = r.canonical(r.in.Catalog, r.declared.enums)
		jobs = append(jobs, job{schema: schemaFile, files: r.files, analysis: true})
	}
	types, err := r.typesJob(schemas)
	if err != nil {
		return err
	}
	jobs = append(jobs, types...)
	for i, p := range parts {
		j := job{schema: fmt.Sprintf("schema%d.sql", i), files: p.files, goDir: partDir(i), structs: true}
		schemas[j.schema] = r.canonical(p.catalog, p.enums)
		jobs = append(jobs, j)
	}
	config, err := derived(r.in, r.declared, jobs...)
	if err != nil {
		return err
	}
	if err := r.writeFile(placeholder.copy, placeholder.Text); err != nil {
		return err
	}
	return r.writeAll(schemas, config)
}

func partDir(i int) string { return fmt.Sprintf("part%d", i) }

// merged puts together what sqlc wrote of the parts; nil where that may not be what one run writes.
func (r *runner) merged(parts []part) (map[string][]byte, error) {
	m := newMerger(r.in)
	for i, p := range parts {
		files, err := readFiles(filepath.Join(r.dir, partDir(i)))
		if err != nil {
			return nil, err
		}
		if p.files[0].copy == placeholder.copy {
			files = map[string][]byte{m.models: files[m.models]}
		}
		if !m.add(files) {
			return nil, nil
		}
	}
	return m.finish(len(r.in.Catalog.Enums)+len(r.declared.enums), len(r.in.Catalog.Relations))
}

// left are the relations and enums that are in no part yet.
type left struct {
	names []catalog.Name // relations first
	in    map[catalog.Name]bool
}

func newLeft(k *carver) *left {
	l := &left{in: map[catalog.Name]bool{}}
	for _, rel := range k.whole.Relations {
		l.names = append(l.names, rel.Name)
	}
	for _, e := range k.whole.Enums {
		l.names = append(l.names, e.Name)
	}
	for _, e := range k.enums {
		l.names = append(l.names, e.Name)
	}
	return l
}

// without takes out what is in a part.
func (l *left) without(p part) {
	for _, rel := range p.catalog.Relations {
		l.in[rel.Name] = true
	}
	for _, e := range p.catalog.Enums {
		l.in[e.Name] = true
	}
	for _, e := range p.enums {
		l.in[e.Name] = true
	}
	l.names = slices.DeleteFunc(l.names, func(n catalog.Name) bool { return l.in[n] })
}

// take gives the words that name the next n.
func (l *left) take(n int) map[string]bool {
	words := map[string]bool{}
	for _, name := range l.names[:min(n, len(l.names))] {
		words[name.Name] = true
	}
	return words
}
