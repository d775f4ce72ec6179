package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

// ManifestName is the file in each target's folder that says what every other file held when it was generated.
const ManifestName = ".trefoil.sum"

// manifestHead is the manifest's beginning. The rest is lines as sha256sum writes them, in order of path.
const manifestHead = "# " + Mark + "\n# What each file held when `trefoil generate` wrote it. After a merge: trefoil generate\n"

// manifest holds the sums of each path. A path has several where a merge left the lines of both sides: the file is as
// generated when it has any of them.
type manifest map[string][]string

// sumBytes is how long a sum is, as hexadecimal digits.
const sumBytes = 2 * sha256.Size

// parseManifest reads the lines that are a sum, two spaces and a path. Anything else, such as the marks of a merge
// conflict, says nothing.
func parseManifest(text []byte) manifest {
	m := manifest{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if len(line) <= sumBytes {
			continue
		}
		path, ok := strings.CutPrefix(line[sumBytes:], "  ")
		if ok && path != "" && strings.Trim(line[:sumBytes], "0123456789abcdef") == "" {
			m[path] = append(m[path], line[:sumBytes])
		}
	}
	return m
}

// has tells that the file was generated once.
func (m manifest) has(path string) bool { return len(m[path]) > 0 }

// holds tells that the file is as it was generated.
func (m manifest) holds(path string, content []byte) bool {
	return slices.Contains(m[path], sum(content))
}

// text lists the sums of a tree, and of what was recorded before, those of the files that are kept.
func (m manifest) text(sums map[string]string, kept []string) []byte {
	all := maps.Clone(sums)
	for _, path := range kept {
		if m.has(path) {
			all[path] = m[path][0]
		}
	}
	b := bytes.NewBufferString(manifestHead)
	for _, path := range slices.Sorted(maps.Keys(all)) {
		b.WriteString(all[path] + "  " + path + "\n")
	}
	return b.Bytes()
}

// Sums are those of each file.
func (t Tree) Sums() map[string]string {
	sums := make(map[string]string, len(t))
	for path, content := range t {
		sums[path] = sum(content)
	}
	return sums
}

func sum(content []byte) string {
	s := sha256.Sum256(content)
	return hex.EncodeToString(s[:])
}
