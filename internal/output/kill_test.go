//go:build unix

package output

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain lets this binary be a process that writes and is killed before its n-th step.
func TestMain(m *testing.M) {
	if root := os.Getenv("OUTPUT_TEST_ROOT"); root != "" {
		child(root, os.Getenv("OUTPUT_TEST_DO"))
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func child(root, do string) {
	left, err := strconv.Atoi(os.Getenv("OUTPUT_TEST_STEPS"))
	if err != nil {
		panic(err)
	}
	Step = func(name string) {
		if left--; left < 0 {
			fmt.Println(name)
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	if err := children[do](root); err != nil {
		panic(err)
	}
}

// children are what the other process can do.
var children = map[string]func(root string) error{
	"write": func(root string) error {
		_, err := newTarget.Write(root)
		return err
	},
	"recover": func(root string) error {
		_, err := Recover(root, newTarget)
		return err
	},
	"hold the lock": func(root string) error {
		unlock, err := Lock(context.Background(), root, false, func() {})
		if err == nil {
			fmt.Println("locked")
			time.Sleep(time.Hour)
			unlock()
		}
		return err
	},
}

// spawn runs this binary as a process of its own and tells whether it was killed.
func spawn(t *testing.T, root, do string, steps int) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "OUTPUT_TEST_ROOT="+root, "OUTPUT_TEST_DO="+do, "OUTPUT_TEST_STEPS="+strconv.Itoa(steps))
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		require.Equal(t, syscall.SIGKILL, exit.Sys().(syscall.WaitStatus).Signal(), "%s", out)
		return true
	}
	require.NoError(t, err, "%s", out)
	return false
}

var (
	oldTarget = Target{Name: "zod", Dir: "gen/ts", Tree: Tree{
		"changed.ts": []byte(mark + "old"), "gone.ts": []byte(mark + "gone"), "same.ts": []byte(mark + "same"),
		"gone/deep.ts": []byte(mark), "plain": []byte("no mark"),
	}}
	newTarget = Target{Name: "zod", Dir: "gen/ts", Tree: Tree{
		"changed.ts": []byte(mark + "new"), "added.ts": []byte(mark + "added"), "same.ts": []byte(mark + "same"),
		"sub/sub/deep.ts": []byte(mark + "deep"), "sub/a.ts": []byte(mark),
	}}
)

// project is a folder with the old tree and a file of the user's.
func project(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	write(t, root, "gen/ts/mine.ts", "// mine\n")
	_, err := oldTarget.Write(root)
	require.NoError(t, err)
	long := time.Now().Add(-time.Hour).Truncate(time.Second)
	for path := range files(t, root) {
		require.NoError(t, os.Chtimes(filepath.Join(root, path), long, long))
	}
	return root
}

// wholeTree are the files with their times, and the folders.
func wholeTree(t *testing.T, root string, times bool) map[string]string {
	t.Helper()
	got := files(t, root)
	require.NoError(t, filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		info, _ := d.Info()
		rel, _ := filepath.Rel(root, path)
		switch {
		case d.IsDir():
			got[rel] = "folder"
		case times:
			got[rel] += " " + info.ModTime().String()
		}
		return err
	}))
	return got
}

// TestAProcessKilledAtAnyStepLeavesTheOldTreeOrTheNew kills a writing process before each of its steps, and recovering
// ones too.
func TestAProcessKilledAtAnyStepLeavesTheOldTreeOrTheNew(t *testing.T) {
	before, after := wholeTree(t, project(t), false), map[string]string{}
	olds, news, half := 0, 0, 0
	for n := 0; ; n++ {
		root := project(t)
		timed := wholeTree(t, root, true)
		if !spawn(t, root, "write", n) {
			after = wholeTree(t, root, false)
			break
		}
		if newTarget.HalfWritten(root) {
			half++
			killRecoveries(t, root)
		}
		_, err := Recover(root, newTarget)
		require.NoError(t, err)
		if got := wholeTree(t, root, true); got["gen/ts/.trefoil.sum"] == timed["gen/ts/.trefoil.sum"] {
			olds++
			require.Equal(t, timed, got, "killed before step %d", n)
		} else {
			news++
		}
		_, err = newTarget.Write(root)
		require.NoError(t, err)
		drifts, err := newTarget.Check(root)
		require.NoError(t, err)
		require.Empty(t, drifts)
	}
	assert.NotEqual(t, before, after)
	assert.Equal(t, string(newTarget.Tree["sub/sub/deep.ts"]), after["gen/ts/sub/sub/deep.ts"])
	assert.NotContains(t, after, "gen/ts/gone", "a folder that became empty")
	assert.NotContains(t, after, "gen/ts/plain", "a file that only the manifest knows")
	assert.GreaterOrEqual(t, half, 9, "each rename")
	assert.Greater(t, olds, half)
	assert.Positive(t, news)
}

// killRecoveries cuts off recovery after recovery, each one step later than the one before it.
func killRecoveries(t *testing.T, root string) {
	t.Helper()
	for n := 0; spawn(t, root, "recover", n); n++ {
		require.Less(t, n, 50)
	}
}

// TestTheFirstWritingOfAProjectLeavesNothingBehind: there was no folder before.
func TestTheFirstWritingOfAProjectLeavesNothingBehind(t *testing.T) {
	for n := 0; ; n++ {
		root := t.TempDir()
		if !spawn(t, root, "write", n) {
			break
		}
		_, err := Recover(root, newTarget)
		require.NoError(t, err)
		if got := files(t, root); len(got) > 0 {
			require.Len(t, got, len(newTarget.Tree)+1)
		}
	}
}

// TestRecoveryLeavesWhatTheUserDidSince: after the kill, files were edited, removed and made by hand.
func TestRecoveryLeavesWhatTheUserDidSince(t *testing.T) {
	root := project(t)
	end := 0
	for ; spawn(t, root, "write", end) && !newTarget.HalfWritten(root); end++ {
		root = project(t)
	}
	// All renames are done when the journal is still there and the next step would be after it.
	for root = project(t); spawn(t, root, "write", end+1) && newTarget.HalfWritten(root); end++ {
		root = project(t)
	}
	root = project(t)
	require.True(t, spawn(t, root, "write", end))
	require.True(t, newTarget.HalfWritten(root))
	write(t, root, "gen/ts/changed.ts", "by hand")
	write(t, root, "gen/ts/added.ts", "by hand too")
	write(t, root, "gen/ts/gone.ts", "made again")
	write(t, root, "gen/ts/sub/mine.ts", "mine")
	half, err := Recover(root, newTarget)
	require.NoError(t, err)
	require.Equal(t, []string{"gen/ts"}, half)
	got := files(t, root)
	assert.Equal(t, "by hand", got["gen/ts/changed.ts"])
	assert.Equal(t, "by hand too", got["gen/ts/added.ts"])
	assert.Equal(t, "made again", got["gen/ts/gone.ts"])
	assert.Equal(t, "mine", got["gen/ts/sub/mine.ts"])
	assert.Equal(t, mark, got["gen/ts/gone/deep.ts"])
	assert.NotContains(t, got, "gen/ts/sub/a.ts")
}

func TestLock(t *testing.T) {
	root := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "OUTPUT_TEST_ROOT="+root, "OUTPUT_TEST_DO=hold the lock", "OUTPUT_TEST_STEPS=0")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	_, err = out.Read(make([]byte, 6))
	require.NoError(t, err)

	for _, shared := range []bool{false, true} {
		ctx, cancel := context.WithTimeout(context.Background(), 60*time.Millisecond)
		busy := 0
		_, err = Lock(ctx, root, shared, func() { busy++ })
		cancel()
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 1, busy)
	}
	// A killed process holds nothing.
	require.NoError(t, cmd.Process.Kill())
	unlock, err := Lock(context.Background(), root, true, func() {})
	require.NoError(t, err)
	again, err := Lock(context.Background(), root, true, func() { t.Error("runs that only read share the lock") })
	require.NoError(t, err)
	again()
	unlock()
	_ = cmd.Wait()
	assert.Empty(t, files(t, root), "nothing is written into the project")
}

// TestTheLockFileOfAProject is where folders cannot be locked: one file whatever name the project is reached by.
func TestTheLockFileOfAProject(t *testing.T) {
	root, link := t.TempDir(), filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(root, link))
	one, err := lockFile(root)
	require.NoError(t, err)
	two, err := lockFile(link)
	require.NoError(t, err)
	assert.Equal(t, one.Path(), two.Path())
	defer os.Remove(one.Path())
	ok, err := try(one, false)
	require.NoError(t, err)
	assert.True(t, ok)
	ok, err = try(two, false)
	require.NoError(t, err)
	assert.False(t, ok)
	require.NoError(t, one.Unlock())
}
