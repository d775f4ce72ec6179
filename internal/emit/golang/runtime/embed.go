package runtime

import "embed"

// Source holds this package's own files.
//
//go:embed violation.go text.go json.go decimal.go pgx.go
var Source embed.FS
