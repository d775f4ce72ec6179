// Command schema writes docs/trefoil.schema.json. It is run in the module's root.
package main

import (
	"fmt"
	"os"

	"github.com/trefoil-sql/trefoil/internal/config/schema"
)

func main() {
	text, err := schema.Generate("")
	if err == nil {
		err = os.WriteFile(schema.File, text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
