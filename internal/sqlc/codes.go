package sqlc

// Codes of this stage's diagnostics.
const (
	// CodeQuery: sqlc does not accept a query.
	CodeQuery = "TF401"
	// CodeNoFile: a path under queries: names no query file.
	CodeNoFile = "TF402"
	// CodeUnreadable: a query file cannot be read, or is not UTF-8.
	CodeUnreadable = "TF403"
	// CodeDuplicate: two queries have the same name.
	CodeDuplicate = "TF404"
	// CodeNoQuery: the query files hold no query with a name.
	CodeNoQuery = "TF405"
	// CodePanic: sqlc panics on a query.
	CodePanic = "TF406"
	// CodeSqlc: sqlc fails as a whole, not on a query.
	CodeSqlc = "TF407"
	// CodeIgnored: a setting of the config that concerns sqlc has no effect here.
	CodeIgnored = "TF408"
	// CodePlugin: a plugin of another's, or sqlc on the way to it, fails.
	CodePlugin = "TF409"
	// CodeNoQueries: sqlc runs other plugins on queries only, and an entry that has some has no queries.
	CodeNoQueries = "TF410"
)
