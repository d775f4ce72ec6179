package query

import "github.com/trefoil-sql/trefoil/internal/catalog"

// construct is the shape of what JSON_OBJECT or JSON_ARRAY makes. What is NULL is left out or is JSON's null.
func (s shaper) construct(c *catalog.Construct) *Shape {
	switch c.Name {
	case "json_object":
		out := s.object(c.Args)
		for i, k := range out.Keys {
			if c.AbsentOnNull && k.Nullable {
				out.Keys[i].Nullable, out.Keys[i].Optional = false, true
			}
		}
		return out
	case "json_array":
		if len(c.Args) == 1 && isArraySubquery(c.Args[0]) {
			return anyShape // of one array, or of the rows of a query
		}
		out := s.list(c.Args...)
		out.ElemNullable = out.ElemNullable && !c.AbsentOnNull
		return out
	}
	return anyShape
}

func isArraySubquery(v catalog.Value) bool {
	q, ok := v.(*catalog.SubqueryValue)
	return ok && q.Kind == "array"
}
