package sqlc

import "bytes"

// merger puts the files that sqlc wrote of parts together.
type merger struct {
	// The names of the files that sqlc writes of all queries together.
	db, models, querier string
	files               map[string][]byte
	// methods are the names of all queries' methods.
	methods           map[string]bool
	queriers, structs [][]byte
}

func newMerger(in Input) *merger {
	name := func(option, usual string) string {
		if n := resolved(get(in.SQL.Go.Node, option)); n != nil && n.Value != "" {
			return n.Value
		}
		return usual
	}
	m := &merger{
		db:      name("output_db_file_name", "db.go"),
		models:  modelsFile(in),
		querier: name("output_querier_file_name", "querier.go"),
		files:   map[string][]byte{}, methods: map[string]bool{},
	}
	return m
}

// method is how the methods begin that sqlc writes, one for each query.
var method = []byte("\nfunc (q *Queries) ")

// add takes the files of the next part. It is false if a query or a file is in two parts, which a run on all would have
// refused or written otherwise.
func (m *merger) add(files map[string][]byte) bool {
	for name, text := range files {
		switch {
		case name == m.models:
			m.structs = append(m.structs, text)
			continue
		case name == m.querier:
			m.queriers = append(m.queriers, text)
			continue
		case name == m.db:
			// All are alike, save that the first may have what bulk commands need.
			if m.files[name] == nil {
				m.files[name] = text
			}
			continue
		case m.files[name] != nil:
			return false
		}
		m.files[name] = text
		if !m.addMethods(text) {
			return false
		}
	}
	return true
}

func (m *merger) addMethods(text []byte) bool {
	for {
		_, rest, found := bytes.Cut(text, method)
		if !found {
			return true
		}
		name, rest, _ := bytes.Cut(rest, []byte("("))
		if m.methods[string(name)] {
			return false
		}
		m.methods[string(name)], text = true, rest
	}
}

// finish adds the files that sqlc writes of all queries and of all tables, of which there are so many; nil if they cannot be
// put together.
func (m *merger) finish(enums, tables int) (map[string][]byte, error) {
	models, err := mergeStructs(m.structs, enums, tables)
	if models == nil || err != nil {
		return nil, err
	}
	m.files[m.models] = models
	if len(m.queriers) > 0 {
		querier, err := mergeQueriers(m.queriers)
		if querier == nil || err != nil {
			return nil, err
		}
		m.files[m.querier] = querier
	}
	return m.files, nil
}
