package catalog

import pg_query "github.com/pganalyze/pg_query_go/v5"

func (c *tableChange) generatedKind(*pg_query.Constraint) Generated { return GeneratedStored }

func (c *tableChange) notNullMark(*pg_query.Constraint) (string, bool) { return "", false }

func (r *replay) selectCalls(st *statement, n *pg_query.SelectStmt) error {
	for _, t := range n.TargetList {
		call := t.GetResTarget().GetVal().GetFuncCall()
		if call == nil {
			continue
		}
		if _, name := splitName(stringsOf(call.Funcname)); name == "set_config" && len(call.Args) == 3 {
			if call.Args[0].GetAConst().GetSval().GetSval() == "search_path" {
				r.setPath(pathOf(call.Args[1].GetAConst().GetSval().GetSval()), call.Args[2].GetAConst().GetBoolval().GetBoolval())
			}
		}
	}
	return nil
}

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
