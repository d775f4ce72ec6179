package sqlc

import "github.com/trefoil-sql/trefoil/internal/catalog"

// inOrder writes ranges, composites and relations so that each comes after the types that it uses, else in the
// catalog's order. sqlc does not need that; PostgreSQL, which tests ask to accept the schema, does.
func (w *schemaWriter) inOrder() {
	o := orderer{w: w, todo: map[catalog.Name]func(){}}
	for i := range w.catalog.Ranges {
		r := &w.catalog.Ranges[i]
		o.add(r.Name, func() {
			o.need(r.Subtype)
			w.rangeType(r)
		})
		if r.Multirange.Name != "" {
			o.todo[r.Multirange] = func() { o.write(r.Name) }
		}
	}
	for i := range w.catalog.Composites {
		t := &w.catalog.Composites[i]
		o.add(t.Name, func() {
			for _, a := range t.Attributes {
				o.need(a.Type)
			}
			w.composite(t)
		})
	}
	for i := range w.catalog.Relations {
		r := &w.catalog.Relations[i]
		o.add(r.Name, func() {
			for _, c := range r.Columns {
				o.need(c.Type)
			}
			w.relation(r)
		})
	}
	for _, n := range o.names {
		o.write(n)
	}
}

type orderer struct {
	w     *schemaWriter
	names []catalog.Name
	todo  map[catalog.Name]func()
}

func (o *orderer) add(n catalog.Name, write func()) {
	o.names = append(o.names, n)
	o.todo[n] = write
}

func (o *orderer) need(t catalog.Type) {
	t, _ = o.w.lower(t)
	o.write(t.Name)
}

// write writes what has the name, once.
func (o *orderer) write(n catalog.Name) {
	if write, ok := o.todo[n]; ok {
		delete(o.todo, n)
		write()
	}
}
