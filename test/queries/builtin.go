package queries

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// standIns are the types that take the place of pseudo-types in a call.
var standIns = map[string]string{
	"anyelement": "int4", "anyarray": "int4[]", "anynonarray": "int4", "anyenum": "status", "anyrange": "int4range",
	"anymultirange": "int4multirange", "anycompatible": "int4", "anycompatiblearray": "int4[]", "anycompatiblenonarray": "int4",
	"anycompatiblerange": "int4range", "anycompatiblemultirange": "int4multirange", `"any"`: "int4", "record": "point3",
	"record[]": "point3[]", "void": "void",
}

// operand is a NULL of a type, or of what stands in for it.
func operand(typ string) string {
	if other, ok := standIns[typ]; ok {
		typ = other
	}
	return "NULL::" + typ
}

const operatorsQuery = `
	SELECT oprname, CASE WHEN oprleft = 0 THEN '' ELSE format_type(oprleft, NULL) END, format_type(oprright, NULL)
	FROM pg_operator
	WHERE oprnamespace = 'pg_catalog'::regnamespace AND oprresult <> 0 AND oprright <> 0 AND NOT ARRAY[oprleft, oprright] && ARRAY['internal'::regtype::oid, 'cstring'::regtype::oid]
	ORDER BY 1, 2, 3`

// OperatorQueries uses every operator of pg_catalog twice: with operands of its types, and with a parameter for one.
func OperatorQueries(ctx context.Context, conn *pgx.Conn) ([]string, error) {
	rows, err := conn.Query(ctx, operatorsQuery)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name, left, right string
		if err := rows.Scan(&name, &left, &right); err != nil {
			return nil, err
		}
		if left == "" {
			out = append(out, fmt.Sprintf("SELECT %s %s", name, operand(right)), fmt.Sprintf("SELECT %s $1", name))
			continue
		}
		out = append(out, fmt.Sprintf("SELECT %s %s %s", operand(left), name, operand(right)),
			fmt.Sprintf("SELECT %s %s $1", operand(left), name), fmt.Sprintf("SELECT $1 %s %s", name, operand(right)))
	}
	return out, rows.Err()
}

// Functions that the parser gives to other grammar than a call's are called by their qualified name too.
const functionsQuery = `
	SELECT quote_ident(proname), prokind::text, proretset,
		ARRAY(SELECT format_type(t, NULL) FROM unnest(proargtypes) WITH ORDINALITY AS u (t, i) ORDER BY i),
		coalesce((SELECT aggkind::text FROM pg_aggregate WHERE aggfnoid = p.oid), ''),
		coalesce((SELECT aggnumdirectargs FROM pg_aggregate WHERE aggfnoid = p.oid), 0)
	FROM pg_proc p
	WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind <> 'p' AND prorettype NOT IN ('internal'::regtype, 'cstring'::regtype)
		AND NOT proargtypes::oid[] && ARRAY['internal'::regtype::oid, 'cstring'::regtype::oid]
	ORDER BY proname, p.oid`

// FunctionQueries calls every function of pg_catalog with arguments of its types, and the set-returning ones in FROM too.
func FunctionQueries(ctx context.Context, conn *pgx.Conn) ([]string, error) {
	rows, err := conn.Query(ctx, functionsQuery)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name, kind, aggregate string
		var set bool
		var types []string
		var direct int
		if err := rows.Scan(&name, &kind, &set, &types, &aggregate, &direct); err != nil {
			return nil, err
		}
		call := callOf("pg_catalog."+name, types, aggregate, direct)
		if kind == "w" {
			call += " OVER ()"
		}
		out = append(out, "SELECT "+call)
		if kind == "f" {
			out = append(out, "SELECT * FROM "+call)
		}
	}
	return out, rows.Err()
}

func callOf(name string, types []string, aggregate string, direct int) string {
	args := make([]string, len(types))
	for i, t := range types {
		args[i] = operand(t)
	}
	switch {
	case aggregate == "o" || aggregate == "h":
		if direct == len(args) { // hypothetical ones have as many sorted as direct arguments
			return fmt.Sprintf("%s(%s) WITHIN GROUP (ORDER BY %s)", name, strings.Join(args, ", "), strings.Join(args, ", "))
		}
		return fmt.Sprintf("%s(%s) WITHIN GROUP (ORDER BY %s)", name, strings.Join(args[:direct], ", "), strings.Join(args[direct:], ", "))
	case aggregate != "" && len(args) == 0:
		return name + "(*)"
	}
	return fmt.Sprintf("%s(%s)", name, strings.Join(args, ", "))
}

// pairTypes are types of each category, with what a user may make.
var pairTypes = []string{
	"int2", "int4", "int8", "float4", "float8", "numeric", "numeric(6,2)", "money", "oid", "regclass", "bool", "text", "varchar", "varchar(9)", "char(4)",
	`"char"`, "name", "citext", "date", "time", "timetz", "timestamp", "timestamp(3)", "timestamptz", "interval", "uuid", "json", "jsonb", "xml", "bytea",
	"bit(4)", "varbit", "inet", "cidr", "macaddr", "point", "box", "tsvector", "tsquery", "int4range", "int4multirange", "int4[]", "text[]",
	"varchar(9)[]", "status", "app.color", "point3", "email", "positive", "price", "labels", "mood", "hstore", "record", "pg_lsn",
}

// PairQueries are what a template with two operands makes of all pairs of types.
func PairQueries(template string) []string {
	var out []string
	for _, a := range pairTypes {
		for _, b := range pairTypes {
			out = append(out, fmt.Sprintf(template, a, b))
		}
	}
	return out
}
