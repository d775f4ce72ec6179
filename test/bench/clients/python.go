package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/trefoil-sql/trefoil/test/bench/clients/synthetic"
)

// writePlainPydantic writes the tables as datamodel-code-generator does: a module of BaseModels for each, which the
// package imports.
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
			left := variant == "Update" || variant == "Insert" && (c.Default != "" || !c.NotNull)
			fmt.Fprintf(&models, "    %s: %s\n", c.Name, pydanticField(c, types[c.Name], left))
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

// pythonImport prints how long statements take in a new process, in ms, and the most memory it held, in MB.
const pythonImport = `import time
start = time.perf_counter()
%s
print((time.perf_counter() - start) * 1000)
print(next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
`

// pythonValidate prints how many rows a model validates in a second, at its best: first a dict, then JSON.
const pythonValidate = `import json, timeit
from %s import %s as Model
row = {
    "id": "5f0c9f3e-3a0c-4f2c-9c55-0d4d0d7d7f10", "parent_id": "5f0c9f3e-3a0c-4f2c-9c55-0d4d0d7d7f11", "number": 12345,
    "name": "The name of a thing", "state": "active", "kind": "pro", "amount": 12.5, "quantity": 3, "is_active": True,
    "settings": {"a": [1, 2, 3], "b": {"c": "d"}}, "tags": ["x", "y"], "created_at": "2025-03-01T10:00:00.123456+00:00",
}
text = json.dumps(row)
for run in (lambda: Model.model_validate(row), lambda: Model.model_validate_json(text)):
    run()
    print(2000 / min(timeit.repeat(run, number=2000, repeat=20)))
`

// python measures the clients for Python.
func (b *bench) python() (string, error) {
	dir := filepath.Join(b.dir, "python")
	if err := writePlainPydantic(filepath.Join(dir, "plain"), b.tables); err != nil {
		return "", err
	}
	rows := []row{
		{what: "import of Pydantic and one model", unit: "ms"}, {what: "the same, over `import pydantic`", unit: "ms"},
		{what: "memory of that process", unit: "MB"}, {what: "import of all models", unit: "ms"},
		{what: "memory of that process", unit: "MB"}, {what: "dicts validated per second, 12 columns", higher: true},
		{what: "JSON validated per second, 12 columns", higher: true},
	}
	alone, err := b.pythonImport(dir, "import pydantic")
	if err != nil {
		return "", err
	}
	for _, c := range [][2]string{{"trefoil", b.rowName()}, {"plain", synthetic.Pascal(b.tables[0].Name)}} {
		progress("measuring Python, %s", c[0])
		numbers, err := b.measurePython(dir, c[0], c[1])
		if err != nil {
			return "", err
		}
		numbers = append([]float64{numbers[0], numbers[0] - alone[0]}, numbers[1:]...)
		for i := range rows {
			rows[i].numbers = append(rows[i].numbers, numbers[i])
		}
	}
	c, err := measured(dir, b.interpreter(), "-c", "import sys, pydantic; print('Python', sys.version.split()[0] + ', Pydantic', pydantic.VERSION + '.')")
	head := "### Python\nPlain Pydantic is in the form that datamodel-code-generator writes. " + c.out
	return head + "\n" + markdown([]string{"trefoil", "plain Pydantic"}, rows) + "\n", err
}

func (b *bench) interpreter() string { return filepath.Join(b.root, "test/python/.venv/bin/python") }

func (b *bench) measurePython(dir, module, model string) ([]float64, error) {
	one, err := b.pythonImport(dir, fmt.Sprintf("from %s import %s", module, model))
	if err != nil {
		return nil, err
	}
	all, err := b.pythonImport(dir, fmt.Sprintf("from %s import *", module))
	if err != nil {
		return nil, err
	}
	c, err := measured(dir, b.interpreter(), "-c", fmt.Sprintf(pythonValidate, module, model))
	if err != nil {
		return nil, err
	}
	rates := strings.Fields(c.out)
	return []float64{one[0], one[1], all[0], all[1], parseNumber(rates[0]), parseNumber(rates[1])}, nil
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
