package constraint

// Regex is a regular expression in the syntaxes of the clients. It matches anywhere in the value unless it is anchored.
// Only whether it matches is the same in all engines, not what it captures.
type Regex struct {
	// SQL is the pattern as it was written, and Operator the way: ~, ~*, like, ilike or similar.
	SQL, Operator string
	// Pattern needs no flags in Go's regexp and in Rust's (which Pydantic uses), and the flag u in JavaScript.
	Pattern string
	// Python is for re, without flags, with search.
	Python string
	// ASCII: for a value with any other character it is undecided whether it matches.
	ASCII bool
	// NotRE2 tells that Go's and Rust's engines cannot run the pattern, and why; "" where they can.
	NotRE2 string
}
