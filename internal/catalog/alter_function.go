package catalog

import pg_query "github.com/pganalyze/pg_query_go/v5"

// alterFunction is ALTER FUNCTION; STRICT alone changes what is kept.
func (r *replay) alterFunction(st *statement, n *pg_query.AlterFunctionStmt) error {
	f, err := r.findFunction(st, n.Func, n.Objtype)
	if err != nil {
		return err
	}
	for _, a := range n.Actions {
		if def := a.GetDefElem(); def.Defname == "strict" {
			f.strict = def.Arg.GetBoolean().GetBoolval()
		}
	}
	return nil
}
