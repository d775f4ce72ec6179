package nullability

import (
	"runtime"
	"sync"
	"weak"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// memo keeps what was found out about the relations of a catalog, for as long as the catalog is in use.
type memo struct {
	mu     sync.Mutex
	tables map[catalog.Name]*table
	views  map[catalog.Name][]Verdict
	// relations and domains are the catalog's, by name; children are the tables that inherit from one, at any distance.
	relations map[catalog.Name]*catalog.Relation
	domains   map[catalog.Name]*catalog.Domain
	children  map[catalog.Name][]*catalog.Relation
}

// memos are by weak.Pointer[catalog.Catalog], and go with it.
var memos sync.Map

func memoOf(c *catalog.Catalog) *memo {
	key := weak.Make(c)
	if m, ok := memos.Load(key); ok {
		return m.(*memo)
	}
	have, loaded := memos.LoadOrStore(key, newMemo(c))
	if !loaded {
		runtime.AddCleanup(c, func(key weak.Pointer[catalog.Catalog]) { memos.Delete(key) }, key)
	}
	return have.(*memo)
}

func newMemo(c *catalog.Catalog) *memo {
	m := &memo{
		tables: map[catalog.Name]*table{}, views: map[catalog.Name][]Verdict{}, relations: map[catalog.Name]*catalog.Relation{},
		domains: map[catalog.Name]*catalog.Domain{}, children: map[catalog.Name][]*catalog.Relation{},
	}
	// Copies: a pointer into the catalog would keep it in use.
	for _, r := range c.Relations {
		m.relations[r.Name] = &r
	}
	for _, d := range c.Domains {
		m.domains[d.Name] = &d
	}
	for _, r := range c.Relations {
		m.inherit(m.relations[r.Name], r.Name, map[catalog.Name]bool{})
	}
	return m
}

// inherit makes a relation a child of all above one.
func (m *memo) inherit(child *catalog.Relation, from catalog.Name, seen map[catalog.Name]bool) {
	r := m.relations[from]
	if r == nil || seen[from] {
		return
	}
	seen[from] = true
	parents := r.Inherits
	if r.PartitionOf != nil {
		parents = append(parents[:len(parents):len(parents)], *r.PartitionOf)
	}
	for _, p := range parents {
		if !seen[p] {
			m.children[p] = append(m.children[p], child)
		}
		m.inherit(child, p, seen)
	}
}

// load gives what is kept under a name, and finds it first where it is not there. What is found takes no lock, so that
// it may ask for other names.
func load[T any](m *memo, kept map[catalog.Name]T, name catalog.Name, find func() T) T {
	m.mu.Lock()
	have, ok := kept[name]
	m.mu.Unlock()
	if ok {
		return have
	}
	found := find()
	m.mu.Lock()
	defer m.mu.Unlock()
	kept[name] = found
	return found
}
