package zod

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// combinations are the options' values, each at least once.
var combinations = []Options{
	{Numeric: "number", BigInt: "number", Timestamp: "string", ImportExtension: ".js"},
	{Numeric: "string", BigInt: "bigint", Timestamp: "date", ImportExtension: ".js"},
	{Numeric: "string", BigInt: "string", Timestamp: "string", ImportExtension: ".js"},
	driverOptions,
}

// driverOptions are what wire: driver has by default.
var driverOptions = Options{Numeric: "string", BigInt: "string", Timestamp: "date", ImportExtension: ".js", Driver: true}

// typesTS asserts that every type is what its schema infers, and that the schema of what is written takes it.
func typesTS(m *model.Model) string {
	var b strings.Builder
	b.WriteString(`import * as z from "zod";
import * as gen from "./gen/index.js";
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(value?: T) => value;
`)
	for _, e := range m.Enums {
		fmt.Fprintf(&b, "yes<Equal<gen.%s, z.infer<typeof gen.%s>>>();\n", e.Name, e.Schema)
	}
	for _, s := range modules(m) {
		for _, o := range s.objects {
			fmt.Fprintf(&b, "yes<Equal<gen.%s, z.infer<typeof gen.%s>>>();\n", o.Name, o.Schema)
			if isWritten(o.Variant) {
				fmt.Fprintf(&b, "((value: gen.%s): z.input<typeof gen.%s> => value)\n;", o.Name, o.Schema)
			}
			plain := o.Schema
			if o.Plain != "" {
				plain = o.Plain
				fmt.Fprintf(&b, "yes<Equal<gen.%s, z.infer<typeof gen.%s>>>();\n", o.Name, plain)
			}
			fmt.Fprintf(&b, "gen.%[1]s.extend({}).partial(); gen.%[1]s.pick({}); gen.%[1]s.omit({}); gen.%[1]s.shape;\n", plain)
		}
	}
	return b.String()
}

const jsonSchemaJS = `
import * as z from "zod";
import * as gen from "./out/gen/index.js";
let count = 0;
for (const [name, value] of Object.entries(gen)) {
  if (!(value instanceof z.ZodType)) continue;
  for (const io of ["input", "output"]) {
    try {
      JSON.stringify(z.toJSONSchema(value, { io }));
      count++;
    } catch (error) {
      throw new Error(name + ": " + error.message);
    }
  }
}
process.stdout.write(String(count));
`

func TestEverythingCompiles(t *testing.T) {
	for _, o := range combinations {
		t.Run(fmt.Sprint(o), func(t *testing.T) {
			t.Parallel()
			m := everything()
			tree, err := Emit(m, o)
			require.NoError(t, err)
			if o.Driver {
				m = withoutComposites(m)
			}
			p := newProject(t, tree, map[string]string{"types.ts": typesTS(m)})
			p.compile()
			p.compile("--exactOptionalPropertyTypes")
			if o.BigInt != "bigint" && !o.Driver {
				p.write("schema.mjs", jsonSchemaJS)
				require.NotEqual(t, "0", string(p.node("schema.mjs", "")))
			}
		})
	}
}

func TestEveryImportExtensionCompiles(t *testing.T) {
	for extension, flags := range map[string][]string{
		"":    {"--module", "esnext", "--moduleResolution", "bundler"},
		".ts": {"--allowImportingTsExtensions", "--noEmit"},
	} {
		o := combinations[0]
		o.ImportExtension = extension
		tree, err := Emit(usageTracking(), o)
		require.NoError(t, err)
		newProject(t, tree, nil).compile(flags...)
	}
}
