package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/trefoil-sql/trefoil/test/bench/clients/synthetic"
)

// writeDatamodel has datamodel-code-generator write a package of the tables: it is given a JSON Schema of each, with one
// object for a row, one for a new row and one for changes.
func (b *bench) writeDatamodel(dir string) error {
	progress("generating with datamodel-code-generator")
	files := map[string]string{}
	for _, t := range b.tables {
		text, err := json.Marshal(tableSchema(t))
		if err != nil {
			return err
		}
		files[t.Name+".json"] = string(text)
	}
	schemas := filepath.Join(b.dir, "schemas")
	if err := writeAll(schemas, files); err != nil {
		return err
	}
	_, err := measured(b.dir, filepath.Join(b.root, "test/bench/.venv/bin/datamodel-codegen"),
		"--input", schemas, "--input-file-type", "jsonschema", "--output", dir, "--output-model-type", "pydantic_v2.BaseModel",
		"--target-python-version", "3.11", "--disable-timestamp")
	return err
}

type object = map[string]any

func tableSchema(t synthetic.Table) object {
	name := synthetic.Pascal(t.Name)
	row := variantSchema(t, "")
	row["$schema"], row["title"] = "https://json-schema.org/draft/2020-12/schema", name
	row["$defs"] = object{name + "Insert": variantSchema(t, "Insert"), name + "Update": variantSchema(t, "Update")}
	return row
}

func variantSchema(t synthetic.Table, variant string) object {
	properties, required := object{}, []string{}
	for _, c := range t.Columns {
		if variant != "" && c.Identity {
			continue
		}
		properties[c.Name] = columnSchema(c)
		if !mayBeLeft(c, variant) {
			required = append(required, c.Name)
		}
	}
	return object{"type": "object", "properties": properties, "required": required}
}

// mayBeLeft tells whether a column may be left out of a variant of a row.
func mayBeLeft(c synthetic.Column, variant string) bool {
	return variant == "Update" || variant == "Insert" && (c.Default != "" || !c.NotNull)
}

// jsonSchemas are the types that row_to_json sends.
var jsonSchemas = map[string]object{
	"uuid": {"type": "string", "format": "uuid"}, "bigint": {"type": "integer"}, "text": {"type": "string"},
	"varchar": {"type": "string"}, "numeric": {"type": "number", "format": "decimal"}, "integer": {"type": "integer"},
	"boolean": {"type": "boolean"}, "jsonb": {}, "timestamptz": {"type": "string", "format": "date-time"},
}

func columnSchema(c synthetic.Column) object {
	schema := object{}
	for key, value := range jsonSchemas[c.Type] {
		schema[key] = value
	}
	values := c.Values
	if jsonSchemas[c.Type] == nil {
		values = synthetic.Enums()[0].Values
	}
	if len(values) > 0 {
		schema["type"], schema["enum"] = "string", values
	}
	if c.Length > 0 {
		schema["maxLength"] = c.Length
	}
	if n, err := strconv.Atoi(c.Min); err == nil {
		schema["minimum"] = n
	}
	if c.Array {
		schema = object{"type": "array", "items": schema}
	}
	if !c.NotNull && len(schema) > 0 {
		schema = object{"anyOf": []object{schema, {"type": "null"}}}
	}
	return schema
}

// datamodelImports are a statement that imports all modules of the package, which has none in its __init__.py.
func datamodelImports(tables []synthetic.Table) string {
	text := ""
	for _, t := range tables {
		text += fmt.Sprintf("import datamodel.%s\n", t.Name)
	}
	return text
}
