package verify

import (
	"fmt"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// scope tells what is compared: what the migrations make, and what else is in the schemas that are theirs.
type scope struct {
	objects map[Step]object
	places  places
	prelude map[*source.File]bool
	// theirs are the schemas that the migrations make or put something in, less those that the prelude makes.
	theirs map[string]bool
	all    bool // all schemas are theirs
}

func newScope(in Input, ours catalog.Document) scope {
	s := scope{objects: objectsOf(ours, in.Server), places: placesOf(in.Catalog), prelude: in.Prelude,
		theirs: map[string]bool{}, all: in.AllSchemas}
	for step, o := range s.objects {
		if span := s.places[joined([]Step{step})]; o.ours && step.Key != "extensions" && !span.IsZero() && !s.prelude[span.File] {
			s.theirs[o.schema] = true
		}
	}
	for _, schema := range in.Catalog.Schemas {
		if !schema.Span.IsZero() && s.prelude[schema.Span.File] {
			delete(s.theirs, schema.Name)
		}
	}
	return s
}

// leftOut says why a difference is none of the migrations', "" if it is.
func (s scope) leftOut(d Difference) string {
	top := d.Steps[0]
	o := s.objects[top]
	if why := s.platform(d, o); why != "" {
		return why
	}
	if !o.ours {
		return s.extra(top, o)
	}
	if top.Key == "schemas" && !s.all && !s.theirs[o.name] && (d.Ours == "null" || d.Server == "") {
		return outside(o.schema) // public is there whether or not a migration uses it
	}
	return ""
}

func outside(schema string) string {
	return fmt.Sprintf("the migrations make nothing in the schema %s", schema)
}

// extra is leftOut for an object that only the server has.
func (s scope) extra(top Step, o object) string {
	switch {
	case top.Key == "relations" && toolOf(o.schema, o.name) != "":
		return "a table of " + toolOf(o.schema, o.name)
	case o.parent != nil && s.objects[Step{"relations", o.parent.Schema + "." + o.parent.Name}].ours:
		return fmt.Sprintf("a partition of %s.%s", o.parent.Schema, o.parent.Name)
	case s.all:
		return ""
	case top.Key == "extensions":
		return "an extension that no migration names"
	case top.Key == "schemas" || !s.theirs[o.schema]:
		return outside(o.schema)
	}
	return ""
}

// platformKeys are what a prelude's object must have in common with the server's: what the migrations may have built on.
var platformKeys = map[string]bool{"type": true, "values": true, "subtype": true, "returns": true}

// platform is leftOut for what the prelude stands for. A prelude says as much of the platform as the migrations need: the
// platform may have more, and what the migrations refer to cannot be missing without the reference.
func (s scope) platform(d Difference, o object) string {
	if !s.prelude[s.owner(d).File] || d.Ours != "" && d.Server != "" && platformKeys[d.Steps[len(d.Steps)-1].Key] {
		return ""
	}
	return "the prelude stands for what the platform makes"
}

// owner is where the thing is made that a difference is of: for something extra, what it is in.
func (s scope) owner(d Difference) source.Span { return s.places.of(d.Steps) }

// covered tells a sequence that comes and goes with its column. whole has the paths of all that one side lacks.
func (s scope) covered(d Difference, whole map[string]bool) bool {
	o := s.objects[d.Steps[0]]
	if d.Steps[0].Key != "sequences" || len(d.Steps) > 1 || o.owner == nil {
		return false
	}
	table := []Step{{"relations", o.owner.Schema + "." + o.owner.Relation}}
	return whole[joined(table)] || whole[joined(below(table, "columns", o.owner.Column))]
}
