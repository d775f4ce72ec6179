package naming

import (
	"strconv"
	"strings"
)

// Scope makes the names within it unique. The zero Scope is empty.
type Scope struct {
	// Fold tells that names which differ in case only are the same, as files are on some systems.
	Fold bool
	used map[string]bool
}

// Take claims a name if it is free.
func (s *Scope) Take(name string) bool {
	key := s.key(name)
	if s.used[key] {
		return false
	}
	if s.used == nil {
		s.used = map[string]bool{}
	}
	s.used[key] = true
	return true
}

// Unique claims a name, or the first free one of name_2, name_3 and so on.
func (s *Scope) Unique(name string) string {
	unique := name
	for n := 2; !s.Take(unique); n++ {
		unique = name + "_" + strconv.Itoa(n)
	}
	return unique
}

func (s *Scope) key(name string) string {
	if s.Fold {
		return strings.ToLower(name)
	}
	return name
}
