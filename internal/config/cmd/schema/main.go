// Command schema writes docs/trefoil.schema.json, the JSON Schema of trefoil's options, from the structs that they are read
// into, so that an editor knows what the reader accepts. It is run in the module's root.
package main

import (
	"fmt"
	"os"
)

func main() {
	text, err := generate("")
	if err == nil {
		err = os.WriteFile(committed, text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
