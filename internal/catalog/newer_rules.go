package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// virtualColumns are GENERATED ALWAYS AS (…) VIRTUAL, which is also what neither word means since PostgreSQL 18.
func (s *shim) virtualColumns() {
	for i := range s.tokens {
		if !s.are(i, "GENERATED", "ALWAYS", "AS", "(") {
			continue
		}
		last := s.closing(i + 3)
		switch {
		case s.are(last+1, "STORED"):
			continue
		case s.are(last+1, "VIRTUAL"):
			s.replace(last+1, last+1, "STORED")
		default:
			s.edits = append(s.edits, edit{s.end(last), s.end(last), " STORED"})
		}
		s.marks[s.start(i)] = markVirtual
	}
}

// notNullConstraints are NOT NULL constraints of a table or domain: [CONSTRAINT name] NOT NULL column.
func (s *shim) notNullConstraints() {
	domain := s.are(0, "ALTER", "DOMAIN")
	for i := range s.tokens {
		if !s.are(i, "NOT", "NULL") {
			continue
		}
		first := i
		if s.are(i-2, "CONSTRAINT") {
			first = i - 2
		}
		if before := s.word(first - 1); before != "(" && before != "," && !strings.EqualFold(before, "ADD") {
			continue
		}
		column, last := "VALUE", i+1
		if !domain {
			column, last = s.word(i+2), i+2
		}
		s.replace(i, last, "CHECK ("+column+" IS NOT NULL)")
		s.marks[s.start(first)] = markNotNull
		s.marks[s.start(i)] = markNotNull
	}
}

// periods are WITHOUT OVERLAPS in keys and PERIOD in foreign keys.
func (s *shim) periods() {
	for i := range s.tokens {
		if s.are(i, "WITHOUT", "OVERLAPS") {
			s.replace(i, i+1, "")
		}
		if before := s.word(i - 1); s.are(i, "PERIOD") && (before == "," || before == "(") && s.word(i+1) != "" &&
			s.word(i+1) != "," && s.word(i+1) != ")" && (s.word(i+2) == ")" || s.word(i+2) == ",") {
			s.replace(i, i, "")
		}
	}
}

// notEnforced is [NOT] ENFORCED behind a constraint.
func (s *shim) notEnforced() {
	for i := range s.tokens {
		if !s.are(i, "ENFORCED") {
			continue
		}
		if !s.are(i-1, "NOT") {
			s.replace(i, i, "")
			continue
		}
		s.replace(i-1, i, "")
		depth := 0
		for k := i - 2; k >= 0 && depth >= 0; k-- {
			switch word := strings.ToUpper(s.word(k)); {
			case word == ")":
				depth++
			case word == "(":
				depth--
			case depth == 0 && slices.Contains([]string{"CHECK", "FOREIGN", "REFERENCES"}, word):
				s.marks[s.start(k)] = markNotEnforced
				if s.are(k-2, "CONSTRAINT") {
					s.marks[s.start(k-2)] = markNotEnforced
				}
				depth = -1
			}
		}
	}
}

// setExpression is ALTER COLUMN … SET EXPRESSION AS (…).
func (s *shim) setExpression() {
	for i := range s.tokens {
		if s.are(i, "SET", "EXPRESSION", "AS", "(") {
			s.replace(i+1, i+2, "DEFAULT")
			s.marks[s.start(i-1)] = markExpression
		}
	}
}

// returning is what newer releases allow behind RETURNING. Data statements are not replayed, so it can go.
func (s *shim) returning() {
	if len(s.tokens) == 0 || !slices.Contains([]pg_query.Token{
		pg_query.Token_INSERT, pg_query.Token_UPDATE, pg_query.Token_DELETE_P, pg_query.Token_MERGE,
	}, s.tokens[0].Token) {
		return
	}
	depth := 0
	for i := range s.tokens {
		switch {
		case s.word(i) == "(":
			depth++
		case s.word(i) == ")":
			depth--
		case depth == 0 && s.are(i, "RETURNING"):
			s.replace(i, len(s.tokens)-1, "")
			s.cut, s.list = true, s.returned(i)
			return
		}
	}
}

// returned is the list that MERGE … RETURNING has since PostgreSQL 17, with its places in the statement; nil for what is
// newer still.
func (s *shim) returned(i int) []*pg_query.Node {
	end := s.end(len(s.tokens) - 1)
	text := strings.Repeat(" ", s.start(i)) + "SELECT   " + s.text[s.end(i):end]
	tree, err := pg_query.Parse(text)
	if err != nil || len(tree.Stmts) != 1 || s.tokens[0].Token != pg_query.Token_MERGE {
		return nil
	}
	return tree.Stmts[0].Stmt.GetSelectStmt().GetTargetList()
}

// statisticsDefault is SET STATISTICS DEFAULT.
func (s *shim) statisticsDefault() {
	for i := range s.tokens {
		if s.are(i, "SET", "STATISTICS", "DEFAULT") {
			s.replace(i+2, i+2, "-1")
		}
	}
}

// mark is what newer syntax at a node's location meant, 0 for nothing.
func (st *statement) mark(location int32) mark { return st.marks[st.offset+int(location)] }

// generatedKind tells a stored generated column from a virtual one.
func (st *statement) generatedKind(con *pg_query.Constraint) Generated {
	if st.mark(con.Location) == markVirtual {
		return GeneratedVirtual
	}
	return GeneratedStored
}

// setsExpression tells SET EXPRESSION of a column from SET DEFAULT.
func (st *statement) setsExpression(column string, from int) bool {
	return st.marks[st.find(column, from).Start] == markExpression
}

// notNullByName is a NOT NULL constraint with a name, or of the table: before PostgreSQL 18 all that is left of it is
// that the column is not null.
func (c *tableChange) notNullByName(n *pg_query.Constraint) error {
	name := n.RawExpr.GetNullTest().GetArg().GetColumnRef().GetFields()[0].GetString_().GetSval()
	col, err := columnOf(c.rel, name, c.st.find(name, c.st.at(n.Location).Start))
	if err != nil {
		return err
	}
	c.r.setNotNull(col)
	return nil
}
