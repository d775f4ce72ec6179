package constraint

// FuncName is one of PostgreSQL's functions, synonyms folded. Positions and lengths of text count code points. A NULL
// argument makes the result NULL, except for num_nonnulls and num_nulls. "Undecided" is in the sense of the package's
// comment.
type FuncName string

const (
	// CharLength of text is an int4. length and character_length are char_length.
	CharLength FuncName = "char_length"
	// OctetLength of text (its UTF-8) or bytea is an int4.
	OctetLength FuncName = "octet_length"

	// Lower and Upper map the letters of ASCII; text with any other character is undecided.
	Lower FuncName = "lower"
	Upper FuncName = "upper"
	// BTrim, LTrim and RTrim (text, characters) strip the characters of their second argument, which is always given.
	BTrim FuncName = "btrim"
	LTrim FuncName = "ltrim"
	RTrim FuncName = "rtrim"
	// Concat (text, text) is ||.
	Concat FuncName = "concat"
	// StartsWith (text, prefix) is a bool.
	StartsWith FuncName = "starts_with"
	// StrPos (text, sought) is the first place, from 1, or 0. An empty string is at 1.
	StrPos FuncName = "strpos"
	// Left and Right (text, n) are the first and last n characters; all but -n for a negative n.
	Left  FuncName = "left"
	Right FuncName = "right"
	// Substr (text, from[, count]): from may be below 1, which counts towards count. A negative count is an error.
	Substr FuncName = "substr"
	// Replace (text, from, to) replaces every from; an empty from replaces nothing.
	Replace FuncName = "replace"

	// Abs of an int, numeric or float has its argument's type. The smallest integer is an error.
	Abs FuncName = "abs"
	// Round and Trunc (numeric, places) round half away from zero, and towards it; the places are a constant int4 and
	// may be negative. The scale is the places', or 0.
	Round FuncName = "round"
	Trunc FuncName = "trunc"
	// Floor and Ceil of a numeric or float have its type.
	Floor FuncName = "floor"
	Ceil  FuncName = "ceil"

	// JSONTypeOf is object, array, string, number, boolean or null.
	JSONTypeOf FuncName = "jsonb_typeof"
	// JSONArrayLength is an int4; of anything but an array an error.
	JSONArrayLength FuncName = "jsonb_array_length"
	// JSONKey (json, text) is the object's member; NULL without it and for what is no object. It is -> with text.
	JSONKey FuncName = "jsonb_key"
	// JSONIndex (json, int4) is the array's element, from 0, from the end if negative; NULL otherwise. It is -> with int.
	// Element 0 or -1 of what is neither array nor object is undecided.
	JSONIndex FuncName = "jsonb_index"
	// JSONStep (json, text) is a step of #>: JSONKey of an object; of an array JSONIndex, where the text is an integer.
	JSONStep FuncName = "jsonb_step"
	// JSONText (json) is the text that ->> gives: NULL for null, a string's content, true, false, an integer's digits.
	// Other numbers, objects and arrays are undecided.
	JSONText FuncName = "jsonb_text"
	// JSONHas (json, text) is ?: the object has the key, the array the string, or the string is equal.
	JSONHas FuncName = "jsonb_exists"
	// JSONContains (json, json) is @>: numbers are compared by value.
	JSONContains FuncName = "jsonb_contains"

	// Cardinality of an array counts all its elements: an int4.
	Cardinality FuncName = "cardinality"
	// ArrayLength (array, dimension) is NULL where there is no such dimension, as in an empty array. The dimension is a
	// constant int4.
	ArrayLength FuncName = "array_length"
	// ArrayContains (array, array) is @>: every element of the second equals one of the first. NULL equals nothing.
	ArrayContains FuncName = "array_contains"
	// ArrayOverlaps (array, array) is &&: some element of the one equals one of the other. NULL equals nothing.
	ArrayOverlaps FuncName = "array_overlaps"
	// ArrayPosition (array, element) is the element's first place from 1, or NULL; a NULL element is found too. An array
	// of several dimensions is undecided.
	ArrayPosition FuncName = "array_position"

	// NumNonNulls and NumNulls count their arguments, which may be of any types: an int4, never NULL.
	NumNonNulls FuncName = "num_nonnulls"
	NumNulls    FuncName = "num_nulls"
)
