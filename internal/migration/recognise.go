package migration

// Recognised is how a path would be read.
type Recognised struct {
	// Layout is one of Layouts.
	Layout string
	// Files is how many files are applied.
	Files int
}

// Recognise tells how Read would read a file or directory, relative to the absolute directory root; false if there is
// no SQL to read. What is wrong with it is for Read to say.
func Recognise(root, path string) (Recognised, bool) {
	r := &reader{root: root, seen: map[string]bool{}}
	all := r.listings(path)
	if len(all) != 1 || len(all[0].sql) == 0 {
		return Recognised{}, false
	}
	chosen, _ := r.recognise(all[0])
	r.directory(all[0], nil, false)
	return Recognised{Layout: chosen.name, Files: len(r.seen)}, len(r.seen) > 0
}
