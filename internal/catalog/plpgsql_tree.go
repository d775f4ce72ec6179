package catalog

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// The tree of a PL/pgSQL body, as the parser prints it in JSON: each node is an object with the node's name as its only
// key.

// plFunction is a body with its variables.
type plFunction struct {
	Datums []plNode `json:"datums"`
	Action plNode   `json:"action"`
}

// plNode is one node. Kind is its name without the PLpgSQL_ prefix.
type plNode struct {
	Kind string
	plFields
}

// plFields are the fields of all kinds of nodes that the replay looks at.
type plFields struct {
	Line  int    `json:"lineno"`
	Label string `json:"label"`

	// Blocks and their exceptions.
	Body       []plNode `json:"body"`
	Exceptions *plNode  `json:"exceptions"`
	ExcList    []plNode `json:"exc_list"`
	Conditions []plNode `json:"conditions"`
	CondName   string   `json:"condname"`
	Action     []plNode `json:"action"`

	// IF, CASE and loops.
	Cond     *plNode  `json:"cond"`
	Then     []plNode `json:"then_body"`
	Elsifs   []plNode `json:"elsif_list"`
	Else     []plNode `json:"else_body"`
	Stmts    []plNode `json:"stmts"`
	ElseStmt []plNode `json:"else_stmts"`
	CaseExpr *plNode  `json:"t_expr"`
	CaseVar  int      `json:"t_varno"`
	Whens    []plNode `json:"case_when_list"`
	Lower    *plNode  `json:"lower"`
	Upper    *plNode  `json:"upper"`
	Step     *plNode  `json:"step"`
	Reverse  bool     `json:"reverse"`
	IsExit   bool     `json:"is_exit"`

	// Statements and expressions. Query and Target are read by hand: other nodes have other things under these keys.
	SQL    *plNode  `json:"sqlstmt"`
	Expr   *plNode  `json:"expr"`
	Params []plNode `json:"params"`
	Into   bool     `json:"into"`
	Query  *plNode  `json:"-"`
	Target *plNode  `json:"-"`
	Text   string   `json:"-"`

	// Variables.
	Var       *plNode   `json:"var"`
	VarNo     int       `json:"varno"`
	Name      string    `json:"refname"`
	FieldName string    `json:"fieldname"`
	Parent    int       `json:"recparentno"`
	Type      *plNode   `json:"datatype"`
	TypeName  string    `json:"typname"`
	Default   *plNode   `json:"default_val"`
	Fields    []plField `json:"fields"`
	DiagItems []plNode  `json:"diag_items"`
	DiagVar   int       `json:"-"`

	// RAISE.
	Level   int    `json:"elog_level"`
	Message string `json:"-"`
}

// plField is a variable in the list of an INTO.
type plField struct {
	Name  string `json:"name"`
	VarNo int    `json:"varno"`
}

// UnmarshalJSON takes a node out of its wrapper.
func (n *plNode) UnmarshalJSON(b []byte) error {
	var wrapper map[string]json.RawMessage
	if err := json.Unmarshal(b, &wrapper); err != nil {
		return err
	}
	for kind, fields := range wrapper {
		n.Kind = kind
		if len(kind) > 8 && kind[:8] == "PLpgSQL_" {
			n.Kind = kind[8:]
		}
		if err := json.Unmarshal(fields, &n.plFields); err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
		return n.ambiguous(fields)
	}
	return nil
}

// ambiguous reads the keys that hold one thing in one kind of node and another in others.
func (n *plNode) ambiguous(b []byte) error {
	var raw struct {
		Query   json.RawMessage `json:"query"`
		Target  json.RawMessage `json:"target"`
		Message json.RawMessage `json:"message"`
	}
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	for _, part := range []struct {
		raw  json.RawMessage
		node **plNode
		text *string
		num  *int
	}{{raw.Query, &n.Query, &n.Text, nil}, {raw.Target, &n.Target, nil, &n.DiagVar}, {raw.Message, nil, &n.Message, nil}} {
		var err error
		switch {
		case len(part.raw) == 0:
		case part.raw[0] == '{' && part.node != nil:
			*part.node = &plNode{}
			err = json.Unmarshal(part.raw, *part.node)
		case part.raw[0] == '"' && part.text != nil:
			err = json.Unmarshal(part.raw, part.text)
		case part.raw[0] != '{' && part.num != nil:
			err = json.Unmarshal(part.raw, part.num)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var collations = regexp.MustCompile(`(?i)\bcollate\s+("[^"]*"|\w+)(\.("[^"]*"|\w+))?`)

// blank is white space of the same length.
func blank(s string) string { return strings.Repeat(" ", len(s)) }

// parsePL parses a DO statement or CREATE FUNCTION with a PL/pgSQL body.
func parsePL(sql string) (*plFunction, error) {
	text, err := pg_query.ParsePlPgSqlToJSON(sql)
	if err != nil { // the parser knows no types, and so no collations of variables
		text, err = pg_query.ParsePlPgSqlToJSON(collations.ReplaceAllStringFunc(sql, blank))
	}
	if err != nil {
		return nil, err
	}
	var out []struct {
		Function plFunction `json:"PLpgSQL_function"`
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		return nil, err
	}
	if len(out) != 1 {
		return nil, fmt.Errorf("%d functions in a body", len(out))
	}
	return &out[0].Function, nil
}
