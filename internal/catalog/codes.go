package catalog

// Codes of trefoil's own diagnostics; all others are PostgreSQL's SQLSTATEs, which are below.
const (
	// codeUnknownStatement: a statement that the replay has no rule for and that could change a type.
	codeUnknownStatement = "TF221"
	// codeNotReplayed: a statement that was skipped because it changes no type.
	codeNotReplayed = "TF222"
	// codeUnknownExtension: an extension whose types and functions trefoil does not know.
	codeUnknownExtension = "TF223"
	// codeUndecided: a DO block or function call whose effect depends on what only a server knows.
	codeUndecided = "TF224"
	// codeUnknownViewColumn: the type of a view's column could not be determined.
	codeUnknownViewColumn = "TF225"
	// codeNewerSyntax: syntax newer than the parser's grammar that cannot be replayed.
	codeNewerSyntax = "TF226"
	// codeUnknownQueryType: the type of a query's column or parameter could not be determined.
	codeUnknownQueryType = "TF227"
)

// SQLSTATEs that the replay reports, by PostgreSQL's condition names.
const (
	featureNotSupported       = "0A000"
	dataException             = "22000"
	cardinalityViolation      = "21000"
	invalidParameterValue     = "22023"
	characterNotInRepertoire  = "22021"
	dependentObjectsExist     = "2BP01"
	invalidSchemaName         = "3F000"
	syntaxError               = "42601"
	groupingError             = "42803"
	windowingError            = "42P20"
	invalidColumnDefinition   = "42611"
	invalidName               = "42602"
	duplicateColumn           = "42701"
	ambiguousColumn           = "42702"
	undefinedColumn           = "42703"
	undefinedObject           = "42704"
	duplicateObject           = "42710"
	duplicateAlias            = "42712"
	duplicateFunction         = "42723"
	ambiguousFunction         = "42725"
	datatypeMismatch          = "42804"
	generatedAlways           = "428C9"
	invalidRecursion          = "42P19"
	collationMismatch         = "42P21"
	cannotCoerce              = "42846"
	ambiguousParameter        = "42P08"
	indeterminateDatatype     = "42P18"
	undefinedParameter        = "42P02"
	wrongObjectType           = "42809"
	invalidForeignKey         = "42830"
	undefinedFunction         = "42883"
	reservedName              = "42939"
	invalidDatetimeFormat     = "22007"
	invalidTextRepresentation = "22P02"
	insufficientPrivilege     = "42501"
	uniqueViolation           = "23505"
	undefinedTable            = "42P01"
	duplicateSchema           = "42P06"
	duplicateTable            = "42P07"
	invalidColumnReference    = "42P10"
	invalidFunctionDef        = "42P13"
	invalidSchemaDef          = "42P15"
	invalidTableDefinition    = "42P16"
	invalidObjectDefinition   = "42P17"
	objectNotInState          = "55000"
)
