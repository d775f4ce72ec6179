package runtime

import "embed"

// Source holds this package's own files.
//
//go:embed violation.go text.go json.go decimal.go pgx.go evaluate.go compare.go strings.go number.go arithmetic.go cast.go small.go
//go:embed document.go list.go moment.go wire.go wire_time.go
var Source embed.FS
