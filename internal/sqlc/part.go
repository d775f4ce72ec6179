package sqlc

import (
	"maps"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// returned are the types that built-in functions return. sqlc looks for a table of the name of what a function returns.
var returned = strings.Fields(`
	aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray anycompatiblerange
	anyelement anyenum anymultirange anynonarray anyrange bigint bit boolean box bytea char character cid cidr circle citext
	cstring cube date datemultirange daterange dblink_pkey_results double earth ean13 event_trigger fdw_handler gbtreekey16
	gbtreekey2 gbtreekey32 gbtreekey4 gbtreekey8 gbtreekey_var ghstore gtrgm gtsvector hstore index_am_handler inet int2vector
	int4multirange int4range int8multirange int8range intbig_gkey integer interval isbn isbn13 ismn ismn13 issn issn13 json
	jsonb jsonpath language_handler line lquery lseg ltree ltree_gist ltxtquery macaddr macaddr8 money name numeric
	nummultirange numrange oid oidvector path pg_brin_bloom_summary pg_brin_minmax_multi_summary pg_ddl_command
	pg_dependencies pg_lsn pg_mcv_list pg_ndistinct pg_node_tree pg_snapshot point polygon query_int real record regclass
	regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype seg smallint
	table_am_handler tablefunc_crosstab_2 tablefunc_crosstab_3 tablefunc_crosstab_4 text tid time timestamp trigger tsm_handler
	tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot unknown upc uuid void xid xid8 xml`)

// carver cuts the part of a catalog out that some queries can depend on: what they name, all functions, and what those
// have in their turn.
type carver struct {
	whole    *catalog.Catalog
	enums    []Enum
	lowering lowering
	schemas  []catalog.Schema
	// always are names of which a relation is in every part, since a function returns a type of that name.
	always map[string]bool
}

func newCarver(c *catalog.Catalog, enums []Enum) *carver {
	k := &carver{whole: c, enums: enums, lowering: newLowering(c, enums), always: set(returned...)}
	for _, s := range slices.Sorted(maps.Keys(schemasOf(c, enums))) {
		k.schemas = append(k.schemas, catalog.Schema{Name: s})
	}
	for _, f := range c.Functions {
		k.always[f.Returns.Name.Name] = true
	}
	return k
}

// part is the catalog and the value lists that queries with these words can depend on.
func (k *carver) part(words map[string]bool) (*catalog.Catalog, []Enum) {
	n := needs{carver: k, words: words, have: map[catalog.Name]bool{}}
	for _, f := range k.whole.Functions {
		n.typ(f.Returns)
		for _, a := range f.Args {
			n.typ(a.Type)
		}
	}
	// A type may need one that stands before it.
	for before := -1; before < len(n.have); {
		before = len(n.have)
		n.walk()
	}
	part := &catalog.Catalog{
		Schemas: k.schemas, Extensions: k.whole.Extensions, Domains: k.whole.Domains, Functions: k.whole.Functions,
		Enums:      keep(k.whole.Enums, func(e catalog.Enum) bool { return n.needed(e.Name) }),
		Composites: keep(k.whole.Composites, func(c catalog.Composite) bool { return n.needed(c.Name) }),
		Ranges:     keep(k.whole.Ranges, func(r catalog.Range) bool { return n.needed(r.Name) || n.needed(r.Multirange) }),
		Relations:  keep(k.whole.Relations, func(r catalog.Relation) bool { return n.needed(r.Name) || k.always[r.Name.Name] }),
	}
	return part, keep(k.enums, func(e Enum) bool { return n.needed(e.Name) })
}

func keep[T any](list []T, needed func(T) bool) []T {
	var kept []T
	for _, x := range list {
		if needed(x) {
			kept = append(kept, x)
		}
	}
	return kept
}

// needs is what one part has to hold.
type needs struct {
	*carver
	words map[string]bool
	have  map[catalog.Name]bool
}

// needed tells that queries name something, or that what they name has it.
func (n *needs) needed(name catalog.Name) bool { return n.words[name.Name] || n.have[name] }

// typ notes a type as the canonical schema declares it.
func (n *needs) typ(t catalog.Type) {
	t, _ = n.lowering.lower(t)
	n.have[t.Name] = true
}

// walk notes the types that what is needed so far has in it.
func (n *needs) walk() {
	for i := range n.whole.Relations {
		r := &n.whole.Relations[i]
		if !n.needed(r.Name) && !n.always[r.Name.Name] {
			continue
		}
		for _, c := range r.Columns {
			t, _ := n.lowering.column(r.Name, c)
			n.have[t.Name] = true
		}
	}
	for _, c := range n.whole.Composites {
		if n.needed(c.Name) {
			for _, a := range c.Attributes {
				n.typ(a.Type)
			}
		}
	}
	for _, r := range n.whole.Ranges {
		if n.needed(r.Name) || n.needed(r.Multirange) {
			n.have[r.Name] = true
			n.typ(r.Subtype)
		}
	}
}
