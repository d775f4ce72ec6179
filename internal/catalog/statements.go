package catalog

import (
	"maps"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// handler replays one kind of statement.
type handler func(*replay, *statement) error

// handle fits a handler to the dispatch table.
func handle[N any](get func(*pg_query.Node) N, run func(*replay, *statement, N) error) handler {
	return func(r *replay, st *statement) error { return run(r, st, get(st.node)) }
}

// handlers are the statements that change the catalog, by the parser's name of their node.
var handlers map[string]handler

func init() {
	handlers = definitions()
	maps.Copy(handlers, changes())
}

// changes are the handlers of all statements but CREATE.
func changes() map[string]handler {
	return map[string]handler{
		"AlterDomainStmt":       handle((*pg_query.Node).GetAlterDomainStmt, (*replay).alterDomain),
		"AlterEnumStmt":         handle((*pg_query.Node).GetAlterEnumStmt, (*replay).alterEnum),
		"AlterExtensionStmt":    handle((*pg_query.Node).GetAlterExtensionStmt, (*replay).alterExtension),
		"AlterFunctionStmt":     handle((*pg_query.Node).GetAlterFunctionStmt, (*replay).alterFunction),
		"AlterObjectSchemaStmt": handle((*pg_query.Node).GetAlterObjectSchemaStmt, (*replay).setSchema),
		"AlterPolicyStmt":       handle((*pg_query.Node).GetAlterPolicyStmt, (*replay).alterPolicy),
		"AlterSeqStmt":          handle((*pg_query.Node).GetAlterSeqStmt, (*replay).alterSequence),
		"AlterTableStmt":        handle((*pg_query.Node).GetAlterTableStmt, (*replay).alterTable),
		"CallStmt":              handle((*pg_query.Node).GetCallStmt, (*replay).callStatement),
		"CommentStmt":           handle((*pg_query.Node).GetCommentStmt, (*replay).comment),
		"CopyStmt": func(r *replay, st *statement) error {
			r.write(st.node.GetCopyStmt().Relation)
			return nil
		},
		"DoStmt":   handle((*pg_query.Node).GetDoStmt, (*replay).do),
		"DropStmt": handle((*pg_query.Node).GetDropStmt, (*replay).dropStatement),
		"ImportForeignSchemaStmt": func(r *replay, st *statement) error {
			r.warn(st.head(), codeUndecided, "Write CREATE FOREIGN TABLE for the tables that are used.",
				"IMPORT FOREIGN SCHEMA is not replayed: only the foreign server knows its tables")
			return nil
		},
		"InsertStmt": func(r *replay, st *statement) error {
			r.write(st.node.GetInsertStmt().Relation)
			return nil
		},
		"MergeStmt": func(r *replay, st *statement) error {
			r.write(st.node.GetMergeStmt().Relation)
			return nil
		},
		"RenameStmt":      handle((*pg_query.Node).GetRenameStmt, (*replay).rename),
		"SelectStmt":      handle((*pg_query.Node).GetSelectStmt, (*replay).selectStatement),
		"TransactionStmt": handle((*pg_query.Node).GetTransactionStmt, (*replay).transaction),
		"VariableSetStmt": handle((*pg_query.Node).GetVariableSetStmt, (*replay).setVariable),
	}
}

// definitions are the handlers of CREATE in all its forms.
func definitions() map[string]handler {
	return map[string]handler{
		"CompositeTypeStmt": handle((*pg_query.Node).GetCompositeTypeStmt, (*replay).createComposite),
		"CreateAmStmt": func(r *replay, st *statement) error {
			r.db.methods[st.node.GetCreateAmStmt().Amname] = true
			return nil
		},
		"CreateCastStmt":      handle((*pg_query.Node).GetCreateCastStmt, (*replay).createCast),
		"CreateDomainStmt":    handle((*pg_query.Node).GetCreateDomainStmt, (*replay).createDomain),
		"CreateEnumStmt":      handle((*pg_query.Node).GetCreateEnumStmt, (*replay).createEnum),
		"CreateExtensionStmt": handle((*pg_query.Node).GetCreateExtensionStmt, (*replay).createExtension),
		"CreateForeignServerStmt": func(r *replay, st *statement) error {
			r.db.servers[st.node.GetCreateForeignServerStmt().Servername] = true
			return nil
		},
		"CreateForeignTableStmt": func(r *replay, st *statement) error {
			n := st.node.GetCreateForeignTableStmt()
			if !r.db.servers[n.Servername] {
				return failf(st.last(n.Servername), undefinedObject, "server %q does not exist", n.Servername)
			}
			return r.createTable(st, n.BaseStmt, foreign)
		},
		"CreateFunctionStmt": handle((*pg_query.Node).GetCreateFunctionStmt, (*replay).createFunction),
		"CreatePLangStmt": func(r *replay, st *statement) error {
			r.db.languages[st.node.GetCreatePlangStmt().Plname] = true
			return nil
		},
		"CreatePolicyStmt": handle((*pg_query.Node).GetCreatePolicyStmt, (*replay).createPolicy),
		"CreateRangeStmt":  handle((*pg_query.Node).GetCreateRangeStmt, (*replay).createRange),
		"CreateSchemaStmt": handle((*pg_query.Node).GetCreateSchemaStmt, (*replay).createSchema),
		"CreateSeqStmt":    handle((*pg_query.Node).GetCreateSeqStmt, (*replay).createSequence),
		"CreateStatsStmt":  handle((*pg_query.Node).GetCreateStatsStmt, (*replay).createStatistics),
		"CreateStmt": func(r *replay, st *statement) error {
			return r.createTable(st, st.node.GetCreateStmt(), ordinary)
		},
		"CreateTableAsStmt": handle((*pg_query.Node).GetCreateTableAsStmt, (*replay).createTableAs),
		"CreateTrigStmt":    handle((*pg_query.Node).GetCreateTrigStmt, (*replay).createTrigger),
		"DefineStmt":        handle((*pg_query.Node).GetDefineStmt, (*replay).define),
		"IndexStmt":         handle((*pg_query.Node).GetIndexStmt, (*replay).createIndex),
		"RuleStmt":          handle((*pg_query.Node).GetRuleStmt, (*replay).createRule),
		"ViewStmt":          handle((*pg_query.Node).GetViewStmt, (*replay).createView),
	}
}
