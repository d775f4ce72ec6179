// Package breaking compares two generations of clients and says what changed for their users. Two models are compared
// for each target, before and after, and beside them what the database itself sends and takes, so that a change of the
// schema and a change of a target's options are told apart.
//
// A change can break those who read rows and those who write, in two ways: in their types and in their data (see Effect).
// What a rule can do is in the table of rules; what it does in one case depends on what the client has.
package breaking

import (
	"cmp"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Client is one target of a project.
type Client struct {
	Language Language
	Dir      string // relative to the project's root
	// Model is what the target has, and Database all that there is, whatever the target leaves out: a Go model with insert
	// and update objects.
	Model, Database *model.Model
	// Types are the types of an object's fields, in their order, as the language writes them. An object that the language
	// has no type for is missing.
	Types map[*model.Object][]string
	// Takes and Gives are the types of a query's parameters and rows, where they are not those of the model: Go's.
	Takes, Gives map[string]string
	// Writes are the tables that the client writes to, by schema.name; nil for any.
	Writes map[string]bool
	// Places are where things are in the schema, by Subject.Name; a CHECK is at the name of its table, a space and its own.
	Places map[string]source.Span
}

// Finding is one change.
type Finding struct {
	Rule    string
	Subject Subject
	Message string
	// Place is where it came from, as far as that is known.
	Place source.Span
	// Impacts has one entry for each language whose clients see the change, in the order of Languages.
	Impacts []Impact
	// Ignored tells that the config says not to mind it.
	Ignored bool
}

// Impact is what a change does to the clients of one language.
type Impact struct {
	Language         Language
	Readers, Writers Effect
}

// Breaking tells whether anyone is broken.
func (f Finding) Breaking() bool {
	return slices.ContainsFunc(f.Impacts, func(i Impact) bool { return i.Readers|i.Writers != 0 })
}

// Subject is what a finding is about.
type Subject struct {
	Kind Kind
	// Name is schema.table, schema.table.column, schema.enum, Query, Query.column or the target's folder.
	Name string
}

// Kind is the sort of a Subject.
type Kind string

// Kinds, in the order in which they are listed.
const (
	TargetSubject Kind = "target"
	TableSubject  Kind = "table"
	EnumSubject   Kind = "enum"
	TypeSubject   Kind = "type"
	QuerySubject  Kind = "query"
)

var kinds = []Kind{TargetSubject, TableSubject, EnumSubject, TypeSubject, QuerySubject}

// Compare finds what changed from one generation of a project's clients to another. A change that several clients see is
// one finding.
func Compare(before, after []Client) Changes {
	c := &collector{}
	for _, p := range pairs(before, after, c) {
		w := newWalk(p, c)
		w.enums()
		w.composites()
		w.relations()
		w.queries()
	}
	return c.sorted()
}

// pair is one target before and after.
type pair struct{ before, after Client }

// pairs finds each target again: in its folder, or else as the only one left of its language.
func pairs(before, after []Client, c *collector) []pair {
	var found []pair
	left := slices.Clone(before)
	var fresh []Client
	for _, a := range after {
		i := slices.IndexFunc(left, func(b Client) bool { return b.Language == a.Language && b.Dir == a.Dir })
		if i < 0 {
			fresh = append(fresh, a)
			continue
		}
		found = append(found, pair{left[i], a})
		left = slices.Delete(left, i, i+1)
	}
	for _, a := range fresh {
		subject := Subject{TargetSubject, a.Dir}
		same := func(b Client) bool { return b.Language == a.Language }
		if i := slices.IndexFunc(left, same); i >= 0 && len(filter(left, same)) == 1 && len(filter(fresh, same)) == 1 {
			found = append(found, pair{left[i], a})
			c.both(a.Language, "target-moved", subject, "the target "+string(a.Language)+" was moved here from "+left[i].Dir)
			left = slices.Delete(left, i, i+1)
			continue
		}
		c.both(a.Language, "target-added", subject, "the target "+string(a.Language)+" is new")
	}
	for _, b := range left {
		c.both(b.Language, "target-removed", Subject{TargetSubject, b.Dir}, "the target "+string(b.Language)+" is gone")
	}
	return found
}

// role is which side of a client a change is about.
type role int

const (
	readers role = iota
	writers
)

// seen is how one client sees a change.
type seen struct {
	language Language
	role     role
	types    bool // the client has types that the change is in
	data     bool // the client's data goes through the change
	spelled  bool // the language's own type became another
}

// effect is the part of a rule's effects that holds for the client.
func (s seen) effect(r Rule) Effect {
	can := r.Readers[s.language]
	if s.role == writers {
		can = r.Writers[s.language]
	}
	var e Effect
	if s.types && (can&Types != 0 || s.spelled && can&TypesIf != 0) {
		e |= Types
	}
	if s.data && (can&Data != 0 || s.spelled && can&DataIf != 0) {
		e |= Data
	}
	return e
}

// collector makes one finding of what several clients see.
type collector struct{ findings Changes }

// both notes a change that concerns all that the client is.
func (c *collector) both(l Language, rule string, subject Subject, message string) {
	for _, r := range []role{readers, writers} {
		c.add(rule, subject, message, source.Span{}, seen{language: l, role: r, types: true, data: true})
	}
}

func (c *collector) add(id string, subject Subject, message string, place source.Span, s seen) {
	i := slices.IndexFunc(c.findings, func(f Finding) bool {
		return f.Rule == id && f.Subject == subject && f.Message == message
	})
	if i < 0 {
		i = len(c.findings)
		c.findings = append(c.findings, Finding{Rule: id, Subject: subject, Message: message, Place: place})
	}
	f := &c.findings[i]
	at := slices.IndexFunc(f.Impacts, func(i Impact) bool { return i.Language == s.language })
	if at < 0 {
		at = len(f.Impacts)
		f.Impacts = append(f.Impacts, Impact{Language: s.language})
	}
	rule, _ := ruleOf(id)
	if s.role == readers {
		f.Impacts[at].Readers |= s.effect(rule)
	} else {
		f.Impacts[at].Writers |= s.effect(rule)
	}
}

// sorted orders findings by what they are about, then by rule.
func (c *collector) sorted() Changes {
	for _, f := range c.findings {
		slices.SortFunc(f.Impacts, func(a, b Impact) int {
			return cmp.Compare(slices.Index(Languages, a.Language), slices.Index(Languages, b.Language))
		})
	}
	slices.SortStableFunc(c.findings, func(a, b Finding) int {
		_, ruleA := ruleOf(a.Rule)
		_, ruleB := ruleOf(b.Rule)
		return cmp.Or(
			cmp.Compare(slices.Index(kinds, a.Subject.Kind), slices.Index(kinds, b.Subject.Kind)),
			cmp.Compare(a.Subject.Name, b.Subject.Name), cmp.Compare(ruleA, ruleB), cmp.Compare(a.Message, b.Message),
		)
	})
	return c.findings
}
