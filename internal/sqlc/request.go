package sqlc

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// request is what is read of the request that sqlc would send to a plugin: the queries. The catalog in it, most of its
// bytes, is skipped.
type request struct {
	Queries []struct {
		Name     string
		Cmd      string
		Text     string
		Filename string
		Comments []string
		Columns  []requestColumn
		Params   []struct {
			Number int
			Column requestColumn
		}
		InsertIntoTable *identifier `json:"insert_into_table"`
	}
}

type requestColumn struct {
	Name         string
	OriginalName string      `json:"original_name"`
	NotNull      bool        `json:"not_null"`
	IsArray      bool        `json:"is_array"`
	ArrayDims    int         `json:"array_dims"`
	IsNamedParam bool        `json:"is_named_param"`
	IsSqlcSlice  bool        `json:"is_sqlc_slice"`
	Type         *identifier `json:"type"`
	Table        *identifier `json:"table"`
	EmbedTable   *identifier `json:"embed_table"`
}

type identifier struct{ Schema, Name string }

// decoder turns sqlc's request into queries.
type decoder struct {
	in       Input
	given    map[catalog.Name]catalog.Name
	schemas  map[string]bool
	relation map[catalog.Name]*catalog.Relation
	lowering
}

func newDecoder(in Input, d declaration) *decoder {
	r := &decoder{
		in: in, given: d.given,
		schemas:  schemasOf(in.Catalog, d.enums),
		relation: map[catalog.Name]*catalog.Relation{},
		lowering: newLowering(in.Catalog, in.Enums),
	}
	for i := range in.Catalog.Relations {
		r.relation[in.Catalog.Relations[i].Name] = &in.Catalog.Relations[i]
	}
	return r
}

func (d *decoder) decode(text []byte) ([]Query, error) {
	var r request
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("read sqlc's request: %w", err)
	}
	queries := make([]Query, len(r.Queries))
	for i, q := range r.Queries {
		queries[i] = Query{Name: q.Name, Cmd: q.Cmd, Text: q.Text, File: q.Filename, Comments: comments(q.Comments)}
		if q.InsertIntoTable != nil {
			n := tableName(*q.InsertIntoTable)
			queries[i].InsertInto = &n
		}
		for _, c := range q.Columns {
			queries[i].Columns = append(queries[i].Columns, d.column(c))
		}
		for _, p := range q.Params {
			queries[i].Params = append(queries[i].Params, Param{Number: p.Number, Column: d.column(p.Column)})
		}
		if err := d.sources(&queries[i]); err != nil {
			return nil, fmt.Errorf("query %s: %w", q.Name, err)
		}
	}
	return queries, nil
}

func (d *decoder) column(c requestColumn) Column {
	col := Column{
		Name: c.Name, NotNull: c.NotNull, Array: c.IsArray, Dims: c.ArrayDims, OriginalName: c.OriginalName,
		Slice: c.IsSqlcSlice, NamedParam: c.IsNamedParam,
	}
	if c.Type != nil {
		col.Type = nameOf(c.Type.Schema, c.Type.Name, d.schemas)
		if given, ok := d.given[col.Type]; ok {
			col.Type = given
		}
	}
	if c.Table != nil && c.Table.Name != "" {
		n := tableName(*c.Table)
		col.Table = &n
	}
	if c.EmbedTable != nil {
		n := tableName(*c.EmbedTable)
		col.Embed = &n
	}
	return col
}

// tableName fills in the one schema that sqlc leaves out.
func tableName(i identifier) catalog.Name {
	if i.Schema == "" {
		i.Schema = publicSchema
	}
	return catalog.Name(i)
}

// comments drops the lines that speak to sqlc, and the blank after the dashes.
func comments(lines []string) []string {
	var kept []string
	for _, l := range lines {
		word, _, _ := strings.Cut(strings.TrimSpace(l), " ")
		if word == "@param" || word == "@sqlc-vet-disable" {
			continue
		}
		kept = append(kept, strings.TrimRight(strings.TrimPrefix(l, " "), " \t\r"))
	}
	return kept
}

// byPlace orders queries by the base name of their file. Those of one file stand in its order already.
func byPlace(queries []Query) {
	slices.SortStableFunc(queries, func(a, b Query) int { return strings.Compare(a.File, b.File) })
}
