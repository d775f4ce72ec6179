package query

import "github.com/trefoil-sql/trefoil/internal/catalog"

// construct is the shape of an SQL/JSON constructor.
func (s shaper) construct(c *catalog.Construct) *Shape {
	return anyShape
}
