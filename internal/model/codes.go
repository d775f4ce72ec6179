package model

// Codes of this stage's diagnostics.
const (
	// CodeCollision: two things of one target have the same name.
	CodeCollision = "TF301"
	// CodeUnmappedType: a column's type has no row in the type table and no option maps it.
	CodeUnmappedType = "TF302"
	// CodeUnknownName: an option names a table, column, enum or value that the schema does not have.
	CodeUnknownName = "TF303"
	// CodeBadTag: a smart tag in a comment cannot be read.
	CodeBadTag = "TF304"
)
