package nullability

import (
	"maps"
	"strings"
)

// outcomes is a set of what a value can turn out to be. A value that is not boolean is NULL, or it is notNull.
type outcomes byte

const (
	isNull outcomes = 1 << iota
	isTrue
	isFalse

	notNull    = isTrue | isFalse
	notTrue    = isFalse | isNull
	notFalse   = isTrue | isNull
	everything = isNull | isTrue | isFalse
)

// negated is what NOT makes of them.
func (o outcomes) negated() outcomes {
	n := o & isNull
	if o&isTrue != 0 {
		n |= isFalse
	}
	if o&isFalse != 0 {
		n |= isTrue
	}
	return n
}

// learned is what follows from something: the outcomes left for values, in the order of their keys, each key once. Impossible
// tells that it cannot be at all.
type learned struct {
	left       []conclusion
	impossible bool
}

// conclusion are the outcomes left for the value with a key.
type conclusion struct {
	key  string
	left outcomes
}

var (
	nothing    = learned{}
	impossible = learned{impossible: true}
)

// that is what is learned of one value; nothing if it has no key.
func that(key string, o outcomes) learned {
	if key == "" || o == everything {
		return nothing
	}
	return learned{left: []conclusion{{key, o}}}
}

// both is what follows when a and b hold.
func both(a, b learned) learned {
	if a.impossible || b.impossible {
		return impossible
	}
	if len(a.left) == 0 {
		return b
	}
	if len(b.left) == 0 {
		return a
	}
	left := make([]conclusion, 0, len(a.left)+len(b.left))
	for x, y := a.left, b.left; len(x) > 0 || len(y) > 0; {
		switch {
		case len(y) == 0 || len(x) > 0 && x[0].key < y[0].key:
			left, x = append(left, x[0]), x[1:]
		case y[0].left == 0:
			return impossible
		case len(x) == 0 || y[0].key < x[0].key:
			left, y = append(left, y[0]), y[1:]
		case x[0].left&y[0].left == 0:
			return impossible
		default:
			left = append(left, conclusion{x[0].key, x[0].left & y[0].left})
			x, y = x[1:], y[1:]
		}
	}
	return learned{left: left}
}

// either is what follows when a or b holds, and it is not known which.
func either(a, b learned) learned {
	if a.impossible {
		return b
	}
	if b.impossible {
		return a
	}
	var left []conclusion
	for x, y := a.left, b.left; len(x) > 0 && len(y) > 0; {
		switch {
		case x[0].key < y[0].key:
			x = x[1:]
		case y[0].key < x[0].key:
			y = y[1:]
		default:
			if o := x[0].left | y[0].left; o != everything {
				left = append(left, conclusion{x[0].key, o})
			}
			x, y = x[1:], y[1:]
		}
	}
	return learned{left: left}
}

// facts are what is known where a value is computed: of the rows of its query, of the queries around it, and of the
// branch that it stands in. They are not changed once they are complete.
type facts struct {
	known map[string]fact
	// impossible tells that nothing is ever computed here.
	impossible bool
	// blanked are columns that grouping sets replace by NULL.
	blanked map[string]bool
	scope   *scope
	// open tells that the facts are still being completed.
	open bool
}

// fact is what a value can be, and what says so.
type fact struct {
	left outcomes
	why  string
}

// of are the outcomes left for the value with this key.
func (f *facts) of(key string) outcomes {
	if k, ok := f.known[key]; ok {
		return k.left
	}
	return everything
}

// holds tells that the value with this key is not NULL; for a row, that it is there.
func (f *facts) holds(key string) bool { return f.of(key)&isNull == 0 }

// lacks tells that it is NULL; for a row, that it is not there.
func (f *facts) lacks(key string) bool { return f.of(key) == isNull }

// add notes what was learned, and tells whether it was new.
func (f *facts) add(l learned, why string) bool {
	if f.impossible {
		return false
	}
	if l.impossible {
		f.impossible = true
		return true
	}
	news := false
	for _, c := range l.left {
		news = f.note(c, why) || news
		if f.impossible {
			break
		}
	}
	return news
}

// note is add of one conclusion.
func (f *facts) note(c conclusion, why string) bool {
	have := f.of(c.key)
	if have&c.left == have {
		return false
	}
	if have &= c.left; have == 0 {
		f.impossible = true
	} else {
		f.known[c.key] = fact{have, why}
	}
	return true
}

// copy is one to add to, in a scope.
func (f *facts) copy(in *scope) *facts {
	return &facts{known: maps.Clone(f.known), impossible: f.impossible, blanked: f.blanked, scope: in}
}

// forget drops what is known of values that read a column of the source; that its row is there stays known.
func (f *facts) forget(s *entry) {
	maps.DeleteFunc(f.known, func(k string, _ fact) bool { return k != s.key && strings.Contains(k, s.mark()) })
}
