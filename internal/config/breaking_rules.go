package config

// BreakingRules are the ids of the rules of trefoil breaking, in the order of its table of rules.
var BreakingRules = []string{
	"target-added", "target-removed", "target-moved", "table-added", "table-removed", "table-renamed", "table-hidden",
	"table-shown", "table-became-read-only", "table-became-writable", "row-type-renamed", "insert-type-renamed",
	"update-type-renamed", "insert-type-removed", "update-type-removed", "insert-type-added", "update-type-added",
	"column-added", "required-column-added", "column-removed", "column-renamed", "column-hidden", "column-shown",
	"field-renamed", "alias-changed", "column-became-nullable", "column-became-not-null", "column-became-generated",
	"column-became-writable", "default-added", "default-removed", "default-changed", "type-changed", "type-widened",
	"type-narrowed", "type-equivalent", "type-remapped", "limit-added", "limit-removed", "limit-raised",
	"limit-lowered", "precision-added", "precision-removed", "precision-raised", "precision-lowered", "scale-raised",
	"scale-lowered", "became-array", "became-scalar", "dimensions-changed", "elements-became-nullable",
	"elements-became-not-null", "enum-introduced", "enum-withdrawn", "enum-exchanged", "json-shape-added",
	"json-shape-removed", "json-shape-changed", "check-added", "check-removed", "check-renamed", "check-tightened",
	"check-loosened", "check-changed", "enum-added", "enum-removed", "enum-renamed", "enum-value-added",
	"enum-value-removed", "enum-value-renamed", "enum-reordered", "composite-added", "composite-removed",
	"composite-renamed", "attribute-added", "attribute-removed", "query-added", "query-removed", "query-moved",
	"query-command-changed", "query-row-added", "query-row-removed", "query-row-renamed", "query-params-renamed",
	"query-column-added", "query-column-removed", "query-column-renamed", "query-column-became-nullable",
	"query-column-became-not-null", "query-param-added", "query-param-removed", "query-param-renamed",
	"query-param-became-nullable", "query-param-became-not-null",
}
