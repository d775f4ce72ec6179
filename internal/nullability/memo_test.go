package nullability

import (
	"runtime"
	"testing"
	"time"
	"weak"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// TestMemoGoes: what is kept of a catalog goes with it.
func TestMemoGoes(t *testing.T) {
	key := func() weak.Pointer[catalog.Catalog] {
		c, _ := loadSchema(t)
		View(c, catalog.Name{Schema: "public", Name: "active"})
		_, kept := memos.Load(weak.Make(c))
		assert.True(t, kept)
		return weak.Make(c)
	}()
	assert.Eventually(t, func() bool {
		runtime.GC()
		_, kept := memos.Load(key)
		return !kept
	}, 20*time.Second, 10*time.Millisecond)
}
