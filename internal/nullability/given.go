package nullability

import (
	"slices"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// given is what a table's CHECKs say of a row of which nothing else is known. It is the same for all queries, and found out
// once: a query that knows more of some columns asks the CHECKs on those again.
type given struct {
	groups []*checkGroup
	// group is that of each column, -1 for a column that no CHECK reads.
	group []int
	// loose are the groups with a value that reads no column, by its key.
	loose map[string][]int
}

// checkGroup are CHECKs that read the same columns: what one says can matter to another.
type checkGroup struct {
	checks []check
	// said is what they say, in the order of the keys. It is not known of those that look at more than columns.
	said  []saying
	known bool
}

// saying is a conclusion, in whose key anyRow stands for the number of the row's source. Column is the column that it is
// about, -1 for another value.
type saying struct {
	conclusion
	column int
	why    string
}

// anyRow stands for the number of a source, which has digits.
const anyRow = "@"

// given is what the table's CHECKs say.
func (t *table) given(c *catalog.Catalog) *given {
	t.once.Do(func() {
		g := &given{group: slices.Repeat([]int{-1}, len(t.columns)), loose: map[string][]int{}}
		for _, c := range t.checks {
			g.add(t, c)
		}
		a := newAnalysis(c, nil)
		for i, group := range g.groups {
			if group.known {
				g.ask(a, t, i)
			}
		}
		t.said = g
	})
	return t.said
}

// add puts a CHECK into a group, and makes one of those that it has columns of.
func (g *given) add(t *table, c check) {
	into := &checkGroup{known: true}
	at := len(g.groups)
	g.groups = append(g.groups, into)
	columns, plain := t.reads(c.Value)
	into.known = plain
	for _, column := range columns {
		if before := g.group[column]; before >= 0 && before != at {
			other := g.groups[before]
			into.checks, into.known = append(into.checks, other.checks...), into.known && other.known
			g.groups[before] = &checkGroup{}
			for i := range g.group {
				if g.group[i] == before {
					g.group[i] = at
				}
			}
		}
		g.group[column] = at
	}
	into.checks = append(into.checks, c)
	slices.SortStableFunc(into.checks, func(a, b check) int { return t.place(a) - t.place(b) })
}

// place is where a CHECK stands among those of the table.
func (t *table) place(c check) int {
	return slices.IndexFunc(t.checks, func(o check) bool { return o.name == c.name })
}

// reads are the columns that a CHECK reads. It is plain if what it says depends on nothing else that a query can know, save
// for what is known of constants and the like.
func (t *table) reads(v catalog.Value) (columns []int, plain bool) {
	plain = true
	visit(v, 0, func(v catalog.Value, _ int) {
		switch v := v.(type) {
		case *catalog.ColumnValue:
			if _, generated := t.generated[v.Index]; v.Index < 0 || v.Index >= len(t.columns) || generated {
				plain = false
			} else {
				columns = append(columns, v.Index)
			}
		case *catalog.Constant, *catalog.CastValue, *catalog.ArrayValue, *catalog.RowValue:
		case *catalog.WholeRow, *catalog.SubqueryValue, *catalog.ParameterValue:
			plain = false
		case *catalog.FunctionCall:
			plain = plain && (len(v.Args) == 0 || readsColumn(v))
		default:
			plain = plain && readsColumn(v)
		}
	})
	return columns, plain
}

func readsColumn(v catalog.Value) bool {
	found := false
	visit(v, 0, func(v catalog.Value, _ int) {
		_, column := v.(*catalog.ColumnValue)
		found = found || column
	})
	return found
}

// ask asks the CHECKs of a group of a row that is there.
func (g *given) ask(a *analysis, t *table, i int) {
	group := g.groups[i]
	s := &scope{query: &catalog.Query{}, around: a.outermost()}
	row := &entry{
		Source: &catalog.Source{Relation: &t.name, Columns: group.checks[0].Of.Columns}, scope: s, number: anyRow, key: "row#" + anyRow,
		keys: make([]string, len(t.columns)), narrowed: map[*facts]*facts{},
	}
	row.node = &node{key: row.key, source: row}
	s.sources = []*entry{row}
	s.rules = []rule{func(f *facts) bool { return a.askChecks(group.checks, row, f) }}
	f := &facts{known: map[string]fact{row.key: {left: notNull}}, scope: s}
	if !a.complete(f) || f.impossible {
		group.known = false
		return
	}
	for key, k := range f.known {
		if key == row.key {
			continue
		}
		said := saying{conclusion: conclusion{key, k.left}, column: -1, why: k.why}
		if c, ok := a.columns[key]; ok {
			said.column = c.index
		}
		group.said = append(group.said, said)
	}
	slices.SortFunc(group.said, func(a, b saying) int { return strings.Compare(a.key, b.key) })
	for _, c := range group.checks {
		in := a.standIn(c.Of, row, f)
		visit(c.Value, 0, func(v catalog.Value, _ int) {
			if k := a.key(v, in); k != "" && !strings.Contains(k, "#") && !slices.Contains(g.loose[k], i) {
				g.loose[k] = append(g.loose[k], i)
			}
		})
	}
}

// givenRow is what CHECKs say of the row of one entry of FROM.
type givenRow struct {
	*given
	source *entry
	// said is what each group says of this entry, all the outcomes by key.
	said [][]saying
	all  map[string]outcomes
	mark string
}

func (a *analysis) givenRow(t *table, s *entry) *givenRow {
	g := t.given(a.catalog)
	r := &givenRow{given: g, source: s, said: make([][]saying, len(g.groups)), all: map[string]outcomes{}, mark: s.mark()}
	for i, group := range g.groups {
		r.said[i] = make([]saying, len(group.said))
		for k, said := range group.said {
			if said.column >= 0 {
				said.key = a.sourceKey(s, said.column)
			} else {
				said.key = strings.ReplaceAll(said.key, "#"+anyRow, "#"+s.number)
			}
			r.said[i][k], r.all[said.key] = said, said.left
		}
	}
	return r
}

// apply adds what the CHECKs say. Groups of whose values the facts know more are asked.
func (r *givenRow) apply(a *analysis, f *facts) bool {
	more, any := r.knownMore(f)
	news := false
	for i, group := range r.groups {
		if any || !group.known || more[i] {
			news = a.askChecks(group.checks, r.source, f) || news
			continue
		}
		for _, said := range r.said[i] {
			news = f.note(said.conclusion, said.why) || news
		}
	}
	return news
}

// manyFacts is how many facts are so many that some CHECKs are not followed through, which is decided as they are asked.
const manyFacts = 200

// knownMore tells of which groups' values the facts know more than what the CHECKs say; any tells that it may be all.
func (r *givenRow) knownMore(f *facts) (more []bool, any bool) {
	if len(f.blanked) > 0 || len(f.known) > manyFacts || f.impossible {
		return nil, true
	}
	more = make([]bool, len(r.groups))
	for key, k := range f.known {
		if o, ok := r.all[key]; ok && o == k.left {
			continue
		}
		for _, i := range r.loose[key] {
			more[i] = true
		}
		for rest := key; ; {
			_, after, ok := strings.Cut(rest, r.mark)
			if !ok {
				break
			}
			number, _, _ := strings.Cut(after, ";")
			column, err := strconv.Atoi(number)
			if err != nil || column >= len(r.group) {
				return nil, true // a system column
			}
			if i := r.group[column]; i >= 0 {
				more[i] = true
			}
			rest = after
		}
	}
	return more, false
}
