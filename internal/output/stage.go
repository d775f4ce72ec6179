package output

import (
	"errors"
	"os"
	"path/filepath"
)

// stage holds new contents in temporary files beside their places, so that putting them in place is a rename.
type stage struct {
	root  string
	temps map[string]string // project path -> temporary file
	dirs  []string          // folders made for the staging, outermost first
	done  []Drift           // put in place or removed already
}

// add writes the wanted content to a temporary file in the folder that it belongs in.
func (s *stage) add(d Drift) error {
	place := s.place(d)
	if err := s.mkdir(filepath.Dir(place)); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(place), ".trefoil-*")
	if err != nil {
		return err
	}
	if s.temps == nil {
		s.temps = map[string]string{}
	}
	s.temps[d.Path] = f.Name()
	_, err = f.Write(d.Want)
	return errors.Join(err, f.Chmod(0o644), f.Close())
}

func (s *stage) place(d Drift) string { return filepath.Join(s.root, filepath.FromSlash(d.Path)) }

// mkdir makes a folder and remembers which were made, so that a failure leaves none behind.
func (s *stage) mkdir(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := s.mkdir(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	s.dirs = append(s.dirs, dir)
	return nil
}

// commit renames all into place and removes what is stale; on a failure it restores what it had changed.
func (s *stage) commit(drifts []Drift) error {
	for _, d := range drifts {
		var err error
		if d.Kind == Stale {
			err = os.Remove(s.place(d))
		} else if err = os.Rename(s.temps[d.Path], s.place(d)); err == nil {
			delete(s.temps, d.Path)
		}
		if err != nil {
			return errors.Join(err, s.restore())
		}
		s.done = append(s.done, d)
	}
	s.dirs = nil
	return nil
}

func (s *stage) restore() error {
	var errs []error
	for _, d := range s.done {
		if d.Kind == Missing {
			errs = append(errs, os.Remove(s.place(d)))
		} else {
			errs = append(errs, os.WriteFile(s.place(d), d.Have, 0o644))
		}
	}
	return errors.Join(errs...)
}

// clean removes temporary files and, after a failure, the folders that were made for them.
func (s *stage) clean() {
	for _, temp := range s.temps {
		_ = os.Remove(temp)
	}
	for i := len(s.dirs) - 1; i >= 0; i-- {
		_ = os.Remove(s.dirs[i])
	}
}
