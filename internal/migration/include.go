package migration

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// include is a place where another file is to be read.
type include struct {
	span
	name string
	// beside is set if the name is relative to the file's directory. Else it is relative to where the tool runs, which
	// may be the project's directory or the one of the migrations.
	beside bool
}

func (b *blanker) sortedIncludes() []include {
	slices.SortFunc(b.includes, func(x, y include) int { return cmp.Compare(x.start, y.start) })
	return b.includes
}

// part takes over a part of a file, if there is anything in it: the rest is blanked.
func (r *reader) part(e entry, b *blanker, s span) {
	if len(bytes.TrimSpace(b.text[s.start:s.end])) == 0 {
		return
	}
	rest := &blanker{text: slices.Clone(b.text)}
	rest.blank(span{0, s.start})
	rest.blank(span{s.end, len(b.text)})
	r.files = append(r.files, source.NewFile(e.path, string(rest.text)))
}

// include reads the file that another one names, in the same way.
func (r *reader) include(in include, e entry, l *listing, by *layout) {
	dirs := []string{r.root, l.abs, filepath.Dir(e.abs)}
	if in.beside {
		dirs = dirs[2:]
	}
	for _, dir := range dirs {
		abs := filepath.FromSlash(in.name)
		if !filepath.IsAbs(abs) {
			abs = filepath.Join(dir, abs)
		}
		if info, err := os.Stat(abs); err == nil && info.Mode().IsRegular() {
			r.file(entry{&disk{path: relative(r.root, abs), abs: abs}, filepath.Base(abs)}, l, by)
			return
		}
	}
	at := source.Span{File: source.NewFile(e.path, e.load(&r.errs)), Start: in.start, End: in.end}
	d := source.Errorf(at, CodeMissing, "there is no file %q", in.name)
	d.Hint = "the name is relative to the directory of the configuration, or of the migrations"
	if in.beside {
		d.Hint = "the name is relative to the directory of this file"
	}
	r.errs = append(r.errs, d)
}
