package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// TestEnumsStandWithTheirTable: only the list of one table's CHECK does, and only where the target has no file for each.
func TestEnumsStandWithTheirTable(t *testing.T) {
	s := newSchema()
	s.enum("mood", "sad", "happy")
	s.domain("level", typ("text"), in("VALUE", "low", "high"))
	s.table("users", column("mood", "enum mood"), column("level", "domain level"), column("state", "text"))
	s.table("teams", column("state", "text"), column("size", "text"))
	teams, users := &s.catalog.Relations[0], &s.catalog.Relations[1]
	check(users, "users_state_check", in("state", "open", "done"))
	check(teams, "teams_state_check", in("state", "open", "done"))
	check(teams, "teams_size_check", in("size", "small", "large"))
	for _, c := range []struct {
		name   string
		shared string
		target target
		want   map[string]string
	}{
		{"apart", "", zod, map[string]string{
			"Mood": "enums", "Level": "enums", "UserState": "users", "TeamState": "teams", "TeamSize": "teams",
		}},
		{"one name for both tables' lists", "rename: {enums: {users.state: State, teams.state: State}}", zod, map[string]string{
			"Mood": "enums", "Level": "enums", "State": "enums", "TeamSize": "teams",
		}},
		{"without the table", "exclude: [teams]", zod, map[string]string{"Mood": "enums", "Level": "enums", "UserState": "users"}},
		{"a file for each", "", python, map[string]string{
			"Mood": "enums", "Level": "enums", "UserState": "enums", "TeamState": "enums", "TeamSize": "enums",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := c.target
			g.shared = c.shared
			assert.Equal(t, c.want, modulesOf(g.build(t, s)))
		})
	}
}

func modulesOf(m *model.Model) map[string]string {
	modules := map[string]string{}
	for _, e := range m.Enums {
		modules[e.Name] = e.Module
	}
	return modules
}
