package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// pass is when PostgreSQL runs a command of ALTER TABLE: all drops first, constraints last.
type pass int

const (
	dropPass pass = iota
	typePass
	addColumnPass
	constraintPass
	attributePass
	lastPass
)

// alterRule is how one command of ALTER TABLE is replayed, and when.
type alterRule struct {
	pass pass
	run  func(*tableChange, *pg_query.AlterTableCmd) error
}

// alterRules are the commands that change what the catalog holds; alterIgnored are those that do not.
var alterRules = map[pg_query.AlterTableType]alterRule{
	pg_query.AlterTableType_AT_AddColumn:               {addColumnPass, (*tableChange).alterAddColumn},
	pg_query.AlterTableType_AT_DropColumn:              {dropPass, (*tableChange).alterDropColumn},
	pg_query.AlterTableType_AT_ColumnDefault:           {attributePass, (*tableChange).alterDefault},
	pg_query.AlterTableType_AT_DropNotNull:             {dropPass, (*tableChange).alterDropNotNull},
	pg_query.AlterTableType_AT_SetNotNull:              {attributePass, (*tableChange).alterSetNotNull},
	pg_query.AlterTableType_AT_DropExpression:          {dropPass, (*tableChange).alterDropExpression},
	pg_query.AlterTableType_AT_AlterColumnType:         {typePass, (*tableChange).alterColumnType},
	pg_query.AlterTableType_AT_AddConstraint:           {constraintPass, (*tableChange).alterAddConstraint},
	pg_query.AlterTableType_AT_DropConstraint:          {dropPass, (*tableChange).alterDropConstraint},
	pg_query.AlterTableType_AT_AlterConstraint:         {lastPass, (*tableChange).alterConstraint},
	pg_query.AlterTableType_AT_ValidateConstraint:      {lastPass, (*tableChange).alterValidate},
	pg_query.AlterTableType_AT_AddIdentity:             {attributePass, (*tableChange).alterAddIdentity},
	pg_query.AlterTableType_AT_SetIdentity:             {attributePass, (*tableChange).alterSetIdentity},
	pg_query.AlterTableType_AT_DropIdentity:            {dropPass, (*tableChange).alterDropIdentity},
	pg_query.AlterTableType_AT_EnableRowSecurity:       {lastPass, rowSecurity(func(r *relation) { r.rowSecurity = true })},
	pg_query.AlterTableType_AT_DisableRowSecurity:      {lastPass, rowSecurity(func(r *relation) { r.rowSecurity = false })},
	pg_query.AlterTableType_AT_ForceRowSecurity:        {lastPass, rowSecurity(func(r *relation) { r.forceRow = true })},
	pg_query.AlterTableType_AT_NoForceRowSecurity:      {lastPass, rowSecurity(func(r *relation) { r.forceRow = false })},
	pg_query.AlterTableType_AT_AddInherit:              {lastPass, (*tableChange).alterInherit},
	pg_query.AlterTableType_AT_DropInherit:             {lastPass, (*tableChange).alterNoInherit},
	pg_query.AlterTableType_AT_AttachPartition:         {lastPass, (*tableChange).alterAttach},
	pg_query.AlterTableType_AT_DetachPartition:         {lastPass, (*tableChange).alterDetach},
	pg_query.AlterTableType_AT_DetachPartitionFinalize: {lastPass, (*tableChange).alterDetach},
	pg_query.AlterTableType_AT_ClusterOn:               {lastPass, (*tableChange).alterCluster},
	pg_query.AlterTableType_AT_AddOf:                   {lastPass, (*tableChange).alterOf},
	pg_query.AlterTableType_AT_DropOf:                  {lastPass, (*tableChange).alterNotOf},
}

// alterIgnored are the commands of ALTER TABLE that change no shape: storage, statistics, owners, triggers' firing.
var alterIgnored = map[pg_query.AlterTableType]string{
	pg_query.AlterTableType_AT_SetStatistics:             "statistics",
	pg_query.AlterTableType_AT_SetOptions:                "storage",
	pg_query.AlterTableType_AT_ResetOptions:              "storage",
	pg_query.AlterTableType_AT_SetStorage:                "storage",
	pg_query.AlterTableType_AT_SetCompression:            "storage",
	pg_query.AlterTableType_AT_AlterColumnGenericOptions: "a foreign data wrapper's options",
	pg_query.AlterTableType_AT_ChangeOwner:               "ownership",
	pg_query.AlterTableType_AT_DropCluster:               "storage",
	pg_query.AlterTableType_AT_SetLogged:                 "storage",
	pg_query.AlterTableType_AT_SetUnLogged:               "storage",
	pg_query.AlterTableType_AT_DropOids:                  "storage",
	pg_query.AlterTableType_AT_SetAccessMethod:           "storage",
	pg_query.AlterTableType_AT_SetTableSpace:             "storage",
	pg_query.AlterTableType_AT_SetRelOptions:             "storage",
	pg_query.AlterTableType_AT_ResetRelOptions:           "storage",
	pg_query.AlterTableType_AT_ReplaceRelOptions:         "storage",
	pg_query.AlterTableType_AT_EnableTrig:                "when triggers fire",
	pg_query.AlterTableType_AT_EnableAlwaysTrig:          "when triggers fire",
	pg_query.AlterTableType_AT_EnableReplicaTrig:         "when triggers fire",
	pg_query.AlterTableType_AT_DisableTrig:               "when triggers fire",
	pg_query.AlterTableType_AT_EnableTrigAll:             "when triggers fire",
	pg_query.AlterTableType_AT_DisableTrigAll:            "when triggers fire",
	pg_query.AlterTableType_AT_EnableTrigUser:            "when triggers fire",
	pg_query.AlterTableType_AT_DisableTrigUser:           "when triggers fire",
	pg_query.AlterTableType_AT_EnableRule:                "when rules fire",
	pg_query.AlterTableType_AT_EnableAlwaysRule:          "when rules fire",
	pg_query.AlterTableType_AT_EnableReplicaRule:         "when rules fire",
	pg_query.AlterTableType_AT_DisableRule:               "when rules fire",
	pg_query.AlterTableType_AT_ReplicaIdentity:           "replication",
	pg_query.AlterTableType_AT_GenericOptions:            "a foreign data wrapper's options",
}

// alterKinds are the kinds that ALTER VIEW, ALTER INDEX and the like may be used for.
var alterKinds = map[pg_query.ObjectType]struct {
	kinds string
	word  string
}{
	pg_query.ObjectType_OBJECT_VIEW:          {"v", "a view"},
	pg_query.ObjectType_OBJECT_MATVIEW:       {"m", "a materialized view"},
	pg_query.ObjectType_OBJECT_INDEX:         {"i", "an index"},
	pg_query.ObjectType_OBJECT_SEQUENCE:      {"S", "a sequence"},
	pg_query.ObjectType_OBJECT_FOREIGN_TABLE: {"f", "a foreign table"},
	pg_query.ObjectType_OBJECT_TYPE:          {"c", "a composite type"},
}

// alterTable is ALTER TABLE, and ALTER of all else that has columns.
func (r *replay) alterTable(st *statement, n *pg_query.AlterTableStmt) error {
	rel := r.findRelation(n.Relation.Schemaname, n.Relation.Relname)
	if rel == nil {
		if n.MissingOk {
			return nil
		}
		return r.noRelation(st.rangeVarSpan(n.Relation), n.Relation.Schemaname, n.Relation.Relname)
	}
	if want, ok := alterKinds[n.Objtype]; ok && want.kinds != string(rel.kind) {
		return failf(st.rangeVarSpan(n.Relation), wrongObjectType, "%q is not %s", rel.name, want.word)
	}
	if rel.kind == composite && n.Objtype != pg_query.ObjectType_OBJECT_TYPE {
		return hinted(st.rangeVarSpan(n.Relation), wrongObjectType, "Use ALTER TYPE instead.", "%q is a composite type", rel.name)
	}
	if rel.schema.builtin {
		return failf(st.rangeVarSpan(n.Relation), insufficientPrivilege, "permission denied: %q is a system catalog", rel.name)
	}
	c := &tableChange{r: r, st: st, rel: rel, only: !n.Relation.Inh}
	cmds := make([]*pg_query.AlterTableCmd, len(n.Cmds))
	for i, cmd := range n.Cmds {
		cmds[i] = cmd.GetAlterTableCmd()
	}
	slices.SortStableFunc(cmds, func(a, b *pg_query.AlterTableCmd) int { return int(passOf(a) - passOf(b)) })
	now := dropPass
	for _, cmd := range cmds {
		if p := passOf(cmd); p != now {
			if p > constraintPass {
				c.apply()
			}
			now = p
		}
		c.note(c.command(cmd))
	}
	c.apply()
	return join(c.errs)
}

func passOf(cmd *pg_query.AlterTableCmd) pass {
	if cmd.Subtype == pg_query.AlterTableType_AT_ColumnDefault && cmd.Def == nil {
		return dropPass
	}
	return alterRules[cmd.Subtype].pass
}

func (c *tableChange) command(cmd *pg_query.AlterTableCmd) error {
	if rule, ok := alterRules[cmd.Subtype]; ok {
		if !c.allows(cmd) {
			return failf(c.st.head(), wrongObjectType, "ALTER action %s cannot be performed on relation %q", actionWords[cmd.Subtype], c.rel.name)
		}
		return rule.run(c, cmd)
	}
	if _, ok := alterIgnored[cmd.Subtype]; ok {
		return nil
	}
	return failf(c.st.head(), codeUnknownStatement, "trefoil does not know this form of ALTER TABLE: %s", cmd.Subtype)
}

// qualified is a relation's name as a statement has it.
func qualified(v *pg_query.RangeVar) string {
	if v.Schemaname != "" {
		return v.Schemaname + "." + v.Relname
	}
	return v.Relname
}

// alteredColumn finds the column that a command names.
func (c *tableChange) alteredColumn(name string) (*column, error) {
	return columnOf(c.rel, name, c.st.find(name, c.afterRelation()))
}

// afterRelation is where the statement's commands begin: behind the relation's name.
func (c *tableChange) afterRelation() int {
	if n := c.st.node.GetAlterTableStmt(); n != nil {
		return c.st.rangeVarSpan(n.Relation).End
	}
	return c.st.start
}

func rowSecurity(set func(*relation)) func(*tableChange, *pg_query.AlterTableCmd) error {
	return func(c *tableChange, _ *pg_query.AlterTableCmd) error {
		if c.rel.kind != ordinary && c.rel.kind != partitioned {
			return failf(c.st.head(), wrongObjectType, "ALTER action ENABLE ROW SECURITY cannot be performed on relation %q", c.rel.name)
		}
		set(c.rel)
		return nil
	}
}

// allows tells whether a command is for a relation of this kind: views have defaults only, composites columns only.
func (c *tableChange) allows(cmd *pg_query.AlterTableCmd) bool {
	switch c.rel.kind {
	case plainView:
		return cmd.Subtype == pg_query.AlterTableType_AT_ColumnDefault
	case composite:
		return cmd.Subtype == pg_query.AlterTableType_AT_AddColumn || cmd.Subtype == pg_query.AlterTableType_AT_DropColumn ||
			cmd.Subtype == pg_query.AlterTableType_AT_AlterColumnType
	case matView, sequenceRel:
		return false
	case indexKind:
		return cmd.Subtype == pg_query.AlterTableType_AT_AttachPartition
	}
	return true
}

// actionWords are the commands as PostgreSQL's messages call them.
var actionWords = map[pg_query.AlterTableType]string{
	pg_query.AlterTableType_AT_AddColumn:               "ADD COLUMN",
	pg_query.AlterTableType_AT_DropColumn:              "DROP COLUMN",
	pg_query.AlterTableType_AT_ColumnDefault:           "ALTER COLUMN ... SET DEFAULT",
	pg_query.AlterTableType_AT_DropNotNull:             "ALTER COLUMN ... DROP NOT NULL",
	pg_query.AlterTableType_AT_SetNotNull:              "ALTER COLUMN ... SET NOT NULL",
	pg_query.AlterTableType_AT_DropExpression:          "ALTER COLUMN ... DROP EXPRESSION",
	pg_query.AlterTableType_AT_AlterColumnType:         "ALTER COLUMN ... SET DATA TYPE",
	pg_query.AlterTableType_AT_AddConstraint:           "ADD CONSTRAINT",
	pg_query.AlterTableType_AT_DropConstraint:          "DROP CONSTRAINT",
	pg_query.AlterTableType_AT_AlterConstraint:         "ALTER CONSTRAINT",
	pg_query.AlterTableType_AT_ValidateConstraint:      "VALIDATE CONSTRAINT",
	pg_query.AlterTableType_AT_AddIdentity:             "ALTER COLUMN ... ADD IDENTITY",
	pg_query.AlterTableType_AT_SetIdentity:             "ALTER COLUMN ... SET",
	pg_query.AlterTableType_AT_DropIdentity:            "ALTER COLUMN ... DROP IDENTITY",
	pg_query.AlterTableType_AT_EnableRowSecurity:       "ENABLE ROW SECURITY",
	pg_query.AlterTableType_AT_DisableRowSecurity:      "DISABLE ROW SECURITY",
	pg_query.AlterTableType_AT_ForceRowSecurity:        "FORCE ROW SECURITY",
	pg_query.AlterTableType_AT_NoForceRowSecurity:      "NO FORCE ROW SECURITY",
	pg_query.AlterTableType_AT_AddInherit:              "INHERIT",
	pg_query.AlterTableType_AT_DropInherit:             "NO INHERIT",
	pg_query.AlterTableType_AT_AttachPartition:         "ATTACH PARTITION",
	pg_query.AlterTableType_AT_DetachPartition:         "DETACH PARTITION",
	pg_query.AlterTableType_AT_DetachPartitionFinalize: "DETACH PARTITION ... FINALIZE",
	pg_query.AlterTableType_AT_ClusterOn:               "CLUSTER ON",
	pg_query.AlterTableType_AT_AddOf:                   "OF",
	pg_query.AlterTableType_AT_DropOf:                  "NOT OF",
}
