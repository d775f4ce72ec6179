package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// format is how a command prints what it finds.
type format string

const (
	asText format = "text"
	// asJSON is one document; docs/diagnostics.md has its shape.
	asJSON format = "json"
	// asGitHub is annotations of a workflow run, with the text beside them.
	asGitHub format = "github"
)

// formats are the values of --format.
var formats = []format{asText, asJSON, asGitHub}

// String, Set and Type make a format the value of a flag.
func (f *format) String() string { return string(*f) }
func (f *format) Type() string   { return "format" }
func (f *format) Set(text string) error {
	if !slices.Contains(formats, format(text)) {
		return fmt.Errorf("it is text, json or github")
	}
	*f = format(text)
	return nil
}

// formatFlag adds --format. A command whose result is on stdout has its messages on stderr, in any format.
func (f *flags) formatFlag(cmd *cobra.Command, messages io.Writer) {
	f.format, f.messages = asText, messages
	cmd.Flags().Var(&f.format, "format", "print findings as `text, json or github` (annotations)")
}

// findings is what every JSON document has.
type findings struct {
	Version     int              `json:"version"`
	Diagnostics []source.Message `json:"diagnostics"`
	// Total counts the diagnostics, of which at most 50 are listed.
	Total int `json:"total"`
}

// formatVersion is the version of the JSON documents.
const formatVersion = 1

func newFindings(list source.List) findings {
	messages, total := list.Messages()
	return findings{Version: formatVersion, Diagnostics: messages, Total: total}
}

// printJSON prints a document, indented.
func printJSON(w io.Writer, document any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(document)
}

// printList prints diagnostics that are not part of a larger document.
func (f *flags) printList(std streams, list source.List) error {
	switch f.format {
	case asJSON:
		return printJSON(f.messages, newFindings(list))
	case asGitHub:
		if err := list.WriteGitHub(f.messages, f.inRepository); err != nil {
			return err
		}
	}
	return list.Write(std.err)
}

// inRepository names a file of the project as GitHub does: relative to the repository, which is the job's workspace.
func (f *flags) inRepository(file string) string {
	root := filepath.Join(f.Dir, filepath.Dir(f.File))
	if filepath.IsAbs(f.File) {
		root = filepath.Dir(f.File)
	}
	if workspace := os.Getenv("GITHUB_WORKSPACE"); workspace != "" {
		if abs, err := filepath.Abs(root); err == nil {
			if rel, err := filepath.Rel(workspace, abs); err == nil && filepath.IsLocal(rel) {
				root = rel
			}
		}
	}
	return filepath.ToSlash(filepath.Join(root, file))
}

// counts is "2 errors, 1 warning", of what a list has when equal ones are told once.
func counts(list source.List) string {
	n := map[source.Severity]int{}
	for _, d := range list.Distinct() {
		n[d.Severity]++
	}
	words := []string{plural(n[source.Error], "error")}
	if n[source.Warning] > 0 {
		words = append(words, plural(n[source.Warning], "warning"))
	}
	return strings.Join(words, ", ")
}
