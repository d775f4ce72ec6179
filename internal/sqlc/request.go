package sqlc

import (
	"fmt"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// identifier is what sqlc's request names a relation or type by.
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

// decode reads the queries of a request, side by side. The numbers are those of the fields in sqlc's plugin protocol.
func (d *decoder) decode(request []byte) ([]Query, error) {
	var messages [][]byte
	err := fields(request, func(number protowire.Number, _ uint64, text []byte) error {
		if number == requestQueries {
			messages = append(messages, text)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read sqlc's request: %w", err)
	}
	queries := make([]Query, len(messages))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, message := range messages {
		group.Go(func() error {
			q, err := d.query(message)
			if err == nil {
				err = d.sources(&q)
			}
			if err != nil {
				return fmt.Errorf("read sqlc's analysis of query %s: %w", q.Name, err)
			}
			queries[i] = q
			return nil
		})
	}
	return queries, group.Wait()
}

func (d *decoder) query(message []byte) (Query, error) {
	var q Query
	var lines []string
	err := fields(message, func(number protowire.Number, _ uint64, text []byte) error {
		switch number {
		case 1:
			q.Text = string(text)
		case 2:
			q.Name = string(text)
		case 3:
			q.Cmd = string(text)
		case 4:
			c, err := d.column(text)
			q.Columns = append(q.Columns, c)
			return err
		case 5:
			p, err := d.param(text)
			q.Params = append(q.Params, p)
			return err
		case 6:
			lines = append(lines, string(text))
		case 7:
			q.File = string(text)
		case 8:
			i, err := readIdentifier(text)
			n := tableName(i)
			q.InsertInto = &n
			return err
		}
		return nil
	})
	q.Comments = comments(lines)
	return q, err
}

func (d *decoder) param(message []byte) (Param, error) {
	var p Param
	err := fields(message, func(number protowire.Number, value uint64, text []byte) (err error) {
		switch number {
		case 1:
			p.Number = int(value)
		case 2:
			p.Column, err = d.column(text)
		}
		return err
	})
	return p, err
}

func (d *decoder) column(message []byte) (Column, error) {
	var c Column
	err := fields(message, func(number protowire.Number, value uint64, text []byte) error {
		switch number {
		case 1:
			c.Name = string(text)
		case 3:
			c.NotNull = value != 0
		case 4:
			c.Array = value != 0
		case 7:
			c.NamedParam = value != 0
		case 13:
			c.Slice = value != 0
		case 15:
			c.OriginalName = string(text)
		case 17:
			c.Dims = int(value)
		case 10, 12, 14:
			i, err := readIdentifier(text)
			d.identify(&c, number, i)
			return err
		}
		return nil
	})
	return c, err
}

// identify sets what a column's table, type or embedded table is.
func (d *decoder) identify(c *Column, number protowire.Number, i identifier) {
	n := tableName(i)
	switch number {
	case 10:
		if i.Name != "" {
			c.Table = &n
		}
	case 12:
		c.Type = nameOf(i.Schema, i.Name, d.schemas)
		if given, ok := d.given[c.Type]; ok {
			c.Type = given
		}
	case 14:
		c.Embed = &n
	}
}

func readIdentifier(message []byte) (identifier, error) {
	var i identifier
	err := fields(message, func(number protowire.Number, _ uint64, text []byte) error {
		switch number {
		case 2:
			i.Schema = string(text)
		case 3:
			i.Name = string(text)
		}
		return nil
	})
	return i, err
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
