package catalog

import (
	"strings"
	"testing"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"github.com/stretchr/testify/assert"
)

// TestEveryStatementIsKnown: each statement of the parser's grammar is either replayed or skipped for a stated reason.
func TestEveryStatementIsKnown(t *testing.T) {
	fields := (&pg_query.Node{}).ProtoReflect().Descriptor().Fields()
	known := map[string]bool{}
	for i := range fields.Len() {
		if fields.Get(i).Message() == nil {
			continue
		}
		name := string(fields.Get(i).Message().Name())
		if !strings.HasSuffix(name, "Stmt") || notTopLevel[name] {
			continue
		}
		known[name] = true
		_, replayed := handlers[name]
		reason, skipped := ignored[name]
		assert.True(t, replayed != skipped, "%s must be in just one of handlers and ignored", name)
		if skipped {
			assert.NotEmpty(t, reason.why, name)
		}
	}
	assert.Greater(t, len(known), 100)
	for name := range handlers {
		assert.True(t, known[name], "%s is no statement of the grammar", name)
	}
	for name := range ignored {
		assert.True(t, known[name], "%s is no statement of the grammar", name)
	}
}

// TestEveryAlterTableCommandIsKnown: so is each command of ALTER TABLE that the grammar can make.
func TestEveryAlterTableCommandIsKnown(t *testing.T) {
	for number, name := range pg_query.AlterTableType_name {
		kind := pg_query.AlterTableType(number)
		if number == 0 || madeByTheServer[kind] {
			continue
		}
		_, replayed := alterRules[kind]
		_, skipped := alterIgnored[kind]
		assert.True(t, replayed != skipped, "%s must be in just one of alterRules and alterIgnored", name)
	}
}

// madeByTheServer are commands that no statement says: the server makes them of others.
var madeByTheServer = map[pg_query.AlterTableType]bool{
	pg_query.AlterTableType_AT_AddColumnToView: true, pg_query.AlterTableType_AT_CookedColumnDefault: true,
	pg_query.AlterTableType_AT_CheckNotNull: true, pg_query.AlterTableType_AT_AddIndex: true, pg_query.AlterTableType_AT_ReAddIndex: true,
	pg_query.AlterTableType_AT_ReAddConstraint: true, pg_query.AlterTableType_AT_ReAddDomainConstraint: true,
	pg_query.AlterTableType_AT_AddIndexConstraint: true, pg_query.AlterTableType_AT_ReAddComment: true,
	pg_query.AlterTableType_AT_ReplaceRelOptions: true, pg_query.AlterTableType_AT_ReAddStatistics: true,
}

// TestEveryDropIsKnown: and each kind of object that DROP can name.
func TestEveryDropIsKnown(t *testing.T) {
	for kind := range droppers {
		_, skipped := dropIgnored[kind]
		assert.False(t, skipped, "%s is both dropped and ignored", kind)
	}
}
