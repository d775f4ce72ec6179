package main

import (
	"fmt"
	"io"
	"os"

	"google.golang.org/protobuf/encoding/protowire"
)

// genSizes is a plugin of sqlc's: it answers with one file, sizes.txt, that tells how long the request's parts are, by
// the numbers of sqlc's protocol.
func genSizes() {
	request, err := io.ReadAll(os.Stdin)
	sizes := map[protowire.Number]int{}
	for err == nil && len(request) > 0 {
		number, _, n := protowire.ConsumeField(request)
		if err = protowire.ParseError(n); err == nil {
			sizes[number] += n
			request = request[n:]
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	file := protowire.AppendString(protowire.AppendTag(nil, 1, protowire.BytesType), "sizes.txt")
	file = protowire.AppendString(protowire.AppendTag(file, 2, protowire.BytesType), fmt.Sprintln("queries:", sizes[3]))
	os.Stdout.Write(protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), file))
}
