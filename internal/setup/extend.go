package setup

import (
	"errors"
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/config"
)

// pluginEntry declares trefoil under plugins:.
type pluginEntry struct {
	Name    string  `yaml:"name" json:"name"`
	Process process `yaml:"process" json:"process"`
}

type process struct {
	Cmd string `yaml:"cmd" json:"cmd"`
}

// codegenEntry is one target under codegen:.
type codegenEntry struct {
	Plugin  string        `yaml:"plugin" json:"plugin"`
	Out     string        `yaml:"out" json:"out"`
	Options targetOptions `yaml:"options" json:"options"`
}

type targetOptions struct {
	Target config.TargetKind `yaml:"target" json:"target"`
}

// bom is the byte order mark that some editors begin a file with.
const bom = "\ufeff"

// extend plans trefoil's part in the config that is there: its plugin, and targets in the first entry.
func (pl *plan) extend() error {
	p := pl.p
	cfg, err := config.Load(p.Dir, p.Config)
	if err != nil {
		return err
	}
	for _, s := range cfg.SQL {
		for _, t := range s.Targets {
			at := t.Span.Position()
			pl.result.Present = append(pl.result.Present, fmt.Sprintf("%s:%d: target %s in %s", p.Config, at.Line, t.Options.Target, t.Out))
		}
	}
	if len(pl.result.Present) > 0 {
		return nil
	}
	text := string(p.read(p.Config))
	mark, rest := "", text
	if strings.HasPrefix(text, bom) {
		mark, rest = bom, text[len(bom):]
	}
	extended, err := pl.extended(cfg, rest)
	extended = mark + extended
	if errors.Is(err, errForm) {
		return fmt.Errorf("%s %w: write its plugins:, codegen: and options: as plain lists and mappings, or add trefoil by hand", p.Config, errForm)
	}
	if err != nil {
		return err
	}
	if _, err := checked(p.Config, extended); err != nil {
		return fmt.Errorf("with trefoil added, %s would not be valid, and was left as it is:\n%w", p.Config, err)
	}
	pl.files = append(pl.files, file{name: p.Config, text: extended, replaces: &text})
	return nil
}

// extended is a config's text with trefoil's part.
func (pl *plan) extended(cfg *config.Config, text string) (string, error) {
	d, err := parseDocument(text)
	if err != nil {
		return "", err
	}
	if !declares(cfg) {
		plugin := pluginEntry{Name: config.PluginName, Process: process{Cmd: config.PluginName}}
		if d, err = d.add(plugin, "plugins", end{}); err != nil {
			return "", err
		}
	}
	// Go is there already or not wanted; without another language both are what trefoil is added for.
	for _, t := range pl.targets(pl.p.TypeScript == nil && pl.p.Python == nil) {
		entry := codegenEntry{config.PluginName, t.Out, targetOptions{t.Target}}
		if d, err = d.add(entry, "sql", 0, "codegen", end{}); err != nil {
			return "", err
		}
	}
	if len(cfg.SQL) > 1 {
		pl.advise("trefoil was added to the first of %d entries under sql:; copy its codegen: to others that need it", len(cfg.SQL))
	}
	if prelude := pl.prelude(); prelude != "" && len(cfg.Shared.Prelude) == 0 {
		if d, err = d.add(prelude, "options", config.PluginName, "prelude"); err != nil {
			return "", err
		}
	}
	return d.text, nil
}

// declares tells whether plugins: has trefoil.
func declares(cfg *config.Config) bool {
	var top struct{ Plugins []struct{ Name string } }
	if cfg.Node.Decode(&top) != nil {
		return false
	}
	for _, p := range top.Plugins {
		if p.Name == config.PluginName {
			return true
		}
	}
	return false
}
