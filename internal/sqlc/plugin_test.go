package sqlc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"google.golang.org/protobuf/encoding/protowire"
)

// Further fields of sqlc's plugin protocol.
const (
	requestOptions, requestGlobals = 5, 6
	queryName                      = 2
)

// plugin makes this test binary a process plugin, when sqlc starts it as one. Its option files maps names to contents,
// where QUERIES stands for the queries' names; fail is what it prints before it fails.
func plugin() {
	if len(os.Args) < 2 || os.Args[1] != pluginMethod {
		return
	}
	request, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	var options struct {
		Files map[string]string
		Fail  string
	}
	if err := json.Unmarshal(field(request, requestOptions)[0], &options); err != nil {
		panic(err)
	}
	if options.Fail != "" {
		fmt.Fprint(os.Stderr, options.Fail)
		os.Exit(3)
	}
	var queries [][]byte
	for _, q := range field(request, requestQueries) {
		queries = append(queries, field(q, queryName)[0])
	}
	here, _ := os.ReadFile("here")
	words := map[string][]byte{
		"QUERIES": bytes.Join(queries, []byte(" ")), "GLOBALS": bytes.Join(field(request, requestGlobals), nil), "HERE": here,
	}
	files := map[string][]byte{}
	for name, text := range options.Files {
		files[name] = []byte(text)
		if word, ok := words[text]; ok {
			files[name] = word
		}
	}
	os.Stdout.Write(response(files))
	os.Exit(0)
}

// field returns all values of a message's field of bytes, in order.
func field(message []byte, number protowire.Number) (values [][]byte) {
	for len(message) > 0 {
		n, kind, size := protowire.ConsumeField(message)
		_, _, tag := protowire.ConsumeTag(message)
		if n == number && kind == protowire.BytesType {
			value, _ := protowire.ConsumeBytes(message[tag:size])
			values = append(values, value)
		}
		message = message[size:]
	}
	return values
}

// response is a plugin's answer with these files.
func response(files map[string][]byte) (message []byte) {
	add := func(to []byte, number protowire.Number, value []byte) []byte {
		return protowire.AppendBytes(protowire.AppendTag(to, number, protowire.BytesType), value)
	}
	for name, contents := range files {
		message = add(message, responseFile, add(add(nil, fileName, []byte(name)), fileContents, contents))
	}
	return message
}

// wasm is a module that prints a text and does nothing else.
func wasm(text []byte) []byte {
	vec := func(parts ...[]byte) []byte {
		all := bytes.Join(parts, nil)
		return append(protowire.AppendVarint(nil, uint64(len(all))), all...)
	}
	name := func(s string) []byte { return vec([]byte(s)) }
	section := func(id byte, parts ...[]byte) []byte { return append([]byte{id}, vec(parts...)...) }
	const i32, function, memory, end = 0x7f, 0, 2, 0x0b
	// At 0 a vector of one: the text's place, 16, and its length. At 8 fd_write puts how much it wrote.
	data := append([]byte{16, 0, 0, 0, byte(len(text)), byte(len(text) >> 8), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, text...)
	return bytes.Join([][]byte{
		[]byte("\x00asm\x01\x00\x00\x00"),
		section(1, []byte{2, 0x60, 4, i32, i32, i32, i32, 1, i32, 0x60, 0, 0}),
		section(2, []byte{1}, name("wasi_snapshot_preview1"), name("fd_write"), []byte{function, 0}),
		section(3, []byte{1, 1}),
		section(5, []byte{1, 0, 1}),
		section(7, []byte{2}, name("memory"), []byte{memory, 0}, name("_start"), []byte{function, 1}),
		section(10, []byte{1}, vec([]byte{0, 0x41, 1, 0x41, 0, 0x41, 1, 0x41, 8, 0x10, 0, 0x1a, end})),
		section(11, []byte{1, 0, 0x41, 0, end}, vec(data)),
	}, nil)
}
