package verify

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// sameInAnyVersion drops the differences that the server's version makes from one and the same statements: before 14 there
// are no multiranges, and since 17 the identity of a partitioned table's column is that of its partitions as well.
func sameInAnyVersion(server catalog.Document, diffs []Difference) []Difference {
	identities := partitionIdentities(server)
	none := slices.ContainsFunc(server.Ranges, func(r catalog.RangeDoc) bool { return r.Multirange.Name == "" })
	return slices.DeleteFunc(diffs, func(d Difference) bool {
		multirange := len(d.Steps) > 1 && d.Steps[0].Key == "ranges" && d.Steps[1].Key == "multirange"
		return multirange && none || d.Ours == "null" && identities[d.Path]
	})
}

// partitionIdentities are the paths of identities that a partition of the server has from its parent.
func partitionIdentities(server catalog.Document) map[string]bool {
	parents := map[catalog.NameDoc]map[string]string{}
	for _, r := range server.Relations {
		parents[r.NameDoc] = map[string]string{}
		for _, c := range r.Columns {
			if c.Identity != nil {
				parents[r.NameDoc][c.Name] = *c.Identity
			}
		}
	}
	paths := map[string]bool{}
	for _, r := range server.Relations {
		if r.PartitionOf == nil {
			continue
		}
		for _, c := range r.Columns {
			if c.Identity != nil && parents[*r.PartitionOf][c.Name] == *c.Identity {
				at := []Step{{"relations", r.Schema + "." + r.Name}, {"columns", c.Name}, {"identity", ""}}
				paths[joined(at)] = true
			}
		}
	}
	return paths
}
