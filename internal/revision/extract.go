package revision

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// maxSize is how many bytes a file may have that is not called .sql. Neither a config nor the files of a migration tool are
// that large, while a repository may hold gigabytes of other things.
const maxSize = 8 << 20

// entry is one file of a tree.
type entry struct {
	path   string
	object string
	size   int64
	link   bool
}

func (r Revision) extract(ctx context.Context, dir string) error {
	listing, err := r.git(ctx, "ls-tree", "-r", "-z", "-l", "--full-tree", r.Commit)
	if err != nil {
		return err
	}
	entries, err := parseTree(listing)
	if err != nil {
		return err
	}
	// Nothing that a tree says can lead out of the directory.
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := root.MkdirAll(filepath.FromSlash(path.Join(".", r.prefix)), 0o700); err != nil {
		return err
	}
	return r.blobs(ctx, entries, func(e entry, content io.Reader) error { return write(root, e, content) })
}

// parseTree reads the output of ls-tree -r -z -l: mode, type, object and size, a tab, and the path.
func parseTree(listing []byte) ([]entry, error) {
	var entries []entry
	for line := range bytes.SplitSeq(listing, []byte{0}) {
		if len(line) == 0 {
			continue
		}
		meta, name, ok := strings.Cut(string(line), "\t")
		fields := strings.Fields(meta)
		if !ok || len(fields) != 4 {
			return nil, fmt.Errorf("git ls-tree gave a line that cannot be read: %q", line)
		}
		if fields[1] != "blob" { // a submodule
			continue
		}
		size, err := strconv.ParseInt(fields[3], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("git ls-tree gave a size that cannot be read: %q", line)
		}
		if size <= maxSize || path.Ext(name) == ".sql" {
			entries = append(entries, entry{path: name, object: fields[2], size: size, link: fields[0] == "120000"})
		}
	}
	return entries, nil
}

// blobs hands the content of each entry on, in order, from one run of git cat-file.
func (r Revision) blobs(ctx context.Context, entries []entry, take func(entry, io.Reader) error) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := r.command(ctx, "cat-file", "--batch")
	var said bytes.Buffer
	cmd.Stderr = &said
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		w := bufio.NewWriter(in)
		for _, e := range entries {
			fmt.Fprintln(w, e.object)
		}
		w.Flush() // an error shows as a missing object
		in.Close()
	}()
	if err := readBlobs(bufio.NewReader(out), entries, take); err != nil {
		cancel()
		_ = cmd.Wait()
		if text := strings.TrimSpace(said.String()); text != "" {
			return fmt.Errorf("git cat-file: %s", text)
		}
		return err
	}
	return cmd.Wait()
}

// readBlobs reads the output of cat-file --batch: a line of object, type and size, the bytes, and a newline.
func readBlobs(out *bufio.Reader, entries []entry, take func(entry, io.Reader) error) error {
	for _, e := range entries {
		head, err := out.ReadString('\n')
		if err != nil {
			return fmt.Errorf("git cat-file ended before %s: %w", e.path, err)
		}
		if want := fmt.Sprintf("%s blob %d\n", e.object, e.size); head != want {
			return fmt.Errorf("git cat-file gave no content of %s: %s", e.path, strings.TrimSpace(head))
		}
		content := io.LimitReader(out, e.size)
		if err := take(e, content); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, content); err != nil {
			return err
		}
		if _, err := out.Discard(1); err != nil {
			return err
		}
	}
	return nil
}

func write(root *os.Root, e entry, content io.Reader) error {
	name := filepath.FromSlash(e.path)
	if !filepath.IsLocal(name) {
		return fmt.Errorf("the revision has a file of the name %q, which leads out of it", e.path)
	}
	if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	if e.link {
		return writeLink(root, name, content)
	}
	file, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	return errors.Join(err, file.Close())
}

// writeLink makes a link that stays within the repository, and leaves out any other.
func writeLink(root *os.Root, name string, content io.Reader) error {
	target, err := io.ReadAll(content)
	if err != nil {
		return err
	}
	to := filepath.FromSlash(string(target))
	if filepath.IsAbs(to) || !filepath.IsLocal(filepath.Join(filepath.Dir(name), to)) {
		return nil
	}
	return root.Symlink(to, name)
}
