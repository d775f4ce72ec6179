package runtime

import (
	"bytes"
	"encoding/json"
)

// trefoilJSONType is jsonb_typeof of a JSON text, or "" if it is none.
func trefoilJSONType(text []byte) string {
	if !json.Valid(text) {
		return ""
	}
	switch bytes.TrimLeft(text, " \t\r\n")[0] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	default:
		return "number"
	}
}
