package output

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// bigTarget is newTarget with one file of 256 KiB.
func bigTarget() Target {
	t := newTarget
	t.Tree = Tree{}
	for p, text := range newTarget.Tree {
		t.Tree[p] = text
	}
	t.Tree["sub/big.ts"] = append([]byte(mark), bytes.Repeat([]byte("x"), 1<<18)...)
	return t
}

// TestNoSpaceLeavesTheOldTree: the process may write no file beyond a limit, as on a full disk.
func TestNoSpaceLeavesTheOldTree(t *testing.T) {
	root := project(t)
	before := wholeTree(t, root, true)
	assert.Contains(t, limited(t, root, "write a big file", nil), "file too large")
	assert.Equal(t, before, wholeTree(t, root, true))
}

// TestAFullDiskLeavesTheOldTree is the same on a file system that has no more space, where one can be made.
func TestAFullDiskLeavesTheOldTree(t *testing.T) {
	own := &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Geteuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}},
	}
	probe := exec.Command("true")
	probe.SysProcAttr = own
	if err := probe.Run(); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	assert.Contains(t, limited(t, t.TempDir(), "write to a full disk", own), "no space left on device")
}

// limited runs a process of this binary that must fail, and returns why it did.
func limited(t *testing.T, root, do string, attr *syscall.SysProcAttr) string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.SysProcAttr = attr
	cmd.Env = append(os.Environ(), "OUTPUT_TEST_ROOT="+root, "OUTPUT_TEST_DO="+do, "OUTPUT_TEST_STEPS=1000")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}

func init() {
	children["write a big file"] = func(root string) error {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 16, Max: 1 << 16}); err != nil {
			return err
		}
		_, err := bigTarget().Write(root)
		fmt.Println(err)
		return nil
	}
	children["write to a full disk"] = func(root string) error {
		if err := syscall.Mount("tmpfs", root, "tmpfs", 0, "size=128k"); err != nil {
			return err
		}
		if _, err := oldTarget.Write(root); err != nil {
			return err
		}
		_, failed := bigTarget().Write(root)
		fmt.Println(failed)
		if drifts, err := oldTarget.Check(root); err != nil || len(drifts) > 0 {
			return fmt.Errorf("%v %v", drifts, err)
		}
		if exists, _ := filepath.Glob(filepath.Join(root, "gen/ts", workDir+"*")); exists != nil {
			return fmt.Errorf("%v is left", exists)
		}
		return nil
	}
}
