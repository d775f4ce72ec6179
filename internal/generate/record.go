package generate

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/trefoil-sql/trefoil/internal/cache"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// record is what the cache keeps of a run: for each target the sums of its files, and the notes. Its key is of all that
// a run depends on. It holds no generated text: if the files are not what the sums say, the run is made.
type record struct {
	store *cache.Store // nil where nothing is kept
	cfg   *config.Config
	key   cache.Key
}

// newRecord finds a run's key. A run of other programs has none, since nobody knows what they depend on; nor has one
// whose inputs cannot be read.
func newRecord(store *cache.Store, cfg *config.Config, entries []*sources) *record {
	none := &record{}
	if store == nil {
		return none
	}
	h := hasher{sha256.New()}
	if !h.program() {
		return none
	}
	h.file(cfg.File)
	for i, entry := range cfg.SQL {
		if len(entry.Others) > 0 || !h.entry(entries[i]) {
			return none
		}
	}
	r := &record{store: store, cfg: cfg}
	h.Sum(r.key[:0])
	return r
}

// hasher makes a key. Each text is hashed with its length, so that no two lists of texts run together.
type hasher struct{ hash.Hash }

func (h hasher) text(s string) {
	fmt.Fprintf(h, "%d:", len(s))
	_, _ = io.WriteString(h, s)
}

func (h hasher) file(f *source.File) {
	h.text(f.Path)
	h.text(f.Text)
}

func (h hasher) files(files []*source.File) {
	h.text(fmt.Sprint(len(files)))
	for _, f := range files {
		h.file(f)
	}
}

// entry adds the sources of one sql: entry.
func (h hasher) entry(s *sources) bool {
	queries, err := s.queries.Files()
	if s.err != nil || err != nil {
		return false
	}
	h.files(s.schema.all)
	h.text(fmt.Sprint(s.schema.preludes))
	h.files(queries)
	h.text(s.notes.Error())
	return true
}

// headBytes is how much of the program's file is hashed: the linker puts a hash of the whole, its build ID, near the
// beginning.
const headBytes = 64 << 10

// program adds which trefoil this is: what it was built from, and its file's size, time and beginning.
func (h hasher) program() bool {
	exe, err := os.Executable()
	if err != nil {
		return false
	}
	f, err := os.Open(exe)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false
	}
	head := make([]byte, headBytes)
	n, err := io.ReadFull(f, head)
	if err != nil && n == 0 {
		return false
	}
	h.text(string(head[:n]))
	h.text(fmt.Sprint(info.Size(), info.ModTime().UnixNano()))
	if build, ok := debug.ReadBuildInfo(); ok {
		h.text(build.String())
	}
	return true
}

// recordText is a record as it is kept.
type recordText struct {
	Targets []recordTarget
	// Files are those that notes point into.
	Files []recordFile
	Notes []recordNote
}

type recordTarget struct{ Name, Dir, Manifest string }

type recordFile struct{ Path, Text string }

// recordNote is a diagnostic, with its own notes. File is an index, -1 for none.
type recordNote struct {
	File, Start, End    int
	Severity            source.Severity
	Code, Message, Hint string
	Notes               []recordNote
}

// keep puts a run's record into the cache.
func (r *record) keep(made *Result) {
	if r.store == nil {
		return
	}
	var text recordText
	for _, t := range made.Targets {
		text.Targets = append(text.Targets, recordTarget{t.Name, t.Dir, string(t.Manifest())})
	}
	files := map[*source.File]int{}
	for _, d := range made.Notes {
		n := text.note(d.Span, d.Message, files)
		n.Severity, n.Code, n.Hint = d.Severity, d.Code, d.Hint
		for _, below := range d.Notes {
			n.Notes = append(n.Notes, text.note(below.Span, below.Message, files))
		}
		text.Notes = append(text.Notes, n)
	}
	if b, err := json.Marshal(text); err == nil {
		r.store.Put(r.key, b)
	}
}

func (t *recordText) note(span source.Span, message string, files map[*source.File]int) recordNote {
	n := recordNote{File: -1, Start: span.Start, End: span.End, Message: message}
	if span.File == nil {
		return n
	}
	at, ok := files[span.File]
	if !ok {
		at = len(t.Files)
		files[span.File] = at
		t.Files = append(t.Files, recordFile{span.File.Path, span.File.Text})
	}
	n.File = at
	return n
}

// find looks for the record of a run on these inputs, and makes that run's result of it if the targets' folders are what
// the run would make them.
func (r *record) find(into *Result) bool {
	if r.store == nil {
		return false
	}
	b, ok := r.store.Get(r.key)
	var text recordText
	if !ok || json.Unmarshal(b, &text) != nil {
		return false
	}
	if !r.unchanged(text.Targets) {
		return false
	}
	done := []Written{}
	for _, t := range text.Targets {
		files := strings.Count(t.Manifest, "\n") - strings.Count(string(output.Target{}.Manifest()), "\n")
		done = append(done, Written{Target: t.Name, Dir: t.Dir, Files: files, Change: output.Change{Unchanged: files}})
	}
	into.Notes, into.upToDate = text.list(), done
	return true
}

// unchanged tells, of all targets side by side, that their folders are what the run made them.
func (r *record) unchanged(targets []recordTarget) bool {
	var group errgroup.Group
	for _, t := range targets {
		group.Go(func() error {
			if target := (output.Target{Name: t.Name, Dir: t.Dir}); !target.Unchanged(r.cfg.Dir, []byte(t.Manifest)) {
				return errChanged
			}
			return nil
		})
	}
	return group.Wait() == nil
}

var errChanged = errors.New("a target's folder has changed")

// list are the diagnostics.
func (t *recordText) list() source.List {
	files := make([]*source.File, len(t.Files))
	for i, f := range t.Files {
		files[i] = source.NewFile(f.Path, f.Text)
	}
	span := func(n recordNote) source.Span {
		if n.File < 0 || n.File >= len(files) {
			return source.Span{}
		}
		return source.Span{File: files[n.File], Start: n.Start, End: n.End}
	}
	var list source.List
	for _, n := range t.Notes {
		d := source.Diagnostic{Span: span(n), Severity: n.Severity, Code: n.Code, Message: n.Message, Hint: n.Hint}
		for _, below := range n.Notes {
			d.Notes = append(d.Notes, source.Note{Span: span(below), Message: below.Message})
		}
		list = append(list, d)
	}
	return list
}
