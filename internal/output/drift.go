package output

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// DriftKind says how a file differs from what generate would write.
type DriftKind string

const (
	// Changed: the file is as it was generated, or nothing is known of that, and would be generated otherwise now.
	Changed DriftKind = "changed"
	// Edited: the file is neither what would be generated now nor what was generated: it was changed by hand or in a merge.
	Edited DriftKind = "edited"
	// Missing: the file is not there.
	Missing DriftKind = "missing"
	// Stale: the file was generated once and is no longer.
	Stale DriftKind = "stale"
)

// Drift is one file that generate would change.
type Drift struct {
	Target string
	Path   string // relative to the project's root
	Kind   DriftKind
	// Have and Want are the contents; Have is nil for a missing file and Want for a stale one.
	Have, Want []byte
	// Locate finds the Origin; nil where there is none.
	Locate func() source.Span
}

// Origin is the place in the schema that the difference comes from, where that is known; of a missing file that has
// none, where the config names the target's folder. It is worked out when it is asked for.
func (d Drift) Origin() source.Span {
	if d.Locate == nil {
		return source.Span{}
	}
	return d.Locate()
}

// Check compares a target with the project's tree and writes nothing. The drifts are in order of path. The error is a
// source.List where the user has to act: a file that is not trefoil's is in a generated file's place.
func (t Target) Check(root string) ([]Drift, error) {
	c, err := t.Compare(root)
	if err != nil {
		return nil, err
	}
	return c.Drifts(), nil
}

// Comparison is a target held against the project's tree.
type Comparison struct {
	Target
	path     string   // of the folder
	folder   *os.Root // nil where there is none
	recorded manifest
	// present are the ordinary files in the folder, save for those in folders that are skipped.
	present map[string]bool
	// have is the manifest's text, nil where there is none.
	have   []byte
	drifts []Drift
	// manifestDrift is that of the manifest, if it has one.
	manifestDrift *Drift
	list          source.List
}

// Compare reads the target's folder and writes nothing. The error is that of Check.
func (t Target) Compare(root string) (*Comparison, error) {
	c := &Comparison{Target: t, path: pathOf(root, t.Dir), recorded: manifest{}}
	folder, err := openFolder(root, t.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, t.failure(CodeRead, "read", err, "")
	}
	if folder != nil {
		defer folder.Close()
		c.folder = folder
	}
	if err := errors.Join(c.walk(), c.readManifest(), c.files(), c.stale()); err != nil {
		return nil, t.failure(CodeRead, "read", err, "")
	}
	slices.SortFunc(c.drifts, func(a, b Drift) int { return cmp.Compare(a.Path, b.Path) })
	c.manifest()
	return c, c.list.Err()
}

// Drifts are the files that differ, in order of path. The manifest differs whenever another file does, and is left out then.
func (c *Comparison) Drifts() []Drift {
	if len(c.drifts) == 0 && c.manifestDrift != nil {
		return []Drift{*c.manifestDrift}
	}
	return c.drifts
}

// openFolder opens a folder of the project, so that nothing outside it can be reached, also not by symbolic links.
func openFolder(root, dir string) (*os.Root, error) {
	project, err := os.OpenRoot(root)
	if err != nil {
		return nil, err
	}
	defer project.Close()
	return project.OpenRoot(dir)
}

// pathOf is a folder of the project.
func pathOf(root, dir string) string { return filepath.Join(root, filepath.FromSlash(dir)) }

// readManifest reads what was generated, also by a run that was ended while it wrote.
func (c *Comparison) readManifest() (err error) {
	have, blocked, err := c.read(ManifestName)
	if blocked != nil {
		c.list = append(c.list, *blocked)
	}
	c.have, c.recorded = have, parseManifest(have)
	if err != nil || c.folder == nil {
		return err
	}
	j, err := readJournal(c.folder)
	for _, o := range j.Ops {
		if !o.Remove {
			c.recorded[o.Path] = append(c.recorded[o.Path], o.Sum)
		}
	}
	return ignoreMissing(err)
}

// read is a file of the folder, nil if it is not there. What is no file is told by the diagnostic.
func (c *Comparison) read(p string) ([]byte, *source.Diagnostic, error) {
	if c.folder == nil {
		return nil, nil, nil
	}
	if !c.present[p] {
		info, err := c.folder.Lstat(p)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, nil, nil
		case errors.Is(err, syscall.ENOTDIR):
			return nil, c.blocked("a file stands where the folder %s has to be", path.Join(c.Dir, path.Dir(p))), nil
		case err != nil:
			return nil, nil, err
		case info.IsDir():
			return nil, c.blocked("%s is a folder, and a file of that name has to be generated", path.Join(c.Dir, p)), nil
		case !info.Mode().IsRegular():
			return nil, c.blocked("%s is no ordinary file, and one of that name has to be generated", path.Join(c.Dir, p)), nil
		}
	}
	have, err := c.folder.ReadFile(p)
	if have == nil {
		have = []byte{}
	}
	return have, nil, err
}

func (c *Comparison) blocked(format string, args ...any) *source.Diagnostic {
	d := source.Errorf(c.Span, CodeNotOurs, format, args...)
	d.Hint = "move it away, or give the target another out folder"
	return &d
}

// found is what the comparison of one file comes to: nothing, a drift or a diagnostic.
type found struct {
	drift   *Drift
	blocked *source.Diagnostic
}

// files compares what the tree holds, side by side.
func (c *Comparison) files() error {
	paths := c.Tree.Paths()
	all := make([]found, len(paths))
	err := sideBySide(len(paths), func(i int, r *reader) (err error) {
		if c.present[paths[i]] && r.equals(c.folder, paths[i], c.Tree[paths[i]]) {
			return nil
		}
		all[i], err = c.file(paths[i])
		return err
	})
	for _, f := range all {
		if f.blocked != nil {
			c.list = append(c.list, *f.blocked)
		}
		if f.drift != nil {
			c.drifts = append(c.drifts, *f.drift)
		}
	}
	return err
}

func (c *Comparison) file(p string) (found, error) {
	have, blocked, err := c.read(p)
	want := c.Tree[p]
	if err != nil || blocked != nil || have != nil && bytes.Equal(have, want) {
		return found{blocked: blocked}, err
	}
	d := &Drift{Target: c.Name, Path: path.Join(c.Dir, p), Kind: c.kind(p, have), Have: have, Want: want}
	if d.Kind == "" {
		return found{blocked: c.blocked("%s was not generated, and a file of that name has to be", d.Path)}, nil
	}
	d.Locate = func() source.Span { return c.origin(p, *d) }
	return found{drift: d}, nil
}

// origin is the place that a drift comes from.
func (c *Comparison) origin(p string, d Drift) source.Span {
	var span source.Span
	if c.Origins != nil {
		span = c.Origins()[p].of(d)
	}
	if d.Kind == Missing && span.IsZero() {
		return c.Span
	}
	return span
}

// kind says how a file that differs came to differ; "" for a file that is the user's own.
func (c *Comparison) kind(p string, have []byte) DriftKind {
	switch {
	case have == nil:
		return Missing
	case c.recorded.holds(p, have):
		return Changed
	case c.recorded.has(p):
		return Edited
	case c.Foreign || Generated(have):
		return Changed
	}
	return ""
}

// walk finds the ordinary files.
func (c *Comparison) walk() error {
	c.present = map[string]bool{}
	if c.folder == nil {
		return nil
	}
	// The file system of os.Root would ask for each file's mode. No link is followed.
	return fs.WalkDir(os.DirFS(c.path), ".", func(p string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && p != "." && c.skipped(p, entry.Name()):
			return fs.SkipDir
		case entry.Type().IsRegular():
			c.present[p] = true
		}
		return nil
	})
}

// stale finds what was generated once. A file is known by trefoil's mark in it or by the manifest; sqlc's mark alone
// does not make it trefoil's, and in a foreign folder the manifest alone counts. All other files are the user's: they are not touched and not listed.
func (c *Comparison) stale() error {
	for _, p := range slices.Sorted(maps.Keys(c.present)) {
		if c.Tree.has(p) || p == ManifestName {
			continue
		}
		have, ours, err := c.ours(p)
		if err != nil {
			return err
		}
		if ours {
			c.drifts = append(c.drifts, Drift{Target: c.Name, Path: path.Join(c.Dir, p), Kind: Stale, Have: have})
		}
	}
	return nil
}

// skipped names folders that hold no generated file of this target's: those of tools, which can be very large, and
// those that have a manifest of their own.
func (c *Comparison) skipped(p, name string) bool {
	if name == "node_modules" || name == "__pycache__" || strings.HasPrefix(name, ".") {
		return true
	}
	_, err := c.folder.Lstat(path.Join(p, ManifestName))
	return err == nil
}

// ours reads a file and tells whether it was generated.
func (c *Comparison) ours(p string) ([]byte, bool, error) {
	head, err := c.head(p)
	if err != nil || (c.Foreign || !marked(head, Mark)) && !c.recorded.has(p) {
		return nil, false, err
	}
	have, err := c.folder.ReadFile(p)
	return have, err == nil && (Generated(head) || c.recorded.holds(p, have)), err
}

// head is the beginning of a file, where its mark would be.
func (c *Comparison) head(p string) ([]byte, error) {
	f, err := c.folder.Open(p)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, markWithin)
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return head[:n], err
}

// manifest compares the manifest with what it has to say after Write.
func (c *Comparison) manifest() {
	c.Sums = c.sumsOfTree()
	want := c.recorded.text(c.Sums, c.kept())
	if bytes.Equal(c.have, want) {
		return
	}
	c.manifestDrift = &Drift{Target: c.Name, Path: path.Join(c.Dir, ManifestName), Kind: Changed, Have: c.have, Want: want}
	if c.have == nil {
		c.manifestDrift.Kind = Missing
	}
}

// kept are the stale files that stay.
func (c *Comparison) kept() []string {
	var kept []string
	for _, d := range c.drifts {
		if c.KeepStale && d.Kind == Stale {
			kept = append(kept, c.within(d))
		}
	}
	return kept
}

// within is a drift's path relative to the target's folder.
func (c *Comparison) within(d Drift) string { return strings.TrimPrefix(d.Path, c.Dir+"/") }

// failure is a system's refusal as a diagnostic at the target's out.
func (t Target) failure(code, verb string, err error, consequence string) error {
	var list source.List
	if errors.As(err, &list) {
		return list
	}
	d := source.Errorf(t.Span, code, "cannot %s %s: %s", verb, t.Dir, reason(err))
	d.Hint = consequence
	return source.List{d}
}

// reason is an error without the paths of this machine.
func reason(err error) string {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return fmt.Sprintf("%s: %s", p.Path, p.Err)
	case errors.As(err, &l):
		return fmt.Sprintf("%s: %s", l.New, l.Err)
	}
	return err.Error()
}
