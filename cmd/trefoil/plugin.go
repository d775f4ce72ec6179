package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// newPlugin answers when sqlc itself runs trefoil as the process plugin that sqlc.yaml declares, so that the one file
// works with plain sqlc too: sqlc writes its Go, and trefoil's targets are left alone. An empty answer is a valid one:
// a response with no files.
func newPlugin(std streams) *cobra.Command {
	return &cobra.Command{
		Use:    "/plugin.CodegenService/Generate",
		Hidden: true,
		Args:   cobra.NoArgs,
		Run: func(*cobra.Command, []string) {
			fmt.Fprintln(std.err, "trefoil's targets are written by: trefoil generate")
		},
	}
}
