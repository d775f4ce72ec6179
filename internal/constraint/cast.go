package constraint

// CastPair is a cast by its classes.
type CastPair struct{ From, To Class }

// Casts are those that Cast stands for, and what each does.
var Casts = map[CastPair]string{
	{IntClass, IntClass}:        "the same integer; out of range for To.Size is an error",
	{IntClass, NumericClass}:    "the same number, scale 0",
	{IntClass, FloatClass}:      "the nearest double",
	{IntClass, TextClass}:       "the decimal digits",
	{NumericClass, IntClass}:    "rounded half away from zero; out of range, NaN or infinite is an error",
	{NumericClass, FloatClass}:  "the nearest double; out of range is undecided",
	{FloatClass, FloatClass}:    "from real to double: the same number",
	{BoolClass, IntClass}:       "1 or 0",
	{BoolClass, TextClass}:      "true or false",
	{PaddedClass, TextClass}:    "without trailing spaces",
	{FoldedClass, TextClass}:    "the same string",
	{DateClass, TimestampClass}: "midnight; infinity stays",
	{TextClass, IntClass}:       "digits with a sign and blanks around; out of range is an error, other text is undecided",
	{TextClass, NumericClass}:   "digits with a sign, a point and blanks around, the scale kept; other text is undecided",
	{UUIDClass, TextClass}:      "as PostgreSQL prints it, in lower case",
	{EnumClass, TextClass}:      "the label",
}
