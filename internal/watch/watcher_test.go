package watch

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// limit bounds every wait: what is to come comes long before.
const limit = 20 * time.Second

// project is a folder with a watcher on sqlc.yaml and on the SQL below schema, but for schema/gen.
type project struct {
	*testing.T
	dir string
	w   *Watcher
}

func newProject(t *testing.T) *project {
	t.Helper()
	w, err := New()
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, w.Close()) })
	p := &project{t, t.TempDir(), w}
	p.write("sqlc.yaml", "1")
	p.write("schema/1.sql", "one")
	p.write("schema/gen/out.sql", "made")
	p.watch()
	return p
}

func (p *project) watch() {
	require.NoError(p, p.w.Watch(Set{
		Files: []string{p.path("sqlc.yaml")}, Trees: []string{p.path("schema")}, Skip: []string{p.path("schema/gen")},
		Matters: func(name string) bool { return strings.HasSuffix(name, ".sql") },
	}))
}

func (p *project) path(name string) string { return filepath.Join(p.dir, filepath.FromSlash(name)) }

func (p *project) write(name, text string) {
	require.NoError(p, os.MkdirAll(filepath.Dir(p.path(name)), 0o755))
	require.NoError(p, os.WriteFile(p.path(name), []byte(text), 0o644))
}

// next waits for changes until it has seen as many as are wanted, and compares.
func (p *project) next(want ...string) {
	p.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	var got []string
	for len(got) < len(want) {
		changes, err := p.w.Next(ctx)
		require.NoError(p, err, "after %q, wanted %q", got, want)
		for _, c := range changes {
			rel, err := filepath.Rel(p.dir, c.Path)
			require.NoError(p, err)
			got = append(got, string(c.Kind)+" "+filepath.ToSlash(rel))
		}
	}
	assert.ElementsMatch(p, want, got)
}

func TestWhatIsSeen(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(p *project)
		want []string
	}{
		"a file is written to": {func(p *project) { p.write("schema/1.sql", "two") }, []string{"changed schema/1.sql"}},
		"a file comes":         {func(p *project) { p.write("schema/2.sql", "") }, []string{"added schema/2.sql"}},
		"a file goes": {func(p *project) { require.NoError(p, os.Remove(p.path("schema/1.sql"))) },
			[]string{"removed schema/1.sql"}},
		"the config":     {func(p *project) { p.write("sqlc.yaml", "2") }, []string{"changed sqlc.yaml"}},
		"it is replaced": {func(p *project) { p.replace("sqlc.yaml", "2") }, []string{"changed sqlc.yaml"}},
		"an editor writes beside and renames": {func(p *project) { p.replace("schema/1.sql", "two") },
			[]string{"changed schema/1.sql"}},
		"an editor keeps the old one": {func(p *project) {
			require.NoError(p, os.Rename(p.path("schema/1.sql"), p.path("schema/1.sql~")))
			p.write("schema/1.sql", "two")
		}, []string{"changed schema/1.sql"}},
		"a folder is made with files in it": {func(p *project) { p.write("schema/a/b/3.sql", "three") },
			[]string{"added schema/a/b/3.sql"}},
		"a folder is moved in": {func(p *project) {
			p.write("elsewhere/b/3.sql", "three")
			require.NoError(p, os.Rename(p.path("elsewhere"), p.path("schema/a")))
		}, []string{"added schema/a/b/3.sql"}},
		"a folder is linked in": {func(p *project) {
			p.write("elsewhere/3.sql", "three")
			require.NoError(p, os.Symlink(p.path("elsewhere"), p.path("schema/a")))
		}, []string{"added schema/a/3.sql"}},
		"the tree is replaced": {func(p *project) {
			require.NoError(p, os.Rename(p.path("schema"), p.path("old")))
			p.write("schema/2.sql", "two")
		}, []string{"removed schema/1.sql", "added schema/2.sql"}},
		"two files of one size swap names": {func(p *project) {
			p.write("schema/2.sql", "two")
			p.next("added schema/2.sql")
			require.NoError(p, os.Rename(p.path("schema/1.sql"), p.path("tmp")))
			require.NoError(p, os.Rename(p.path("schema/2.sql"), p.path("schema/1.sql")))
			require.NoError(p, os.Rename(p.path("tmp"), p.path("schema/2.sql")))
		}, []string{"changed schema/1.sql", "changed schema/2.sql"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProject(t)
			c.do(p)
			p.next(c.want...)
			// What came afterwards, in every folder that there is now, is seen as well.
			for _, dir := range p.w.set.scan().dirs {
				if rel, _ := filepath.Rel(p.path("schema"), dir); !strings.HasPrefix(rel, "..") {
					p.write(filepath.Join("schema", rel, "9.sql"), "nine")
					p.next("added " + filepath.ToSlash(filepath.Join("schema", rel, "9.sql")))
				}
			}
		})
	}
}

// replace writes a file as many editors do.
func (p *project) replace(name, text string) {
	p.write("new", text)
	require.NoError(p, os.Rename(p.path("new"), p.path(name)))
}

// TestWhatIsNotSeen does something that does not matter, then something that does: the one must not be told.
func TestWhatIsNotSeen(t *testing.T) {
	for name, do := range map[string]func(p *project){
		"a file is touched": func(p *project) {
			later := time.Now().Add(time.Hour)
			require.NoError(p, os.Chtimes(p.path("schema/1.sql"), later, later))
		},
		"the same is written again": func(p *project) { p.replace("schema/1.sql", "one") },
		"another folder":            func(p *project) { p.write("gen/x.sql", "x") },
		"a folder to skip":          func(p *project) { p.write("schema/gen/x.sql", "x") },
		"a file that is not SQL":    func(p *project) { p.write("schema/README.md", "x") },
		"a hidden file":             func(p *project) { p.write("schema/.1.sql.swp.sql", "x") },
		"a hidden folder":           func(p *project) { p.write("schema/.git/1.sql", "x") },
		"node_modules":              func(p *project) { p.write("schema/node_modules/1.sql", "x") },
		"it comes and goes": func(p *project) {
			p.write("schema/9.sql", "x")
			require.NoError(p, os.Remove(p.path("schema/9.sql")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProject(t)
			do(p)
			p.write("sqlc.yaml", "2")
			p.next("changed sqlc.yaml")
		})
	}
}

func TestWhatIsNotThereYet(t *testing.T) {
	p := newProject(t)
	require.NoError(t, p.w.Watch(Set{Files: []string{p.path("a/b/c.sql")}, Trees: []string{p.path("later/schema")}}))
	p.write("a/b/c.sql", "c")
	p.next("added a/b/c.sql")
	p.write("later/schema/x/1.sql", "one")
	p.next("added later/schema/x/1.sql")
	p.write("later/schema/x/1.sql", "two")
	p.next("changed later/schema/x/1.sql")
}

// TestAChangeDuringARun is one between two calls of Next: it must not be lost.
func TestAChangeDuringARun(t *testing.T) {
	p := newProject(t)
	p.write("schema/1.sql", "two")
	p.next("changed schema/1.sql")
	p.write("schema/1.sql", "three")
	p.write("schema/2.sql", "two")
	p.next("changed schema/1.sql", "added schema/2.sql")
}

func TestNextEndsWithItsContext(t *testing.T) {
	p := newProject(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := p.w.Next(ctx)
	assert.ErrorIs(t, err, context.Canceled)
}

// TestAChangeThatGoesOn never leaves a quiet moment: it is told all the same.
func TestAChangeThatGoesOn(t *testing.T) {
	p := newProject(t)
	done := make(chan struct{})
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		for n := 0; ; n++ {
			select {
			case <-done:
				return
			case <-time.After(quiet / 10):
				assert.NoError(t, os.WriteFile(p.path("schema/1.sql"), []byte(time.Now().String()), 0o644))
			}
		}
	}()
	p.next("changed schema/1.sql")
	close(done)
	<-stopped
}
