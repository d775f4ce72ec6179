package config_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/migration"
)

// TestLayoutsAreThoseOfTheMigrations: the config knows the names alone, so that it need not import what reads them.
func TestLayoutsAreThoseOfTheMigrations(t *testing.T) {
	assert.Equal(t, migration.Layouts(), config.Layouts)
}
