package sqlc

import (
	"context"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// pluginFailure is one plugin's part of what sqlc printed.
type pluginFailure struct{ plugin, text string }

// generating begins what sqlc says of a plugin that failed.
const generating = "error generating code: "

// pluginFailures reads what sqlc printed: for each plugin a line with its name, then the message. It is nil if anything
// else has failed than a plugin.
func pluginFailures(stderr string) []pluginFailure {
	var all []pluginFailure
	for line := range strings.Lines(stderr) {
		line = strings.TrimRight(line, " \r\n")
		if name, ok := strings.CutPrefix(line, "# package"); ok {
			all = append(all, pluginFailure{plugin: strings.TrimSpace(name)})
			continue
		}
		if len(all) > 0 {
			all[len(all)-1].text += line + "\n"
		}
	}
	for i := range all {
		text, ok := strings.CutPrefix(all[i].text, generating)
		if !ok {
			return nil
		}
		all[i].text = strings.TrimSpace(text)
	}
	return all
}

// explainOthers turns a failed run of other plugins into diagnostics.
func (r *runner) explainOthers(ctx context.Context, a answer) error {
	failures := pluginFailures(a.stderr)
	if len(failures) == 0 || a.panicked() {
		return r.explain(ctx, a)
	}
	var list source.List
	for _, f := range failures {
		list = append(list, r.pluginFailed(f))
	}
	return list
}

// maxPluginLines is how many lines of a plugin's message are shown after the first.
const maxPluginLines = 20

// pluginFailed is the diagnostic of one plugin, at its entry.
func (r *runner) pluginFailed(f pluginFailure) source.Diagnostic {
	if f.plugin == "" {
		f.plugin = config.JSONName
	}
	others := r.in.SQL.Others
	at := max(0, slices.IndexFunc(others, func(o config.Other) bool { return o.Name == f.plugin }))
	text := strings.TrimPrefix(strings.TrimPrefix(f.text, "process: "), "error running command ")
	lines := strings.Split(text, "\n")
	d := source.Errorf(others[at].Span, CodePlugin, "plugin %s: %s", f.plugin, lines[0])
	if strings.HasPrefix(f.text, "process: ") && strings.HasSuffix(f.text, " not found") {
		d.Hint = "install the program, or name it under plugins: as it is called from the config's folder"
	}
	for _, line := range lines[1:min(len(lines), maxPluginLines+1)] {
		d.Notes = append(d.Notes, source.Note{Message: line})
	}
	return d
}
