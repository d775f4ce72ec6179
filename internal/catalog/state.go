package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// The state is what a server would hold in pg_catalog while the statements run. Objects refer to each other by
// pointer, so that a rename or SET SCHEMA changes one place. freeze writes it out as a Catalog.

// database is the whole state. It is cloned where a transaction may be rolled back.
type database struct {
	schemas    map[string]*schema
	extensions map[string]*extension
	path       []string // the search path as it was set
	casts      []userCast
	operators  []userOperator
	// builtinOperators are PostgreSQL's own, of those names that have been looked for.
	builtinOperators *operatorIndex
	// servers, methods and languages are the names of what CREATE SERVER, ACCESS METHOD and LANGUAGE made.
	servers, methods, languages map[string]bool
	// constraintNames are those that any constraint has or ever had: one that is not among them is free everywhere.
	constraintNames map[string]bool
	// unknownWrites: a function ran that may have written to any table.
	unknownWrites bool
	lastID        int
}

// object is anything that can be dropped, commented on or depended on.
type object interface{ head() *header }

// header is what all objects have. id is the order of creation.
type header struct {
	id      int
	name    string
	schema  *schema // nil where the object is in no schema, or in that of its relation
	comment string
	span    source.Span
	// extension made the object, if one did; it goes when the extension does.
	extension *extension
	// mark is of no meaning but to replay.dependents.
	mark int
}

func (h *header) head() *header { return h }

type schema struct {
	header
	builtin   bool // pg_catalog and information_schema
	temporary bool
	relations map[string]*relation
	types     map[string]*typ
	functions map[string][]*function
	// others are objects that are little more than names: collations, text search configurations and the like.
	others map[otherKey]*other
}

type extension struct {
	header
	target *schema
}

// relkind is pg_class.relkind.
type relkind byte

const (
	ordinary    relkind = 'r'
	partitioned relkind = 'p'
	plainView   relkind = 'v'
	matView     relkind = 'm'
	foreign     relkind = 'f'
	indexKind   relkind = 'i'
	sequenceRel relkind = 'S'
	composite   relkind = 'c'
)

// relation is a row of pg_class: it has columns, or is an index or a sequence.
type relation struct {
	header
	kind        relkind
	temporary   bool
	dropCommit  bool // ON COMMIT DROP
	columns     []*column
	constraints []*constraint
	indexes     []*relation
	policies    []*policy
	triggers    []*trigger
	rules       []*rule
	parents     []*relation // INHERITS, or the one table this is a partition of
	// mayHaveChildren: it is among the parents of another one, or once was.
	mayHaveChildren bool
	isPartition     bool
	partition       *partitionKey // of a partitioned table
	boundText       string        // FOR VALUES … or DEFAULT, as it was written
	written         bool          // a statement may have put rows into it
	ofType          *typ
	rowType         *typ
	rowSecurity     bool
	forceRow        bool
	query           *expr     // of a view
	index           *index    // of an index
	sequence        *sequence // of a sequence
}

type partitionKey struct {
	strategy string
	columns  []*column // nil where an expression stands
	exprs    []*expr
}

type column struct {
	header
	rel       *relation
	typ       typeRef
	collation *other // nil for the database's, or a built-in type's own
	notNull   bool
	def       *columnDefault
	identity  Identity
	generated Generated
	local     bool // declared here, and not only inherited
	inherited int  // from how many parents
}

// columnDefault is a DEFAULT or the expression of a generated column; it is an object, as it can be dropped alone.
type columnDefault struct {
	header
	col  *column
	expr *expr
}

type constraintKind byte

const (
	checkConstraint     constraintKind = 'c'
	foreignConstraint   constraintKind = 'f'
	primaryConstraint   constraintKind = 'p'
	uniqueConstraint    constraintKind = 'u'
	exclusionConstraint constraintKind = 'x'
	triggerConstraint   constraintKind = 't'
)

type constraint struct {
	header
	kind      constraintKind
	rel       *relation // or
	domain    *typ
	columns   []*column
	index     *relation // of a key or exclusion
	expr      *expr     // of a check
	ref       *relation // of a foreign key, and
	refCols   []*column
	refIndex  *relation
	onUpdate  string
	onDelete  string
	deferable bool
	deferred  bool
	notValid  bool
	noInherit bool
	local     bool
	inherited int
	parent    *constraint // of a partition's copy
	trigger   *trigger    // of a constraint trigger
}

type index struct {
	table      *relation
	method     string
	unique     bool
	primary    bool
	nullsEqual bool // NULLS NOT DISTINCT
	keys       []indexKey
	include    []*column
	where      *expr
	constraint *constraint
	parent     *relation // of a partition's copy
}

// indexKey is a column or an expression. plain tells that it has no order or operator class of its own.
type indexKey struct {
	col   *column
	expr  *expr
	name  string // of the index's own column
	plain bool
}

type sequence struct {
	typ     typeRef
	owner   *column
	derived bool // of an identity column
}

type policy struct {
	header
	rel        *relation
	command    string
	permissive bool
	roles      []string
	using      *expr
	check      *expr
}

type trigger struct {
	header
	rel     *relation
	fn      *function
	parent  *trigger // of a partition's copy
	columns []*column
	when    *expr
}

type rule struct {
	header
	rel   *relation
	exprs []*expr
}

// typ is a row of pg_type, without array types.
type typ struct {
	header
	kind    TypeKind
	labels  []string // of an enum
	renames []labelRename
	base    typeRef // of a domain, or of a range its subtype
	notNull bool    // of a domain, and
	def     *expr   // its default, and
	checks  []*constraint
	// collation is a domain's, as a column's.
	collation *other
	rel       *relation // of a composite or row type
	other     *typ      // of a range its multirange, and the other way round
	shell     bool
	// category is pg_type.typcategory of an extension's type, 0 for one that is as its kind.
	category byte
}

// labelRename is one RENAME VALUE of an enum.
type labelRename struct{ from, to string }

// typeRef is a use of a type.
type typeRef struct {
	typ    *typ
	mods   []int32
	fields string
	array  bool
	dims   int
}

type function struct {
	header
	kind     string
	args     []argument
	returns  typeRef
	setOf    bool
	strict   bool
	volatile byte // i, s or v, as pg_proc.provolatile
	language string
	body     string
	bodySpan source.Span
	atomic   *expr // a BEGIN ATOMIC or RETURN body
}

type argument struct {
	name string
	mode string
	typ  typeRef
	def  *expr
}

// expr is a parsed expression, or a view's query, with what it refers to. Other places do not change its tree: freeze
// alone writes changed names into it.
type expr struct {
	node       *pg_query.Node
	file       *source.File
	offset     int
	start, end int
	refs       []reference
	// stars are the columns that each * of a view's query stands for.
	stars map[*pg_query.ColumnRef][]*column
}

// reference is a use of an object in an expression. node is the message that names it.
type reference struct {
	node any
	obj  object
	// label is what a constant of an enum was when the statement ran, after since renames of the type's labels.
	label string
	since int
}

type otherKey struct{ kind, name string }

// other is an object of which little more than the name is kept.
type other struct {
	header
	kind  string
	rel   *relation // it goes with, if any
	loose bool      // of a collation that is not deterministic
}

func newDatabase() *database {
	db := &database{
		schemas: map[string]*schema{}, extensions: map[string]*extension{}, path: []string{"$user", "public"},
		servers: map[string]bool{}, methods: map[string]bool{}, languages: map[string]bool{}, constraintNames: map[string]bool{},
		builtinOperators: &operatorIndex{},
	}
	builtin := db.addSchema("pg_catalog", source.Span{})
	builtin.builtin = true
	db.addSchema("information_schema", source.Span{}).builtin = true
	db.addSchema("public", source.Span{})
	addBuiltinTypes(db, builtin)
	return db
}

// identify gives a new object its place in the order of creation.
func (db *database) identify(h *header) {
	db.lastID++
	h.id = db.lastID
}

func (db *database) addSchema(name string, span source.Span) *schema {
	s := &schema{
		header:    header{name: name, span: span},
		relations: map[string]*relation{},
		types:     map[string]*typ{},
		functions: map[string][]*function{},
		others:    map[otherKey]*other{},
	}
	db.identify(&s.header)
	db.schemas[name] = s
	return s
}

func (r *relation) column(name string) *column {
	for _, c := range r.columns {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (r *relation) constraint(name string) *constraint {
	for _, c := range r.constraints {
		if c.name == name {
			return c
		}
	}
	return nil
}

// isTable tells what can have constraints of its own and can be written to.
func (r *relation) isTable() bool {
	return r.kind == ordinary || r.kind == partitioned || r.kind == foreign
}

func (r *relation) primaryKey() *constraint {
	for _, c := range r.constraints {
		if c.kind == primaryConstraint {
			return c
		}
	}
	return nil
}

func without[T comparable](list []T, gone T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return x == gone })
}
