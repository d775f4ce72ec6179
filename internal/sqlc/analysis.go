package sqlc

import (
	"fmt"
	"io"
	"os"

	"go.yaml.in/yaml/v3"
	"google.golang.org/protobuf/encoding/protowire"
)

// The analysed queries come from sqlc by way of a process plugin that is this program again: sqlc's own json target would
// print the whole of pg_catalog with them, which takes longer than the analysis.

const (
	// pluginMethod is the argument that sqlc starts a process plugin with.
	pluginMethod = "/plugin.CodegenService/Generate"
	// analysisVar is set in the environment of the plugin that hands the queries over.
	analysisVar = "TREFOIL_SQLC_ANALYSIS"
	// analysisName is the plugin's name in a run's config.
	analysisName = "trefoil-analysis"
	analysisDir  = "analysis"
	// analysisFile holds the queries of sqlc's request, in its protocol's own form.
	analysisFile = "queries.pb"
)

// Fields of sqlc's plugin protocol.
const (
	requestQueries                       = 3
	responseFile, fileName, fileContents = 1, 1, 2
)

// isAnalysis tells that sqlc started this process to hand the queries over.
func isAnalysis() bool {
	return len(os.Args) > 1 && os.Args[1] == pluginMethod && os.Getenv(analysisVar) != ""
}

// handOver answers sqlc's request with a file that holds its queries.
func handOver(in io.Reader, out io.Writer) error {
	request, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	var queries []byte
	err = fields(request, func(number protowire.Number, _ uint64, text []byte) error {
		if number == requestQueries {
			queries = protowire.AppendTag(queries, requestQueries, protowire.BytesType)
			queries = protowire.AppendBytes(queries, text)
		}
		return nil
	})
	if err != nil {
		return err
	}
	file := protowire.AppendTag(nil, fileName, protowire.BytesType)
	file = protowire.AppendString(file, analysisFile)
	file = protowire.AppendTag(file, fileContents, protowire.BytesType)
	file = protowire.AppendBytes(file, queries)
	response := protowire.AppendTag(nil, responseFile, protowire.BytesType)
	_, err = out.Write(protowire.AppendBytes(response, file))
	return err
}

// fields calls f with each field of a message: a number or the bytes of a string or message.
func fields(message []byte, f func(number protowire.Number, value uint64, text []byte) error) error {
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return protowire.ParseError(n)
		}
		message = message[n:]
		var value uint64
		var text []byte
		switch kind {
		case protowire.VarintType:
			value, n = protowire.ConsumeVarint(message)
		case protowire.BytesType:
			text, n = protowire.ConsumeBytes(message)
		default:
			return fmt.Errorf("field %d has the unexpected type %d", number, kind)
		}
		if n < 0 {
			return protowire.ParseError(n)
		}
		message = message[n:]
		if err := f(number, value, text); err != nil {
			return err
		}
	}
	return nil
}

// analysisPlugin declares the plugin, as one that this program's own file is.
func analysisPlugin() (*yaml.Node, error) {
	exe, err := executable()
	if err != nil {
		return nil, err
	}
	return sequence(mapping(
		scalar("name"), scalar(analysisName),
		scalar("env"), sequence(scalar(analysisVar)),
		scalar("process"), mapping(scalar("cmd"), scalar(exe)),
	)), nil
}

// analysisTarget has the plugin run on an entry's queries.
func analysisTarget() *yaml.Node {
	return sequence(mapping(scalar("plugin"), scalar(analysisName), scalar("out"), scalar(analysisDir)))
}
