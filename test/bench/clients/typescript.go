package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/test/bench/clients/synthetic"
)

// client is a tool's TypeScript client. Its folder below ts/ is its name.
type client struct {
	name, title string
	// module and schema are those of the first table's row; index exports all, or "" where there is none.
	module, schema, index string
	// sample is a row as the tool takes it, in JavaScript.
	sample string
	// once tells that checking it takes so long that one run has to do.
	once bool
}

const wireRow = `{
  id: "5f0c9f3e-3a0c-4f2c-9c55-0d4d0d7d7f10", parent_id: "5f0c9f3e-3a0c-4f2c-9c55-0d4d0d7d7f11", number: 12345,
  name: "The name of a thing", state: "active", kind: "pro", amount: 12.5, quantity: 3, is_active: true,
  settings: { a: [1, 2, 3], b: { c: "d" } }, tags: ["x", "y"], created_at: "2025-03-01T10:00:00.123456+00:00",
}`

// driverRow is the same as kanel's types have it: as pg's driver hands it over.
var driverRow = strings.NewReplacer(`12345`, `"12345"`, `12.5`, `"12.5"`,
	`"2025-03-01T10:00:00.123456+00:00"`, `new Date("2025-03-01T10:00:00Z")`).Replace(wireRow)

func (b *bench) clients() []client {
	first := b.tables[0].Name
	name := synthetic.Pascal(first)
	camel := strings.ToLower(name[:1]) + name[1:]
	return []client{
		{"trefoil", "trefoil", first, strings.TrimSuffix(name, "s") + "Schema", "index", wireRow, false},
		{"plain", "plain Zod, z.infer", first, name + "Schema", "index", wireRow, false},
		{"drizzle", "drizzle-zod", first, name + "Schema", "index", wireRow, true},
		{"kanel", "kanel-zod", "public/" + name, camel, "", driverRow, false},
	}
}

// typeScript measures the clients for TypeScript.
func (b *bench) typeScript() (string, error) {
	dir := filepath.Join(b.dir, "ts")
	if err := b.writeTypeScript(dir); err != nil {
		return "", err
	}
	tools := b.clients()
	rows := []row{
		{what: "`tsc --noEmit`, time", unit: "s"}, {what: "`tsc --noEmit`, memory", unit: "MB"}, {what: "types that it makes"},
		{what: "instantiations"}, {what: "import of Zod and one table, cold", unit: "ms"},
		{what: "import of all tables, cold", unit: "ms"}, {what: "memory of that process", unit: "MB"},
		{what: "one schema, bundled from the index without Zod", unit: "KB"},
		{what: "rows parsed per second, 12 columns", higher: true},
	}
	for _, c := range tools {
		progress("measuring %s", c.title)
		numbers, err := b.measureClient(dir, c)
		if err != nil {
			return "", err
		}
		for i := range rows {
			rows[i].numbers = append(rows[i].numbers, numbers[i])
		}
	}
	titles := make([]string, len(tools))
	for i, c := range tools {
		titles[i] = c.title
	}
	versions, err := b.versions(dir)
	if err != nil {
		return "", err
	}
	return "### TypeScript\n" + versions + "\n" + markdown(titles, rows) + "\n", nil
}

func (b *bench) writeTypeScript(dir string) error {
	modules := filepath.Join(b.root, "test/bench/node_modules")
	if _, err := os.Stat(modules); err != nil {
		return fmt.Errorf("%s is missing: run npm ci in test/bench", modules)
	}
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		return err
	}
	progress("writing the other clients; kanel takes a while")
	if err := writePlainZod(filepath.Join(dir, "plain"), b.tables); err != nil {
		return err
	}
	if err := writeDrizzle(filepath.Join(dir, "drizzle"), b.tables); err != nil {
		return err
	}
	if err := b.writeKanel(dir); err != nil {
		return err
	}
	files := map[string]string{"package.json": `{"type": "module"}`, "import.mjs": importScript}
	for _, c := range b.clients() {
		files["tsconfig."+c.name+".json"] = fmt.Sprintf(tsconfig, c.name)
		files["parse."+c.name+".mjs"] = fmt.Sprintf(parseScript, c.schema, c.name, c.module, c.sample)
		files["one."+c.name+".mjs"] = fmt.Sprintf("export { %s } from \"./js/%s/index.js\";\n", c.schema, c.name)
	}
	return writeAll(dir, files)
}

const tsconfig = `{"compilerOptions": {
  "strict": true, "noEmit": true, "target": "es2022", "module": "esnext", "moduleResolution": "bundler",
  "skipLibCheck": true, "types": []
}, "include": ["%s/**/*.ts"]}
`

// importScript prints how long an import takes in a new process, in ms, and the memory afterwards, in MB.
const importScript = `const start = performance.now();
await import(process.argv[2]);
console.log(performance.now() - start, process.memoryUsage().rss / 2 ** 20);
`

// parseScript prints how many rows a schema parses in a second, at its best.
const parseScript = `import { %s as schema } from "./js/%s/%s.js";
const row = %s;
let most = 0;
for (let round = 0; round < 20; round++) {
  const start = performance.now();
  let n = 0;
  for (; performance.now() - start < 50; n += 100) for (let i = 0; i < 100; i++) schema.parse(row);
  most = Math.max(most, n / (performance.now() - start) * 1000);
}
console.log(most);
`

var diagnostic = map[string]*regexp.Regexp{
	"memory": regexp.MustCompile(`Memory used:\s+(\d+)K`), "types": regexp.MustCompile(`Types:\s+(\d+)`), "instantiations": regexp.MustCompile(`Instantiations:\s+(\d+)`),
}

// measureClient gives the numbers of typeScript's rows.
func (b *bench) measureClient(dir string, c client) ([]float64, error) {
	repeats := b.repeats
	if c.once {
		repeats = 1
	}
	bin := func(name string) string { return filepath.Join(dir, "node_modules/.bin", name) }
	checked, err := best(repeats, dir, bin("tsc"), "-p", "tsconfig."+c.name+".json", "--extendedDiagnostics")
	if err != nil {
		return nil, err
	}
	numbers := []float64{checked.wall.Seconds()}
	for _, name := range []string{"memory", "types", "instantiations"} {
		numbers = append(numbers, parseNumber(diagnostic[name].FindStringSubmatch(checked.out)[1]))
	}
	numbers[1] /= 1024
	if _, err := measured(dir, bin("esbuild"), c.compile()...); err != nil {
		return nil, err
	}
	one, err := b.importTime(dir, "./js/"+c.name+"/"+c.module+".js")
	if err != nil {
		return nil, err
	}
	all, bundled := []float64{-1, -1}, -1.0
	if c.index != "" {
		if all, err = b.importTime(dir, "./js/"+c.name+"/index.js"); err != nil {
			return nil, err
		}
		out, err := measured(dir, bin("esbuild"), "one."+c.name+".mjs", "--bundle", "--minify", "--format=esm", "--packages=external", "--log-level=error")
		if err != nil {
			return nil, err
		}
		bundled = float64(len(out.out)) / 1000
	}
	parsed, err := measured(dir, "node", "parse."+c.name+".mjs")
	return append(numbers, one[0], all[0], all[1], bundled, parseNumber(strings.TrimSpace(parsed.out))), err
}

// compile are esbuild's arguments to make JavaScript of a client, file by file. kanel's imports have no extension, which
// Node cannot follow: of its client one module is made with what it imports.
func (c client) compile() []string {
	args := []string{"--outdir=js/" + c.name, "--outbase=" + c.name, "--format=esm", "--log-level=error"}
	if c.index == "" {
		return append(args, c.name+"/"+c.module+".ts", "--bundle", "--packages=external")
	}
	return append(args, c.name+"/**/*.ts")
}

// importTime is what importScript prints, at its least.
func (b *bench) importTime(dir, module string) ([]float64, error) {
	var least []float64
	for range 2*b.repeats + 1 {
		c, err := measured(dir, "node", "import.mjs", module)
		if err != nil {
			return nil, err
		}
		fields := strings.Fields(c.out)
		numbers := []float64{parseNumber(fields[0]), parseNumber(fields[1])}
		if least == nil || numbers[0] < least[0] {
			least = numbers
		}
	}
	return least, nil
}

// versions names what was measured with what.
func (b *bench) versions(dir string) (string, error) {
	const script = `import { readFileSync } from "node:fs";
const version = (name) => name + " " + JSON.parse(readFileSync("node_modules/" + name + "/package.json", "utf8")).version;
console.log("Node " + process.versions.node + ", " + ["typescript", "zod", "drizzle-orm", "drizzle-zod", "kanel", "kanel-zod"].map(version).join(", ") + ".");
`
	c, err := measured(dir, "node", "--input-type=module", "-e", script)
	text := fmt.Sprintf("%d tables of twelve columns, three schemas each. ", len(b.tables))
	return text + c.out, err
}

func parseNumber(text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return -1
	}
	return n
}
