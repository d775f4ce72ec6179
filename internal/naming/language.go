// Package naming turns any string into names of a target language: it splits strings into words, writes words in the
// language's casing, and makes identifiers that are valid, not reserved and unique in their scope.
package naming

// Language is one that names are written in.
type Language string

const (
	Go         Language = "go"
	TypeScript Language = "typescript"
	Python     Language = "python"
)

// Role is what a name is the name of; it decides which words are reserved and what a nameless thing is called.
type Role string

const (
	// Type is a type or a schema at the top of a module: LlmUsage.
	Type Role = "type"
	// Field is a member of an object. In TypeScript a field's name is a key and may be any string.
	Field Role = "field"
	// Value is a member of an enum: GOOGLE_GLA.
	Value Role = "value"
	// Module is a file's name without its extension.
	Module Role = "module"
)
