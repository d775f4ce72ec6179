package verify

import (
	"reflect"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// object is something that stands at the top of a document.
type object struct {
	schema, name string
	noun         string // table, enum, …
	ours, server bool   // which side has it
	// owner is the column that a sequence belongs to.
	owner *catalog.ColumnOfDoc
	// parent is the table that a partition is of.
	parent *catalog.NameDoc
}

// nouns names an element of each list of a document. Relations and functions say what they are themselves.
var nouns = map[string]string{
	"schemas": "schema", "extensions": "extension", "enums": "enum", "domains": "domain", "composites": "composite type",
	"ranges": "range type", "relations": "", "sequences": "sequence", "functions": "",
}

// objectsOf lists what the two documents have, by the first step of a difference's path.
func objectsOf(ours, server catalog.Document) map[Step]object {
	out := map[Step]object{}
	for i, doc := range []catalog.Document{server, ours} { // ours last: its nouns and owners are said
		v := reflect.ValueOf(doc)
		for f := range v.NumField() {
			list := v.Field(f)
			if list.Kind() != reflect.Slice {
				continue
			}
			for j := range list.Len() {
				key := v.Type().Field(f).Tag.Get("json")
				step := Step{key, nameOf(list.Index(j), j)}
				o := objectOf(list.Index(j).Interface())
				if o.noun == "" {
					o.noun = nouns[key]
				}
				o.server = i == 0 || out[step].server
				o.ours = i == 1
				out[step] = o
			}
		}
	}
	return out
}

func objectOf(doc any) object {
	switch d := doc.(type) {
	case catalog.SchemaDoc:
		return object{schema: d.Name, name: d.Name}
	case catalog.ExtensionDoc:
		return object{schema: d.Schema, name: d.Name}
	case catalog.RelationDoc:
		return object{schema: d.Schema, name: d.Name, noun: d.Kind, parent: d.PartitionOf}
	case catalog.FunctionDoc:
		return object{schema: d.Schema, name: d.Name, noun: d.Kind}
	case catalog.SequenceDoc:
		return object{schema: d.Schema, name: d.Name, owner: d.OwnedBy}
	}
	name := reflect.ValueOf(doc).FieldByName("NameDoc").Interface().(catalog.NameDoc)
	return object{schema: name.Schema, name: name.Name}
}
