package config

import (
	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// NodeSpan is the place of a node of the config: a scalar's text, and the first line of anything longer.
func (c *Config) NodeSpan(n *yaml.Node) source.Span { return newPlaces(c.File).node(n) }
