package query

import (
	"testing"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

func TestMain(m *testing.M) {
	sqlc.Child()
	pgtest.Main(m)
}
