package main

import (
	"encoding/json"
	"fmt"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// printVerified prints what verify found, in the format asked for.
func (f *verifyFlags) printVerified(std streams, found *generate.Verified) error {
	list := f.notes(append(found.Notes, found.NotCompared...))
	if f.format == asJSON {
		return printJSON(std.out, newVerifyDocument(list, found))
	}
	if len(list) > 0 {
		if err := f.printList(std, list); err != nil {
			return err
		}
	}
	if f.verbose {
		for _, l := range found.LeftOut {
			fmt.Fprintf(std.err, "left out: %s: %s\n", l.Object, l.Reason)
		}
	}
	for _, d := range found.Findings {
		if err := f.printFinding(std, d); err != nil {
			return err
		}
	}
	if !f.quiet {
		fmt.Fprintln(std.err, verdict(found))
	}
	return nil
}

// verdict is the last line.
func verdict(found *generate.Verified) string {
	server := fmt.Sprintf("the server (PostgreSQL %s)", found.Version)
	line := fmt.Sprintf("%s has what the migrations make; %s compared", server, plural(found.Compared, "object"))
	if n := len(found.Findings); n > 0 {
		line = fmt.Sprintf("%s between the migrations and %s", plural(n, "difference"), server)
	}
	unknown := 0
	for _, d := range found.NotCompared {
		if d.Severity < source.Info {
			unknown++
		}
	}
	if unknown > 0 {
		line += fmt.Sprintf("; %d could not be compared", unknown)
	}
	return line
}

// printFinding prints a difference as a diagnostic: one after the other, since all are wanted and not the first 50.
func (f *verifyFlags) printFinding(std streams, d generate.Finding) error {
	list := source.List{source.Errorf(d.Span, d.Code, "%s", d.Message)}
	if f.format == asGitHub {
		if err := list.WriteGitHub(std.out, f.inRepository); err != nil {
			return err
		}
		return list.Write(std.err)
	}
	return list.Write(std.out)
}

// verifyDocument is what verify --format json prints. docs/verify.md describes it.
type verifyDocument struct {
	findings
	ServerVersion string               `json:"server_version"`
	Equal         bool                 `json:"equal"`
	Differences   []differenceDocument `json:"differences"`
	LeftOut       []leftOutDocument    `json:"left_out"`
}

type differenceDocument struct {
	Kind    string `json:"kind"`
	Code    string `json:"code"`
	Object  string `json:"object"`
	Path    string `json:"path"`
	Message string `json:"message"`
	// Migrations and Server are null where a side has nothing.
	Migrations json.RawMessage `json:"migrations"`
	Server     json.RawMessage `json:"server"`
	Place      *source.Place   `json:"place"`
}

type leftOutDocument struct {
	Object string `json:"object"`
	Reason string `json:"reason"`
}

func newVerifyDocument(list source.List, found *generate.Verified) verifyDocument {
	doc := verifyDocument{
		findings: newFindings(list), ServerVersion: found.Version, Equal: len(found.Findings) == 0,
		Differences: make([]differenceDocument, len(found.Findings)), LeftOut: make([]leftOutDocument, len(found.LeftOut)),
	}
	for i, d := range found.Findings {
		doc.Differences[i] = differenceDocument{
			Kind: string(d.Kind), Code: d.Code, Object: d.Object, Path: d.Path, Message: d.Message,
			Migrations: d.Migrations, Server: d.Server, Place: d.Span.Place(),
		}
	}
	for i, l := range found.LeftOut {
		doc.LeftOut[i] = leftOutDocument(l)
	}
	return doc
}
