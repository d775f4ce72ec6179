// Package runtime is the Go code that generated packages need beside their methods. It is real, tested code here; the
// emitter copies the declarations that a package uses into it, so that generated code depends on nothing of trefoil's.
// Unexported names carry a prefix because they live among names that come from SQL.
package runtime

import "strings"

// ValidationError lists all that PostgreSQL would refuse about a value.
type ValidationError struct {
	// Type is the name of the value's Go type.
	Type       string
	Violations []Violation
}

// Violation is one reason to refuse a value.
type Violation struct {
	// Field is the struct's field; within an embedded struct it is Struct.Field.
	Field string
	// Column is the database's column, or "" if the field is not one.
	Column string
	// Constraint is the name of the CHECK, or "" for NOT NULL and the limits of a type.
	Constraint string
	// Message says what is wrong in PostgreSQL's words.
	Message string
}

// Error names every field and constraint.
func (e *ValidationError) Error() string {
	var b strings.Builder
	b.WriteString("invalid ")
	b.WriteString(e.Type)
	for i, v := range e.Violations {
		if i > 0 {
			b.WriteByte(';')
		} else {
			b.WriteByte(':')
		}
		b.WriteByte(' ')
		b.WriteString(v.Field)
		b.WriteByte(' ')
		b.WriteString(v.Message)
	}
	return b.String()
}

// trefoilBreaks is the violation of a CHECK.
func trefoilBreaks(field, column, constraint string) Violation {
	return Violation{field, column, constraint, `violates check constraint "` + constraint + `"`}
}

// trefoilNull is the violation of NOT NULL.
func trefoilNull(field, column string) Violation {
	return Violation{field, column, "", `is a null value in column "` + column + `", which violates its not-null constraint`}
}

// trefoilInvalid is the error for what was found, or nil.
func trefoilInvalid(name string, found []Violation) error {
	if len(found) == 0 {
		return nil
	}
	return &ValidationError{Type: name, Violations: found}
}

// trefoilWithin adds what was found in an embedded struct.
func trefoilWithin(found []Violation, field string, err error) []Violation {
	if inner, ok := err.(*ValidationError); ok {
		for _, v := range inner.Violations {
			v.Field = field + "." + v.Field
			found = append(found, v)
		}
	}
	return found
}
