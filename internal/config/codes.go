package config

// Codes of this stage's diagnostics.
const (
	// CodeSyntax: the file is not YAML (or JSON) that can be read.
	CodeSyntax = "TF101"
	// CodeUnknownKey: a key that neither sqlc nor trefoil knows at its place.
	CodeUnknownKey = "TF102"
	// CodeDuplicateKey: a key stands twice in one mapping.
	CodeDuplicateKey = "TF103"
	// CodeKind: a value is of the wrong kind, such as a list where a string is expected.
	CodeKind = "TF104"
	// CodeMissing: a key that has to be there is not.
	CodeMissing = "TF105"
	// CodeValue: a value is none of the allowed ones, or does not have the form that its key asks for.
	CodeValue = "TF106"
	// CodeTemplate: a naming template has an unknown placeholder, no placeholder, or makes no identifier.
	CodeTemplate = "TF107"
	// CodePattern: a glob pattern cannot match anything.
	CodePattern = "TF108"
	// CodeOut: an out folder is outside the project, is the project itself, overlaps with another target's, or holds the
	// schema or the queries.
	CodeOut = "TF109"
	// CodeVersion: the file is not of version "2".
	CodeVersion = "TF110"
	// CodeEngine: an entry's engine is not postgresql.
	CodeEngine = "TF111"
	// CodePlugin: plugins: does not declare what codegen: uses, or not in a way that sqlc takes.
	CodePlugin = "TF112"
	// CodeNotForTarget: an option of one target's language is given to a target of another.
	CodeNotForTarget = "TF113"
	// CodeCombination: keys that exclude each other are there together, or none of several is.
	CodeCombination = "TF114"
)
