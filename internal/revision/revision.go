// Package revision reads the files of a git revision with the git program. The working tree and the index are neither read
// nor touched.
package revision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Errors that say why there is nothing to read.
var (
	// ErrNoGit: there is no git program to ask.
	ErrNoGit = errors.New("the program git was not found")
	// ErrNotRepository: the directory is in no working tree of git.
	ErrNotRepository = errors.New("not in a git repository")
	// ErrUnknown: the repository has no such revision.
	ErrUnknown = errors.New("the repository has no such revision")
)

// Revision is a commit, seen from a directory of its repository.
type Revision struct {
	// Commit is the commit's full name.
	Commit string
	dir    string
	// prefix is the directory relative to the repository's root, with forward slashes; "" for the root itself.
	prefix string
}

// Resolve finds the commit that a name stands for in the repository that dir is in: a branch, a tag, a commit or any other
// form that git knows. The error is one of the package's, or what git said.
func Resolve(ctx context.Context, dir, name string) (Revision, error) {
	r := Revision{dir: dir}
	inside, err := r.git(ctx, "rev-parse", "--is-inside-work-tree")
	if errors.Is(err, exec.ErrNotFound) {
		return r, ErrNoGit
	}
	if refused := unsafe(err); refused != nil {
		return r, refused
	}
	if err != nil || strings.TrimSpace(string(inside)) != "true" {
		return r, ErrNotRepository
	}
	prefix, err := r.git(ctx, "rev-parse", "--show-prefix")
	if err != nil {
		return r, err
	}
	r.prefix = strings.TrimSuffix(strings.TrimSuffix(string(prefix), "\n"), "/")
	commit, err := r.git(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if err != nil {
		return r, ErrUnknown
	}
	r.Commit = strings.TrimSpace(string(commit))
	return r, nil
}

// unsafe is git's refusal to read a repository of another user, which is no lack of one.
func unsafe(err error) error {
	if err != nil && strings.Contains(err.Error(), "dubious ownership") {
		return err
	}
	return nil
}

// git runs a command of git's in the directory and gives its output. What it says of an error is the error.
func (r Revision) git(ctx context.Context, args ...string) ([]byte, error) {
	cmd := r.command(ctx, args...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil, fmt.Errorf("git %s: %s", args[0], strings.TrimSpace(said.String()))
	}
	return out, err
}

// command has git speak English and take no locks.
func (r Revision) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	return cmd
}

// Copy is the files of a revision in a temporary directory.
type Copy struct {
	// Root is the temporary directory, and Dir the directory in it that the revision was seen from.
	Root, Dir string
}

// Remove deletes the copy.
func (c Copy) Remove() error { return os.RemoveAll(c.Root) }

// Extract copies the revision's files to a temporary directory, byte for byte as the repository has them. Submodules, links
// that lead out of the repository, and files that are too large to be SQL (see maxSize) are left out.
func (r Revision) Extract(ctx context.Context) (Copy, error) {
	root, err := os.MkdirTemp("", "trefoil-revision-")
	if err != nil {
		return Copy{}, err
	}
	c := Copy{Root: root, Dir: filepath.Join(root, filepath.FromSlash(r.prefix))}
	if err := r.extract(ctx, root); err != nil {
		return Copy{}, errors.Join(err, c.Remove())
	}
	return c, nil
}
