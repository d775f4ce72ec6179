package verify

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Input is what to compare.
type Input struct {
	Catalog *catalog.Catalog
	// Prelude is the files that stand for what a platform makes.
	Prelude map[*source.File]bool
	// Server is the server's catalog, and Printer the server.
	Server  catalog.Document
	Printer Printer
	// AllSchemas compares every schema of the server, and not only those that the migrations make something in.
	AllSchemas bool
}

// Report is what a comparison found.
type Report struct {
	Findings []Finding
	// LeftOut is what differs and is none of the migrations'.
	LeftOut []LeftOut
	// NotCompared says what could not be compared, as warnings, or infos for types that the replay does not know.
	NotCompared source.List
	// Compared is how many objects of the migrations were looked for.
	Compared int
}

// Kind is a way to differ.
type Kind string

const (
	Missing   Kind = "missing"   // the migrations make it, and the server does not have it
	Extra     Kind = "extra"     // the server has it, and no migration makes it
	Different Kind = "different" // both have it, and not alike
)

// Finding is one difference, in words.
type Finding struct {
	Kind Kind
	// Code is the code of the kind, as docs/errors.md lists it.
	Code string
	// Object names the thing: column "id" of table public.t.
	Object string
	// Path is its place in the document that docs/catalog.md describes: relations[public.t].columns[id].type.
	Path string
	// Migrations and Server are the two sides as JSON, null where a side has nothing.
	Migrations, Server json.RawMessage
	Message            string
	// Span is where the migrations make it, or what it is in; zero if no migration has to do with it.
	Span source.Span
}

// LeftOut is a difference that is not reported, with the reason.
type LeftOut struct{ Object, Reason string }

// Run lists what differs between the migrations and the server. It asks the server how expressions read that the two
// sides word differently; the error is the server's.
func Run(ctx context.Context, in Input) (*Report, error) {
	ours := in.Catalog.Document()
	s := newScope(in, ours)
	r := &Report{}
	for step, o := range s.objects {
		if o.ours && !s.prelude[s.places[joined([]Step{step})].File] {
			r.Compared++
		}
	}
	kept := r.leaveOut(s, sameInAnyVersion(in.Server, Compare(ours, in.Server)))
	kept, undetermined := SplitUndetermined(ours, kept)
	kept, refused, err := Reconcile(ctx, in.Printer, in.Server, kept)
	if err != nil {
		return nil, err
	}
	for _, d := range undetermined {
		r.note(s, d, source.Info, "the replay does not know it")
	}
	for _, d := range refused {
		r.note(s, d.Difference, source.Warning, d.Reason.Error())
	}
	r.Findings = s.findings(kept)
	return r, nil
}

// leaveOut drops what is none of the migrations', and notes it.
func (r *Report) leaveOut(s scope, diffs []Difference) (kept []Difference) {
	whole := map[string]bool{}
	for _, d := range diffs {
		whole[d.Path] = d.Ours == "" || d.Server == ""
	}
	for _, d := range diffs {
		if s.covered(d, whole) {
			continue
		}
		if why := s.leftOut(d); why != "" {
			r.LeftOut = append(r.LeftOut, LeftOut{s.describe(d.Steps), why})
		} else {
			kept = append(kept, d)
		}
	}
	return kept
}

func (s scope) findings(diffs []Difference) []Finding {
	var out []Finding
	for _, d := range diffs {
		kind, code, message := s.words(d)
		out = append(out, Finding{
			Kind: kind, Code: code, Object: s.describe(d.Steps), Path: d.Path, Migrations: raw(d.Ours), Server: raw(d.Server),
			Message: message, Span: s.places.of(d.Steps),
		})
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(file(a.Span), file(b.Span)), cmp.Compare(a.Span.Start, b.Span.Start))
	})
	return out
}

func file(s source.Span) string {
	if s.File == nil {
		return ""
	}
	return s.File.Path
}

// raw is one side of a difference as JSON. The order of a list is the only one that is plain text.
func raw(side string) json.RawMessage {
	switch {
	case side == "":
		return json.RawMessage("null")
	case json.Valid([]byte(side)):
		return json.RawMessage(side)
	}
	b, err := json.Marshal(side)
	if err != nil {
		return json.RawMessage("null")
	}
	return b
}

// note adds what could not be compared.
func (r *Report) note(s scope, d Difference, severity source.Severity, why string) {
	n := source.Errorf(s.places.of(d.Steps), CodeNotCompared, "%s cannot be compared: %s", s.describe(d.Steps), why)
	n.Severity = severity
	r.NotCompared = append(r.NotCompared, n)
}
