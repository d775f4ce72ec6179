package catalog

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// TestEveryConstraintNameIsKnown: whatever made or renamed a constraint, its name is known to be taken; and whatever made
// a table a child, it is found.
func TestEveryConstraintNameIsKnown(t *testing.T) {
	r := &replay{db: newDatabase(), settings: map[string]string{}}
	all := source.NewFile("all.sql", `
CREATE DOMAIN d AS int CHECK (VALUE > 0) CONSTRAINT named CHECK (VALUE < 9);
ALTER DOMAIN d RENAME CONSTRAINT named TO renamed;
ALTER DOMAIN d ADD CHECK (VALUE <> 5);
CREATE TABLE parent (id int PRIMARY KEY, n int CHECK (n > 0), u int UNIQUE, k d);
CREATE TABLE child (c int REFERENCES parent (id)) INHERITS (parent);
CREATE TABLE later (id int NOT NULL, n int, u int, k d, CONSTRAINT parent_n_check CHECK (n > 0), CONSTRAINT m CHECK (n > 1));
ALTER TABLE later INHERIT parent;
ALTER TABLE parent RENAME CONSTRAINT parent_n_check TO n_positive;
ALTER TABLE parent RENAME CONSTRAINT parent_pkey TO pk;
ALTER INDEX parent_u_key RENAME TO uk;
CREATE TABLE copied (LIKE parent INCLUDING ALL);
CREATE TABLE ranged (id int, at date, UNIQUE (id, at)) PARTITION BY RANGE (at);
CREATE TABLE part PARTITION OF ranged FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
ALTER TABLE ranged ADD CHECK (id > 0);
ALTER TABLE ranged ADD FOREIGN KEY (id) REFERENCES parent;
CREATE TABLE attached (id int, at date, CONSTRAINT ranged_id_check CHECK (id > 0));
ALTER TABLE ranged ATTACH PARTITION attached DEFAULT;
CREATE UNIQUE INDEX ui ON child (c);
ALTER TABLE child ADD CONSTRAINT by_index UNIQUE USING INDEX ui;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON parent FOR EACH ROW EXECUTE FUNCTION f();
CREATE SCHEMA other;
ALTER TABLE copied SET SCHEMA other;
BEGIN;
CREATE TABLE gone (id int CONSTRAINT undone CHECK (id > 0));
ROLLBACK;
ALTER TABLE later ADD CONSTRAINT undone CHECK (id > 0);
`)
	r.file(parseAhead([]*source.File{all})())
	for _, d := range r.list {
		assert.NotEqual(t, source.Error, d.Severity, d.Message)
	}
	var names []string
	for _, s := range r.db.schemas {
		for _, rel := range s.relations {
			for _, con := range rel.constraints {
				names = append(names, con.name)
				assert.True(t, r.db.hasConstraint(s, con.name), "%s of %s", con.name, rel.name)
			}
			for _, parent := range rel.parents {
				assert.Contains(t, r.children(parent), rel)
			}
		}
		for _, typ := range s.types {
			for _, con := range typ.checks {
				names = append(names, con.name)
				assert.True(t, r.db.hasConstraint(s, con.name), "%s of %s", con.name, typ.name)
			}
		}
	}
	require.Subset(t, names, []string{"renamed", "n_positive", "pk", "uk", "by_index", "checked", "undone"})
	assert.False(t, r.db.hasConstraint(r.db.schemas["public"], "free"))
}
