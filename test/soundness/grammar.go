package soundness

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
)

//go:embed testdata/grammar.txt
var grammarText string

// grammar is grammar.txt: the templates by place ("", agg, win, frame, from, set) and type. Those of "*" stand with each type.
type grammar map[string]map[string][]string

// types are the types of the random queries: how PostgreSQL calls them, and values to write.
var types = map[string]struct {
	sql    string
	values []string
}{
	"int":  {"integer", []string{"0", "1", "2", "3"}},
	"big":  {"bigint", []string{"1::bigint", "2::bigint"}},
	"num":  {"numeric", []string{"0.5", "1.0", "2.5"}},
	"text": {"text", []string{"'a'::text", "''::text", "'b'::text", "'abc'::text"}},
	"bool": {"boolean", []string{"true", "false"}},
	"date": {"date", []string{"date '2020-01-01'", "date '2021-05-05'"}},
	"ints": {"integer[]", []string{"'{}'::integer[]", "'{1,2}'::integer[]", "'{NULL,3}'::integer[]"}},
	"json": {"jsonb", []string{`'{"n": 1}'::jsonb`, `'{"n": null}'::jsonb`, "'[1]'::jsonb", "'null'::jsonb"}},
	"mood": {"mood", []string{"'sad'::mood", "'glad'::mood"}},
	"pair": {"pair", []string{"ROW(1, 'a')::pair", "ROW(NULL, NULL)::pair"}},
}

// typeNames are the keys of types in order; ordered are those that sort.
var (
	typeNames = []string{"int", "int", "int", "big", "num", "text", "text", "bool", "bool", "date", "ints", "json", "mood", "pair"}
	ordered   = []string{"int", "int", "big", "num", "text", "bool", "date", "mood"}
)

// kinds are the types by their names in the catalog.
var kinds = map[string]string{
	"int4": "int", "posint": "int", "int8": "big", "numeric": "num", "text": "text", "varchar": "text", "sure": "text", "bool": "bool", "date": "date",
	"jsonb": "json", "mood": "mood", "pair": "pair",
}

// places are the first words of grammar.txt that are no types.
var places = map[string]bool{"agg": true, "win": true, "from": true, "set": true}

func readGrammar() grammar {
	out := grammar{}
	for line := range strings.Lines(grammarText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		head, template, ok := strings.Cut(line, " | ")
		if !ok {
			panic(fmt.Sprintf("grammar.txt: no template: %s", line))
		}
		place, typ, two := strings.Cut(head, " ")
		if !two {
			place, typ = "", head
		} else if !places[place] {
			panic(fmt.Sprintf("grammar.txt: no such place: %s", line))
		}
		if out[place] == nil {
			out[place] = map[string][]string{}
		}
		out[place][typ] = append(out[place][typ], template)
	}
	return out
}

// of are the templates of a type at a place.
func (g grammar) of(place, typ string) []string {
	out := g[place][typ]
	if place != "" {
		return out
	}
	out = append(append([]string{}, out...), g[""]["*"]...)
	for _, o := range ordered {
		if o == typ {
			return append(out, g[""]["ordered"]...)
		}
	}
	return out
}

var placeholder = regexp.MustCompile(`\{(\w+(?::\w+)?)\}`)
