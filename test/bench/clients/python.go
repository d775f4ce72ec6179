package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/trefoil-sql/trefoil/test/bench/clients/synthetic"
)

// writePlainPydantic writes the tables as one would by hand: a module of BaseModels for each, which the package imports.
func writePlainPydantic(dir string, tables []synthetic.Table) error {
	files := map[string]string{}
	var init strings.Builder
	for _, t := range tables {
		name := synthetic.Pascal(t.Name)
		files[t.Name+".py"] = pydanticModule(t)
		fmt.Fprintf(&init, "from .%[1]s import %[2]s, %[2]sInsert, %[2]sUpdate\n", t.Name, name)
	}
	files["__init__.py"] = init.String()
	return writeAll(dir, files)
}

func pydanticModule(t synthetic.Table) string {
	var enums, models strings.Builder
	name := synthetic.Pascal(t.Name)
	types := map[string]string{}
	for _, c := range t.Columns {
		types[c.Name] = pydanticTypes[c.Type]
		values := c.Values
		if types[c.Name] == "" {
			values = synthetic.Enums()[0].Values
		}
		if len(values) > 0 {
			types[c.Name] = synthetic.Pascal(c.Name)
			fmt.Fprintf(&enums, "\n\nclass %s(Enum):\n", types[c.Name])
			for _, v := range values {
				fmt.Fprintf(&enums, "    %s = %q\n", v, v)
			}
		}
	}
	for _, variant := range []string{"", "Insert", "Update"} {
		fmt.Fprintf(&models, "\n\nclass %s%s(BaseModel):\n", name, variant)
		for _, c := range t.Columns {
			if variant != "" && c.Identity {
				continue
			}
			fmt.Fprintf(&models, "    %s: %s\n", c.Name, pydanticField(c, types[c.Name], mayBeLeft(c, variant)))
		}
	}
	return `from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field
` + enums.String() + models.String()
}

var pydanticTypes = map[string]string{
	"uuid": "UUID", "bigint": "int", "text": "str", "varchar": "str", "numeric": "Decimal", "integer": "int",
	"boolean": "bool", "jsonb": "Any", "timestamptz": "AwareDatetime",
}

func pydanticField(c synthetic.Column, typ string, left bool) string {
	if c.Array {
		typ = "list[" + typ + "]"
	}
	if left || !c.NotNull {
		typ += " | None"
	}
	var args []string
	if c.Length > 0 {
		args = append(args, fmt.Sprintf("max_length=%d", c.Length))
	}
	if c.Min != "" {
		args = append(args, "ge="+c.Min)
	}
	switch {
	case len(args) > 0 && left:
		return fmt.Sprintf("%s = Field(None, %s)", typ, strings.Join(args, ", "))
	case len(args) > 0:
		return fmt.Sprintf("%s = Field(..., %s)", typ, strings.Join(args, ", "))
	case left:
		return typ + " = None"
	}
	return typ
}

// pythonImport prints how long statements take in a new process, in ms of the processor, and the most memory it held, in MB.
const pythonImport = `import time
start = time.process_time()
%s
print((time.process_time() - start) * 1000)
print(next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
`

// pythonValidate prints how many rows a model reads in a second, at its best, in each way that there is.
const pythonValidate = `import json, time, timeit
from pydantic import TypeAdapter
from %s import %s as Model
row = {
    "id": "5f0c9f3e-3a0c-4f2c-9c55-0d4d0d7d7f10", "parent_id": "5f0c9f3e-3a0c-4f2c-9c55-0d4d0d7d7f11", "number": 12345,
    "name": "The name of a thing", "state": "active", "kind": "pro", "amount": 12.5, "quantity": 3, "is_active": True,
    "settings": {"a": [1, 2, 3], "b": {"c": "d"}}, "tags": ["x", "y"], "created_at": "2025-03-01T10:00:00.123456+00:00",
}
text, rows, many = json.dumps(row), [row] * 10, TypeAdapter(list[Model])
ways = [
    (1, lambda: Model.model_validate(row)), (1, lambda: Model.model_validate_json(text)), (1, lambda: Model(**row)),
    (10, lambda: many.validate_python(rows)),
]
for each, run in ways:
    for _ in range(3):
        run()
    print(2000 / min(timeit.repeat(run, timer=time.process_time, number=2000 // each, repeat=40)))
`

// pythonClient is a package of models, the name of the first table's row in it, and the statements that import that one
// and all.
type pythonClient struct{ name, module, model, all string }

func (b *bench) pythonClients() []pythonClient {
	first := b.tables[0].Name
	return []pythonClient{
		{"trefoil", "trefoil", b.rowName(), "from trefoil import *"},
		{"datamodel-code-generator", "datamodel." + first, synthetic.Pascal(first), datamodelImports(b.tables)},
		{"plain Pydantic", "plain", synthetic.Pascal(first), "from plain import *"},
	}
}

// python measures the clients for Python.
func (b *bench) python() (string, error) {
	dir := filepath.Join(b.dir, "python")
	if err := writePlainPydantic(filepath.Join(dir, "plain"), b.tables); err != nil {
		return "", err
	}
	if err := b.writeDatamodel(filepath.Join(dir, "datamodel")); err != nil {
		return "", err
	}
	rows := []row{
		{what: "import of Pydantic and one model", unit: "ms"}, {what: "the same, over `import pydantic`", unit: "ms"},
		{what: "memory of that process", unit: "MB"}, {what: "import of all models", unit: "ms"},
		{what: "memory of that process", unit: "MB"}, {what: "`model_validate` of a dict, per second", higher: true},
		{what: "`model_validate_json`, per second", higher: true}, {what: "`Model(**row)`, per second", higher: true},
		{what: "`TypeAdapter(list[Model])`, rows per second", higher: true},
	}
	alone, err := b.pythonImport(dir, "import pydantic")
	if err != nil {
		return "", err
	}
	var names []string
	for _, c := range b.pythonClients() {
		progress("measuring Python, %s", c.name)
		numbers, err := b.measurePython(dir, c)
		if err != nil {
			return "", err
		}
		numbers = append([]float64{numbers[0], numbers[0] - alone[0]}, numbers[1:]...)
		for i := range rows {
			rows[i].numbers = append(rows[i].numbers, numbers[i])
		}
		names = append(names, c.name)
	}
	versions, err := b.pythonVersions(dir)
	return "### Python\nRows of twelve columns; times are of the processor. " + versions + "\n" + markdown(names, rows) + "\n", err
}

func (b *bench) pythonVersions(dir string) (string, error) {
	own, err := measured(dir, b.interpreter(), "-c", "import sys, pydantic; print(f'Python {sys.version.split()[0]}, Pydantic {pydantic.VERSION}')")
	if err != nil {
		return "", err
	}
	generator, err := measured(dir, filepath.Join(b.root, "test/bench/.venv/bin/python"), "-c",
		"from importlib.metadata import version; print('datamodel-code-generator ' + version('datamodel-code-generator'))")
	return strings.TrimSpace(own.out) + ", " + strings.TrimSpace(generator.out) + ".\n", err
}

func (b *bench) interpreter() string { return filepath.Join(b.root, "test/python/.venv/bin/python") }

func (b *bench) measurePython(dir string, client pythonClient) ([]float64, error) {
	one, err := b.pythonImport(dir, fmt.Sprintf("from %s import %s", client.module, client.model))
	if err != nil {
		return nil, err
	}
	all, err := b.pythonImport(dir, client.all)
	if err != nil {
		return nil, err
	}
	c, err := measured(dir, b.interpreter(), "-c", fmt.Sprintf(pythonValidate, client.module, client.model))
	if err != nil {
		return nil, err
	}
	numbers := []float64{one[0], one[1], all[0], all[1]}
	for _, rate := range strings.Fields(c.out) {
		numbers = append(numbers, parseNumber(rate))
	}
	return numbers, nil
}

// pythonImport is what the script of that name prints, at its least. The first run, which writes the byte code, is not
// counted.
func (b *bench) pythonImport(dir, statements string) ([]float64, error) {
	var least []float64
	for i := range b.repeats + 1 {
		c, err := measured(dir, b.interpreter(), "-c", fmt.Sprintf(pythonImport, statements))
		if err != nil {
			return nil, err
		}
		fields := strings.Fields(c.out)
		if numbers := []float64{parseNumber(fields[0]), parseNumber(fields[1])}; i == 1 || i > 1 && numbers[0] < least[0] {
			least = numbers
		}
	}
	return least, nil
}
