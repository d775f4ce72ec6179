package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// goBenchmark validates a row of the first table.
const goBenchmark = `package db

import (
	"math/big"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
)

func BenchmarkValidate(b *testing.B) {
	row := %[1]s{
		ID: pgtype.UUID{Valid: true}, ParentID: pgtype.UUID{Valid: true}, Number: 12345, Name: "The name of a thing",
		State: "active", Kind: "pro", Amount: pgtype.Numeric{Int: big.NewInt(125), Exp: -1, Valid: true}, Quantity: 3,
		IsActive: true, Settings: []byte("{\"a\": [1, 2, 3], \"b\": {\"c\": \"d\"}}"), Tags: []string{"x", "y"},
		CreatedAt: pgtype.Timestamptz{Time: time.Unix(1740823200, 0), Valid: true},
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := row.Validate(); err != nil {
			b.Fatal(err)
		}
	}
}
`

var benchmarkLine = regexp.MustCompile(`([\d.]+) ns/op\s+(\d+) B/op\s+(\d+) allocs/op`)

// golang measures Validate. sqlc's Go, which the client is otherwise, has nothing to compare it with.
func (b *bench) golang() (string, error) {
	progress("measuring Go")
	dir := filepath.Join(b.dir, "go")
	files := map[string]string{"db/validate_bench_test.go": fmt.Sprintf(goBenchmark, b.rowName())}
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(b.root, name))
		if err != nil {
			return "", err
		}
		files[name] = strings.Replace(string(text), "module github.com/trefoil-sql/trefoil", "module example.com/bench", 1)
	}
	if err := writeAll(dir, files); err != nil {
		return "", err
	}
	c, err := measured(dir, "go", "test", "-mod=mod", "-run=^$", "-bench=.", "-benchtime=200ms", fmt.Sprintf("-count=%d", b.repeats), "./db")
	if err != nil {
		return "", err
	}
	var least []string
	for _, m := range benchmarkLine.FindAllStringSubmatch(c.out, -1) {
		if least == nil || parseNumber(m[1]) < parseNumber(least[1]) {
			least = m
		}
	}
	if least == nil {
		return "", fmt.Errorf("the benchmark printed no result:\n%s", c.out)
	}
	rows := []row{
		{what: "`Validate` of a row that is valid", unit: "ns", numbers: []float64{parseNumber(least[1])}},
		{what: "its allocations", numbers: []float64{parseNumber(least[3])}},
	}
	return "### Go\n" + markdown([]string{"trefoil"}, rows), nil
}

// rowName is the name of the first table's row in trefoil's clients.
func (b *bench) rowName() string {
	return strings.TrimSuffix(strings.TrimSuffix(b.clients()[0].schema, "Schema"), "s")
}
