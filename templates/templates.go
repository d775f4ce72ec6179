// Package templates embeds the text templates of the TypeScript and Python targets. It is a package of its own because
// go:embed cannot reach outside its directory.
package templates

import "embed"

// FS holds zod/*.tmpl and pydantic/*.tmpl.
//
//go:embed zod/*.tmpl pydantic/*.tmpl
var FS embed.FS
