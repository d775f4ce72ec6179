package catalog

// ignoredStatement says why a kind of statement is not replayed. quiet ones are not even mentioned with -v: data, and
// what no one would look for in a catalog of types.
type ignoredStatement struct {
	name, why string
	quiet     bool
}

const (
	noData       = "it changes data only"
	noPrivilege  = "privileges change no type"
	noStorage    = "it says how data is stored or kept, not what it is"
	noRoles      = "roles and databases are not a part of the schema"
	noReplica    = "replication changes no type"
	noForeign    = "foreign servers change no type"
	noOperators  = "operators and casts make no type"
	noTextSearch = "text search makes no type"
	noSession    = "it changes the session only"
)

// ignored are the statements that are parsed and skipped, by the parser's name of their node.
var ignored = map[string]ignoredStatement{
	"UpdateStmt":   {"UPDATE", noData, true},
	"DeleteStmt":   {"DELETE", noData, true},
	"TruncateStmt": {"TRUNCATE", noData, true},

	"GrantStmt":                  {"GRANT", noPrivilege, true},
	"GrantRoleStmt":              {"GRANT", noPrivilege, true},
	"AlterDefaultPrivilegesStmt": {"ALTER DEFAULT PRIVILEGES", noPrivilege, true},
	"AlterOwnerStmt":             {"ALTER … OWNER TO", noPrivilege, true},
	"ReassignOwnedStmt":          {"REASSIGN OWNED", noPrivilege, true},
	"DropOwnedStmt":              {"DROP OWNED", "what a role owns is not known here", false},
	"SecLabelStmt":               {"SECURITY LABEL", noPrivilege, true},

	"CreateRoleStmt":               {"CREATE ROLE", noRoles, true},
	"AlterRoleStmt":                {"ALTER ROLE", noRoles, true},
	"AlterRoleSetStmt":             {"ALTER ROLE … SET", "it holds for later sessions", true},
	"DropRoleStmt":                 {"DROP ROLE", noRoles, true},
	"CreatedbStmt":                 {"CREATE DATABASE", noRoles, false},
	"DropdbStmt":                   {"DROP DATABASE", noRoles, false},
	"AlterDatabaseStmt":            {"ALTER DATABASE", noRoles, true},
	"AlterDatabaseSetStmt":         {"ALTER DATABASE … SET", "it holds for later sessions", true},
	"AlterDatabaseRefreshCollStmt": {"ALTER DATABASE … REFRESH COLLATION VERSION", noStorage, true},
	"AlterSystemStmt":              {"ALTER SYSTEM", noRoles, true},
	"CreateTableSpaceStmt":         {"CREATE TABLESPACE", noStorage, true},
	"DropTableSpaceStmt":           {"DROP TABLESPACE", noStorage, true},
	"AlterTableSpaceOptionsStmt":   {"ALTER TABLESPACE", noStorage, true},
	"AlterTableMoveAllStmt":        {"ALTER TABLE ALL IN TABLESPACE", noStorage, true},

	"VacuumStmt":          {"VACUUM or ANALYZE", noStorage, true},
	"ClusterStmt":         {"CLUSTER", noStorage, true},
	"ReindexStmt":         {"REINDEX", noStorage, true},
	"CheckPointStmt":      {"CHECKPOINT", noStorage, true},
	"AlterStatsStmt":      {"ALTER STATISTICS", noStorage, true},
	"RefreshMatViewStmt":  {"REFRESH MATERIALIZED VIEW", noData, true},
	"ReplicaIdentityStmt": {"REPLICA IDENTITY", noReplica, true},

	"CreatePublicationStmt":  {"CREATE PUBLICATION", noReplica, true},
	"AlterPublicationStmt":   {"ALTER PUBLICATION", noReplica, true},
	"CreateSubscriptionStmt": {"CREATE SUBSCRIPTION", noReplica, true},
	"AlterSubscriptionStmt":  {"ALTER SUBSCRIPTION", noReplica, true},
	"DropSubscriptionStmt":   {"DROP SUBSCRIPTION", noReplica, true},

	"CreateFdwStmt":              {"CREATE FOREIGN DATA WRAPPER", noForeign, true},
	"AlterFdwStmt":               {"ALTER FOREIGN DATA WRAPPER", noForeign, true},
	"AlterForeignServerStmt":     {"ALTER SERVER", noForeign, true},
	"CreateUserMappingStmt":      {"CREATE USER MAPPING", noForeign, true},
	"AlterUserMappingStmt":       {"ALTER USER MAPPING", noForeign, true},
	"DropUserMappingStmt":        {"DROP USER MAPPING", noForeign, true},
	"AlterCollationStmt":         {"ALTER COLLATION", noStorage, true},
	"CreateConversionStmt":       {"CREATE CONVERSION", noStorage, true},
	"CreateEventTrigStmt":        {"CREATE EVENT TRIGGER", "event triggers make no type", true},
	"AlterEventTrigStmt":         {"ALTER EVENT TRIGGER", "event triggers make no type", true},
	"CreateTransformStmt":        {"CREATE TRANSFORM", "languages make no type", true},
	"CreateOpClassStmt":          {"CREATE OPERATOR CLASS", noOperators, true},
	"CreateOpFamilyStmt":         {"CREATE OPERATOR FAMILY", noOperators, true},
	"AlterOpFamilyStmt":          {"ALTER OPERATOR FAMILY", noOperators, true},
	"AlterOperatorStmt":          {"ALTER OPERATOR", noOperators, true},
	"AlterTypeStmt":              {"ALTER TYPE … SET", "how a type is stored changes nothing else of it", true},
	"AlterTSDictionaryStmt":      {"ALTER TEXT SEARCH DICTIONARY", noTextSearch, true},
	"AlterTSConfigurationStmt":   {"ALTER TEXT SEARCH CONFIGURATION", noTextSearch, true},
	"AlterExtensionContentsStmt": {"ALTER EXTENSION … ADD or DROP", "it matters only when the extension is dropped", true},
	"AlterObjectDependsStmt":     {"ALTER … DEPENDS ON EXTENSION", "it matters only when the extension is dropped", true},

	"VariableShowStmt":   {"SHOW", noSession, true},
	"DiscardStmt":        {"DISCARD", noSession, false},
	"ListenStmt":         {"LISTEN", noSession, true},
	"UnlistenStmt":       {"UNLISTEN", noSession, true},
	"NotifyStmt":         {"NOTIFY", noSession, true},
	"LoadStmt":           {"LOAD", noSession, true},
	"LockStmt":           {"LOCK", noSession, true},
	"ConstraintsSetStmt": {"SET CONSTRAINTS", noSession, true},
	"ExplainStmt":        {"EXPLAIN", noSession, true},
	"DeclareCursorStmt":  {"DECLARE", noSession, true},
	"ClosePortalStmt":    {"CLOSE", noSession, true},
	"FetchStmt":          {"FETCH", noSession, true},
	"PrepareStmt":        {"PREPARE", "only data statements can be prepared", true},
	"ExecuteStmt":        {"EXECUTE", "only data statements can be prepared", true},
	"DeallocateStmt":     {"DEALLOCATE", noSession, true},
}

// notTopLevel are nodes named like statements that only stand inside others.
var notTopLevel = map[string]bool{"RawStmt": true, "ReturnStmt": true, "PLAssignStmt": true, "SetOperationStmt": true, "CreateOpClassItem": true}
