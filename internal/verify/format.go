package verify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// Formats are the ways to print a report.
var Formats = map[string]func(*Report, io.Writer, string) error{"text": writeText, "json": writeJSON, "github": writeGitHub}

var codes = map[Kind]string{Missing: CodeMissing, Extra: CodeExtra, Different: CodeDifferent}

// writeText prints each difference as a diagnostic: place, code, sentence, line and caret.
func writeText(r *Report, w io.Writer, _ string) error {
	for _, f := range r.Findings {
		list := source.List{source.Errorf(f.Span, codes[f.Kind], "%s", f.Message)}
		if err := list.Write(w); err != nil {
			return err
		}
	}
	return nil
}

// document is a report as JSON; docs/verify.md describes it.
type document struct {
	Version       int             `json:"version"`
	ServerVersion string          `json:"server_version"`
	Equal         bool            `json:"equal"`
	Differences   []differenceV1  `json:"differences"`
	LeftOut       []leftOutV1     `json:"left_out"`
	NotCompared   []notComparedV1 `json:"not_compared"`
}

type differenceV1 struct {
	Kind       Kind            `json:"kind"`
	Code       string          `json:"code"`
	Object     string          `json:"object"`
	Path       string          `json:"path"`
	Migrations json.RawMessage `json:"migrations"`
	Server     json.RawMessage `json:"server"`
	Message    string          `json:"message"`
	*placeV1
}

type placeV1 struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

type leftOutV1 struct {
	Object string `json:"object"`
	Reason string `json:"reason"`
}

type notComparedV1 struct {
	Message string `json:"message"`
	*placeV1
}

func writeJSON(r *Report, w io.Writer, serverVersion string) error {
	doc := document{1, serverVersion, len(r.Findings) == 0, []differenceV1{}, []leftOutV1{}, []notComparedV1{}}
	for _, f := range r.Findings {
		doc.Differences = append(doc.Differences, differenceV1{
			f.Kind, codes[f.Kind], f.Object, f.Path, f.Migrations, f.Server, f.Message, placeOf(f.Span),
		})
	}
	for _, l := range r.LeftOut {
		doc.LeftOut = append(doc.LeftOut, leftOutV1(l))
	}
	for _, n := range r.NotCompared {
		doc.NotCompared = append(doc.NotCompared, notComparedV1{n.Message, placeOf(n.Span)})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

func placeOf(s source.Span) *placeV1 {
	if s.IsZero() {
		return nil
	}
	p := s.Position()
	return &placeV1{s.File.Path, p.Line, p.Column}
}

// writeGitHub prints a workflow command for each difference, which GitHub shows beside the migration's line.
func writeGitHub(r *Report, w io.Writer, _ string) error {
	for _, f := range r.Findings {
		at := ""
		if p := placeOf(f.Span); p != nil {
			at = fmt.Sprintf("file=%s,line=%d,col=%d,", property.Replace(p.File), p.Line, p.Column)
		}
		if _, err := fmt.Fprintf(w, "::error %stitle=%s::%s\n", at, property.Replace("trefoil verify "+codes[f.Kind]), data.Replace(f.Message)); err != nil {
			return err
		}
	}
	return nil
}

// What GitHub reads in the data and in the properties of a workflow command.
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
