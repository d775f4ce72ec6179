package query

// Codes of this stage's diagnostics.
const (
	// CodeNotAnalysed: a query is beyond the catalog's own analysis, so that sqlc's answer stands.
	CodeNotAnalysed = "TF311"
	// CodeNullTag: @null or @notnull in a query's comment names no column, or contradicts another.
	CodeNullTag = "TF312"
)
