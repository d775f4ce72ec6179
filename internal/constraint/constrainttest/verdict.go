package constrainttest

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// verdictSQL makes a function that tells for every row whether a CHECK accepts it. A row on which the expression is an
// error is refused. The text is evaluated for all rows at once; only where that fails, row by row.
const verdictSQL = `
CREATE FUNCTION verdicts(condition text) RETURNS boolean[] LANGUAGE plpgsql AS $$
DECLARE
	out boolean[];
	one boolean;
	n integer;
BEGIN
	EXECUTE 'SELECT array_agg((' || condition || ') IS NOT FALSE ORDER BY id) FROM r' INTO out;
	RETURN out;
EXCEPTION WHEN data_exception OR feature_not_supported THEN
	FOR n IN SELECT id FROM r ORDER BY id LOOP
		BEGIN
			EXECUTE 'SELECT (' || condition || ') IS NOT FALSE FROM r WHERE id = ' || n INTO one;
		EXCEPTION WHEN data_exception OR feature_not_supported THEN
			one := false;
		END;
		out := out || one;
	END LOOP;
	RETURN out;
END $$;
`

// Verdicts tells for every row whether PostgreSQL accepts it under a CHECK. The error is that of a condition that is
// none.
func Verdicts(conn *pgx.Conn, condition string) ([]bool, error) {
	var out []bool
	err := conn.QueryRow(context.Background(), "SELECT verdicts($1)", condition).Scan(&out)
	return out, err
}
