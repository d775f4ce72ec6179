package sqlc

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// queryFile is one file of queries.
type queryFile struct {
	*source.File
	// copy is where sqlc finds it in the run's directory, with slashes. Files of one name in several folders stay apart,
	// and keep the name that sqlc's output is called by.
	copy string
	// sent is what sqlc was last given for it.
	sent string
	// tokens scans the text, once.
	tokens func() ([]catalog.Token, error)
}

func newQueryFile(f *source.File, copy string) queryFile {
	return queryFile{File: f, copy: copy, tokens: sync.OnceValues(func() ([]catalog.Token, error) { return catalog.Scan(f.Text) })}
}

// QueryFiles are an entry's query files as they were read, and what is wrong with them.
type QueryFiles struct {
	files []queryFile
	errs  source.List
}

// ReadQueries reads the query files of an entry, so that a caller can have Run work on the very texts that it has seen.
func ReadQueries(in Input) *QueryFiles {
	files, errs := queryFiles(in)
	return &QueryFiles{files, errs}
}

// Files are the files, unless something is wrong with any.
func (q *QueryFiles) Files() ([]*source.File, error) {
	var files []*source.File
	for _, f := range q.files {
		files = append(files, f.File)
	}
	return files, q.errs.Err()
}

// Only are some of the files, for a run on them alone.
func (q *QueryFiles) Only(files []*source.File) *QueryFiles {
	some := slices.DeleteFunc(slices.Clone(q.files), func(f queryFile) bool { return !slices.Contains(files, f.File) })
	return &QueryFiles{some, q.errs}
}

// queryFiles reads the files that the entry's queries: names, each once, in the order of their base names, then paths.
// Like sqlc it takes from a folder or a pattern only what ends in .sql, and no hidden or .down.sql files.
func queryFiles(in Input) ([]queryFile, source.List) {
	r := queryReader{in: in, seen: map[string]bool{}}
	for i, pattern := range in.SQL.Queries {
		r.pattern(pattern, r.place(i))
	}
	slices.SortStableFunc(r.files, func(a, b *source.File) int {
		return strings.Compare(path.Base(a.Path)+"\x00"+a.Path, path.Base(b.Path)+"\x00"+b.Path)
	})
	files := make([]queryFile, len(r.files))
	names := map[string]int{}
	for i, f := range r.files {
		base := path.Base(f.Path)
		files[i] = newQueryFile(f, path.Join("queries", strconv.Itoa(names[base]), base))
		names[base]++
	}
	return files, r.errs
}

type queryReader struct {
	in    Input
	files []*source.File
	seen  map[string]bool
	errs  source.List
}

// place is where the config names the i-th path of queries:.
func (r *queryReader) place(i int) source.Span {
	n := resolved(get(r.in.SQL.Node, "queries"))
	if n != nil && n.Kind == yaml.SequenceNode && i < len(n.Content) {
		n = n.Content[i]
	}
	if n == nil {
		return r.in.SQL.Span
	}
	return r.in.Config.NodeSpan(n)
}

func (r *queryReader) pattern(pattern string, place source.Span) {
	paths, err := r.expand(filepath.ToSlash(pattern))
	switch {
	case errors.Is(err, doublestar.ErrBadPattern):
		r.report(place, CodeNoFile, "", "%s is not a valid pattern", pattern)
		return
	case err != nil:
		r.report(place, CodeNoFile, "paths are relative to the folder of the config", "%s does not exist", pattern)
		return
	}
	found := 0
	for _, p := range paths {
		found += r.path(p, place)
	}
	if found == 0 {
		r.report(place, CodeNoFile, "query files end in .sql", "%s names no query file", pattern)
	}
}

// expand is the absolute path that a pattern names, or the paths that match it.
func (r *queryReader) expand(pattern string) ([]string, error) {
	abs := r.absolute(pattern)
	if _, err := os.Stat(abs); err == nil || !strings.ContainsAny(pattern, "*?[{") {
		return []string{abs}, err
	}
	base, rest := doublestar.SplitPattern(pattern)
	matches, err := doublestar.Glob(os.DirFS(r.absolute(base)), rest)
	slices.Sort(matches)
	for i, m := range matches {
		matches[i] = r.absolute(path.Join(base, m))
	}
	return matches, err
}

func (r *queryReader) absolute(p string) string {
	if p = filepath.FromSlash(p); filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(r.in.Config.Dir, p)
}

// path reads a file or the files of a folder, and returns how many query files it is.
func (r *queryReader) path(abs string, place source.Span) int {
	entries, err := os.ReadDir(abs)
	if err != nil { // a file
		if !isQueryFile(abs) {
			return 0
		}
		r.file(abs, place)
		return 1
	}
	n := 0
	for _, e := range entries {
		if !e.IsDir() && isQueryFile(e.Name()) {
			r.file(filepath.Join(abs, e.Name()), place)
			n++
		}
	}
	return n
}

func isQueryFile(p string) bool {
	base := filepath.Base(p)
	return strings.HasSuffix(base, ".sql") && !strings.HasPrefix(base, ".") && !strings.HasSuffix(base, ".down.sql")
}

func (r *queryReader) file(abs string, place source.Span) {
	if r.seen[abs] {
		return
	}
	r.seen[abs] = true
	name := abs
	if rel, err := filepath.Rel(r.in.Config.Dir, abs); err == nil {
		name = rel
	}
	name = filepath.ToSlash(name)
	text, err := os.ReadFile(abs)
	if err != nil {
		r.report(place, CodeUnreadable, "", "cannot read %s: %v", name, errors.Unwrap(err))
		return
	}
	if !utf8.Valid(text) {
		file := source.NewFile(name, strings.ToValidUTF8(string(text), "\uFFFD"))
		at := strings.Index(file.Text, "\uFFFD")
		r.report(source.Span{File: file, Start: at, End: at + len("\uFFFD")}, CodeUnreadable,
			"save the file as UTF-8", "%s is not UTF-8", name)
		return
	}
	r.files = append(r.files, source.NewFile(name, string(text)))
}

func (r *queryReader) report(place source.Span, code, hint, format string, args ...any) {
	d := source.Errorf(place, code, format, args...)
	d.Hint = hint
	r.errs = append(r.errs, d)
}
