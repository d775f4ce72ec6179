package config_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/breaking"
	"github.com/trefoil-sql/trefoil/internal/config"
)

// TestBreakingRulesAreThoseOfTheTable: the config knows the ids alone, so that it need not import what compares.
func TestBreakingRulesAreThoseOfTheTable(t *testing.T) {
	assert.Equal(t, breaking.RuleIDs(), config.BreakingRules)
}
