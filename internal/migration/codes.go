package migration

// Codes of this stage's diagnostics.
const (
	// CodeUnknownLayout: the option layout names a layout that is not in the table.
	CodeUnknownLayout = "TF201"
	// CodeNoMatch: a path or glob of schema: or prelude: names nothing, or cannot be understood as a glob.
	CodeNoMatch = "TF202"
	// CodeNoSQL: a directory holds no .sql file, or none that its layout would apply.
	CodeNoSQL = "TF203"
	// CodeUnreadable: the system refuses to read a file or a directory.
	CodeUnreadable = "TF204"
	// CodeNotText: a file is not UTF-8, or holds a zero byte, which PostgreSQL refuses in any text.
	CodeNotText = "TF205"
	// CodeDuplicateVersion: two migrations have the same version, which the directory's tool refuses.
	CodeDuplicateVersion = "TF206"
	// CodeLayout (info): how a directory was read, and what of it was not.
	CodeLayout = "TF207"
	// CodeCodeMigration (info): migrations written in a programming language are not replayed.
	CodeCodeMigration = "TF208"
	// CodeNoAnnotation (warning): a file has no annotation of the tool that the rest of the directory is written for.
	CodeNoAnnotation = "TF209"
	// CodeTextOrder (warning): the tool sorts names as text, which differs here from the order of their numbers.
	CodeTextOrder = "TF210"
	// CodeTemplate (warning): a file is a template, whose result is known only when the tool runs it.
	CodeTemplate = "TF211"
	// CodePsql (warning): a psql meta-command that may change the schema has no effect here.
	CodePsql = "TF212"
	// CodeMissing: a file names another one to read, which does not exist or cannot be understood.
	CodeMissing = "TF213"
)
