// Package setup looks at a project and makes its config: a new sqlc.yaml, or trefoil's part in the one that is there.
//
// What a file already says is never changed: text is put between its lines, and the result is held against what it
// should mean before anything is written.
package setup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/trefoil-sql/trefoil/internal/config"
)

// ConfigName is the file that a project without a config gets.
const ConfigName = "sqlc.yaml"

// Result is what Run found and did.
type Result struct {
	Project *Project
	// Config is the config's name, below the project's directory.
	Config string
	// Written are the files that were made or added to, relative to the directory, with forward slashes.
	Written []string
	// Present says which of trefoil's targets the config had before, and where; then nothing was written.
	Present []string
	// Advice is what is left to do by hand.
	Advice []string
}

// Run sets up trefoil in a directory; "" is the working directory. The error is a source.List about a config that is
// there and wrong, or any other error.
func Run(dir string) (*Result, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	p, err := Look(dir)
	if err != nil {
		return nil, err
	}
	r := &Result{Project: p, Config: p.Config}
	plan := plan{p: p, result: r}
	if p.Config == "" {
		r.Config = ConfigName
		err = plan.fresh()
	} else {
		err = plan.extend()
	}
	if err != nil {
		return nil, err
	}
	for _, f := range plan.files {
		if err := f.write(dir); err != nil {
			return nil, err
		}
		r.Written = append(r.Written, f.name)
	}
	return r, nil
}

// plan collects what is to be written.
type plan struct {
	p      *Project
	result *Result
	files  []file
}

// file is one file to write.
type file struct {
	name string // relative to the project's directory, with forward slashes
	text string
	// replaces is what is there now and is to be replaced; without it the file must not exist.
	replaces *string
}

// write puts the file in place: all of it or nothing.
func (f file) write(dir string) error {
	place := filepath.Join(dir, filepath.FromSlash(f.name))
	if f.replaces == nil {
		return create(place, f.text)
	}
	now, err := os.ReadFile(place)
	if err != nil {
		return err
	}
	if string(now) != *f.replaces {
		return fmt.Errorf("%s was changed meanwhile; nothing was written to it", f.name)
	}
	// A link stays a link to the file that is replaced.
	if place, err = filepath.EvalSymlinks(place); err != nil {
		return err
	}
	info, err := os.Stat(place)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(place), ".trefoil-*")
	if err != nil {
		return err
	}
	_, err = temp.WriteString(f.text)
	if err = errors.Join(err, temp.Chmod(info.Mode().Perm()), temp.Close()); err == nil {
		err = os.Rename(temp.Name(), place)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}

// create makes a file that must not be there yet.
func create(place, text string) error {
	f, err := os.OpenFile(place, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists already; it was left as it is", place)
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// checked loads a config's text as it would stand in the project. The error is a source.List.
func checked(name, text string) (*config.Config, error) {
	dir, err := os.MkdirTemp("", "trefoil-init-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		return nil, err
	}
	return config.Load(dir, name)
}
