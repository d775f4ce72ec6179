package wide

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/explain"
	"github.com/trefoil-sql/trefoil/internal/naming"
)

// Count is how many probes of a subject PostgreSQL and a client accept and refuse.
type Count struct {
	BothAccept, BothRefuse int
	// OnlyClientRefuses are probes that PostgreSQL accepts, OnlyClientAccepts those that it refuses.
	OnlyClientRefuses, OnlyClientAccepts int
	// Limited are those of OnlyClientRefuses that a documented limit of the client's types explains.
	Limited int
}

// Finding is a way in which a client and PostgreSQL differ and must not.
type Finding struct {
	Client, What  string
	Subject       *Subject
	Text, Details string
}

func (f Finding) String() string {
	return fmt.Sprintf("%s %s: %s: %s\n\t%s", f.Client, f.What, f.Subject.Title, f.Text, f.Details)
}

// Outcome is all that a run has to tell.
type Outcome struct {
	Probes   int
	Accepted int
	// Counts are by subject's table and client's name.
	Counts map[string]map[string]*Count
	Of     map[string]int
	// Compared is how many rows were written by a client, stored and compared.
	Compared map[string]int
	Limits   map[string]map[string]int
	Findings []Finding
}

// session is one run.
type session struct {
	*Outcome
	t       testing.TB
	server  *Server
	clients []Client
	rules   []explain.Rule
}

// Run puts probes to the server and to the clients and compares.
func Run(t testing.TB, server *Server, clients []Client, rules []explain.Rule, probes []Probe) *Outcome {
	t.Helper()
	s := session{&Outcome{
		Probes: len(probes), Counts: map[string]map[string]*Count{}, Of: map[string]int{}, Compared: map[string]int{}, Limits: map[string]map[string]int{},
	}, t, server, clients, rules}
	var rows []row
	for _, p := range probes {
		rows = append(rows, row{p.Subject.Table, p.Text})
	}
	server.Ask(rows)
	var sent []Probe
	for _, p := range probes {
		s.Of[p.Subject.Table]++
		if a := server.Answer(p.Subject.Table, p.Text); a.OK() {
			s.Accepted++
			sent = append(sent, Probe{p.Subject, a.Sent})
		}
	}
	rows = nil
	for _, p := range sent {
		rows = append(rows, row{p.Subject.Table, p.Text})
	}
	server.Ask(rows)
	for _, c := range clients {
		s.client(c, probes, unique(sent))
	}
	return s.Outcome
}

func unique(probes []Probe) []Probe {
	seen := map[row]bool{}
	return slices.DeleteFunc(slices.Clone(probes), func(p Probe) bool {
		r := row{p.Subject.Table, p.Text}
		again := seen[r]
		seen[r] = true
		return again
	})
}

// written is a row that a client wrote, and what it must be stored as.
type written struct {
	Probe
	out, value, from string
}

// client asks one client about the probes, as what is inserted, and about what the server sends, as rows and as what is
// inserted.
func (s *session) client(c Client, probes, sent []Probe) {
	var questions []Question
	for _, p := range probes {
		questions = append(questions, Question{p.Subject.Table, Insert, p.Text})
	}
	for _, p := range sent {
		questions = append(questions, Question{p.Subject.Table, Row, p.Text})
		if s.server.Answer(p.Subject.Table, p.Text).OK() {
			questions = append(questions, Question{p.Subject.Table, Insert, p.Text})
		}
	}
	replies := c.Ask(s.t, questions)
	var back []written
	keep := func(p Probe, r Reply, value string) {
		switch {
		case r.Unwritable:
			s.find(c, "does not write what it has read", p, r.Error)
		case r.OK:
			back = append(back, written{p, r.Out, value, p.Text})
		}
	}
	for i, p := range probes {
		a := s.server.Answer(p.Subject.Table, p.Text)
		s.verdict(c, p, a, replies[i])
		if a.OK() {
			keep(p, replies[i], a.Value)
		}
	}
	value := map[row]string{}
	for _, p := range probes {
		if a := s.server.Answer(p.Subject.Table, p.Text); a.OK() {
			value[row{p.Subject.Table, a.Sent}] = a.Value
		}
	}
	for i, q := range questions[len(probes):] {
		r := replies[len(probes)+i]
		p := Probe{s.subject(probes, q.Table), q.Text}
		if !r.OK {
			what := "does not read what PostgreSQL sends"
			if q.Kind == Insert {
				what = "does not take what PostgreSQL has sent"
			}
			s.differs(c, what, p, r.Error)
			continue
		}
		keep(p, r, value[row{q.Table, q.Text}])
	}
	s.compare(c, back)
}

func (s *session) subject(probes []Probe, table string) *Subject {
	return probes[slices.IndexFunc(probes, func(p Probe) bool { return p.Subject.Table == table })].Subject
}

// compare stores what a client wrote, and holds it against the row that it read.
func (s *session) compare(c Client, back []written) {
	var rows []row
	for _, w := range back {
		rows = append(rows, row{w.Subject.Table, w.out})
	}
	s.server.Ask(rows)
	var differing []written
	var stored, wanted []string
	for _, w := range back {
		s.Compared[c.Name]++
		a := s.server.Answer(w.Subject.Table, w.out)
		switch {
		case !a.OK():
			s.change(c, "writes what PostgreSQL refuses", w, a.Message)
		case a.Value != w.value:
			differing = append(differing, w)
			stored, wanted = append(stored, a.Value), append(wanted, w.value)
		}
	}
	for i, same := range s.server.Same(stored, wanted) {
		if !same {
			s.change(c, "changes a value", differing[i], fmt.Sprintf("stored %s instead of %s", stored[i], wanted[i]))
		}
	}
}

func (s *session) change(c Client, what string, w written, details string) {
	if name := limitOf(c.Language, w.Subject, w.from, false); name != "" {
		s.limit(c, name)
		return
	}
	s.find(c, what, w.Probe, fmt.Sprintf("written as %s: %s", w.out, details))
}

// differs notes a difference from the server: a finding, unless a limit of the language explains it.
func (s *session) differs(c Client, what string, p Probe, details string) bool {
	if name := limitOf(c.Language, p.Subject, p.Text, strings.HasPrefix(what, "accepts")); name != "" {
		s.limit(c, name)
		return true
	}
	s.find(c, what, p, details)
	return false
}

func (s *session) limit(c Client, name string) {
	if s.Limits[c.Name] == nil {
		s.Limits[c.Name] = map[string]int{}
	}
	s.Limits[c.Name][name]++
}

func (s *session) find(c Client, what string, p Probe, details string) {
	s.Findings = append(s.Findings, Finding{c.Name, what, p.Subject, p.Text, details})
}

// verdict holds a client's answer to a probe against the server's.
func (s *session) verdict(c Client, p Probe, a Answer, r Reply) {
	if s.Counts[p.Subject.Table] == nil {
		s.Counts[p.Subject.Table] = map[string]*Count{}
	}
	count := s.Counts[p.Subject.Table][c.Name]
	if count == nil {
		count = &Count{}
		s.Counts[p.Subject.Table][c.Name] = count
	}
	switch {
	case a.OK() && r.OK:
		count.BothAccept++
	case a.OK():
		count.OnlyClientRefuses++
		if s.differs(c, "refuses what PostgreSQL accepts", p, r.Error) {
			count.Limited++
		}
	case r.OK:
		count.OnlyClientAccepts++
		if rule := s.enforced(c.Language, p, a); rule != "" {
			s.differs(c, "accepts what "+rule+" refuses", p, a.Message)
		}
	default:
		count.BothRefuse++
		s.names(c, p, a, r)
	}
}

// names: a client that refuses a row for its CHECKs names one that is broken.
func (s *session) names(c Client, p Probe, a Answer, r Reply) {
	if len(r.Names) == 0 && (a.State != checkViolation || s.enforced(c.Language, p, a) == "") {
		return
	}
	if a.State != checkViolation {
		return // the type refuses it, before any CHECK is looked at
	}
	if len(r.Names) == 0 && (limitOf(c.Language, p.Subject, p.Text, false) != "" || p.hasForbiddenNull() || a.Stage == "read" && p.hasList()) {
		return // it is refused for another reason, too: one element may be none of its type
	}
	broken := append(slices.Clone(a.Broken), a.Constraint)
	if !slices.ContainsFunc(r.Names, func(name string) bool { return slices.Contains(broken, name) }) {
		s.find(c, "does not name "+a.Constraint, p, fmt.Sprintf("it names %q: %s", r.Names, r.Error))
	}
}

// hasForbiddenNull tells that a row breaks a NOT NULL too.
func (p Probe) hasForbiddenNull() bool {
	return slices.ContainsFunc(p.Subject.Columns, func(c Column) bool {
		return c.NotNull && strings.Contains(p.Text, quoted(c.Name)+": null")
	})
}

func (p Probe) hasList() bool {
	return slices.ContainsFunc(p.Subject.Columns, func(c Column) bool { return strings.HasSuffix(c.SQL, "[]") }) && strings.Contains(p.Text, ", ")
}

const (
	checkViolation   = "23514"
	notNullViolation = "23502"
	tooLong          = "22001"
	outOfRange       = "22003"
)

// enforced is the rule of explain's that refuses a row, if explain says that clients of a language enforce it; "" for a
// refusal that no such rule makes.
func (s *session) enforced(lang naming.Language, p Probe, a Answer) string {
	for _, r := range s.rules {
		if r.Support[lang].Level == constraint.Full && s.refuses(r, p, a) {
			return fmt.Sprintf("%s %s", r.Kind, strings.TrimSpace(r.Constraint+" "+r.SQL))
		}
	}
	return ""
}

// refuses tells whether the server's refusal is a rule's.
func (s *session) refuses(r explain.Rule, p Probe, a Answer) bool {
	own := !r.IsDomain && r.Object.Name == p.Subject.Table
	switch {
	case a.Stage == "json":
		return false
	case a.State == checkViolation:
		return r.Kind == explain.Check && r.Constraint == a.Constraint && (own || r.IsDomain && a.Stage == "read")
	case a.State == notNullViolation:
		return own && r.Kind == explain.NotNull && strings.Contains(a.Message, fmt.Sprintf("%q of relation", r.Columns[0]))
	case a.State == tooLong || a.State == outOfRange && a.Stage == "read":
		return own && r.Kind == explain.Type
	case a.Stage == "store" && strings.HasPrefix(a.State, "22"):
		return own && r.Kind == explain.Check // its evaluation is an error
	}
	return false
}
