package generate

import (
	"context"

	"github.com/trefoil-sql/trefoil/internal/breaking"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/emit/golang"
	"github.com/trefoil-sql/trefoil/internal/emit/golang/gofile"
	"github.com/trefoil-sql/trefoil/internal/emit/pydantic"
	"github.com/trefoil-sql/trefoil/internal/emit/zod"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Project is what breaking compares: the clients of a project, and the migrations that they come from.
type Project struct {
	Config  *config.Config
	Clients []breaking.Client
	Schema  []*source.File
}

// Models builds the models of every target of a project and emits nothing.
func Models(ctx context.Context, o Options) (*Project, error) {
	cfg, err := config.Load(o.Dir, o.File)
	if err != nil {
		return nil, err
	}
	p := &Project{Config: cfg}
	r := &run{Result: &Result{Root: cfg.Dir}, cfg: cfg}
	var failed failures
	for _, entry := range cfg.SQL {
		in, files, err := r.analyse(ctx, entry, readSources(cfg, entry))
		if err == nil {
			var clients []breaking.Client
			clients, err = clientsOf(in, files)
			p.Clients = append(p.Clients, clients...)
			p.Schema = append(p.Schema, r.schema.all...)
		}
		failed.add(err)
	}
	return p, failed.err(r.Notes)
}

// clientsOf are the clients of one sql: entry.
func clientsOf(in model.Input, files []*gofile.File) ([]breaking.Client, error) {
	var failed failures
	database := in
	database.Language, database.Written = naming.Go, true
	all, _, err := model.Build(database)
	if in.Entry.Go != nil { // else the names of Go are nobody's
		failed.add(err)
	}
	base := breaking.Client{Database: all, Places: places(in)}
	var clients []breaking.Client
	if in.Entry.Go != nil {
		c, err := goClient(base, in, files)
		failed.add(err)
		clients = append(clients, c)
	}
	for _, t := range in.Entry.Targets {
		c, err := targetClient(base, in, t)
		failed.add(err)
		clients = append(clients, c)
	}
	return clients, failed.err(nil)
}

func goClient(c breaking.Client, in model.Input, files []*gofile.File) (breaking.Client, error) {
	usage, err := golang.UsageOf(c.Database, files)
	c.Language, c.Dir, c.Model = breaking.Go, in.Entry.Go.Out, c.Database
	c.Types, c.Takes, c.Gives = usage.Types, usage.Takes, usage.Gives
	c.Writes = map[string]bool{}
	for _, q := range in.Queries {
		if q.InsertInto != nil {
			c.Writes[orSchema(q.InsertInto.String(), q.InsertInto.Schema, in.Config.Shared.DefaultSchema)] = true
		}
		for _, p := range q.Params {
			if p.Assigned && p.Column != nil {
				name := p.Column.Relation
				c.Writes[orSchema(name.String(), name.Schema, in.Config.Shared.DefaultSchema)] = true
			}
		}
	}
	return c, err
}

// orSchema puts the default schema before a name that has none.
func orSchema(name, schema, byDefault string) string {
	if schema == "" {
		return byDefault + "." + name
	}
	return name
}

func targetClient(c breaking.Client, in model.Input, t config.Target) (breaking.Client, error) {
	in.Options = t.Options
	o := t.Options
	_, err := emitter(o, &in) // sets the language
	if err != nil {
		return c, err
	}
	c.Dir, c.Language = t.Out, breaking.Language(o.Target)
	if c.Model, _, err = model.Build(in); err != nil {
		return c, err
	}
	switch o.Target {
	case config.Zod:
		c.Types, err = zod.Types(c.Model, zodOptions(o))
	case config.Pydantic:
		c.Types = pydantic.Types(c.Model, pydanticOptions(o))
	}
	return c, err
}

// places are where the things of a catalog are, by the names that findings have. What a default or a CHECK says is where
// that is.
func places(in model.Input) map[string]source.Span {
	at := map[string]source.Span{}
	for _, rel := range in.Catalog.Relations {
		name := rel.Name.String()
		at[name] = rel.Span
		for _, c := range rel.Columns {
			at[name+"."+c.Name] = c.Span
		}
		for _, c := range rel.Checks {
			at[name+" "+c.Name] = c.Span
		}
	}
	for _, c := range in.Catalog.Composites {
		at[c.Name.String()] = c.Span
		for _, a := range c.Attributes {
			at[c.Name.String()+"."+a.Name] = a.Span
		}
	}
	for _, l := range in.Lists {
		if l.Type.Name != "" {
			at[l.SQLName.String()] = l.Span
		}
	}
	return at
}
