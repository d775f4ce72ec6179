package naming

import (
	"slices"
	"strings"
	"sync"
)

// keywords may name nothing at all in a language.
var keywords = map[Language][]string{
	Go: strings.Fields(`
		break case chan const continue default defer else fallthrough for func go goto if import interface map package
		range return select struct switch type var`),
	TypeScript: strings.Fields(`
		await break case catch class const continue debugger default delete do else enum export extends false finally
		for function if import in instanceof new null return super switch this throw true try typeof var void while with
		arguments eval implements interface let package private protected public static yield`),
	Python: strings.Fields(`
		False None True and as assert async await break class continue def del elif else except finally for from global
		if import in is lambda nonlocal not or pass raise return try while with yield`),
}

// taken are names that a role may not use beside the keywords: a type of that name would hide one that generated code
// needs, and a field one of the attributes that every object of its kind has.
var taken = map[Language]map[Role][]string{
	Go: {
		Type: strings.Fields(`
			any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string
			uint uint8 uint16 uint32 uint64 uintptr true false iota nil append cap clear close complex copy delete imag
			len make max min new panic print println real recover
			DBTX New Queries Querier`),
	},
	TypeScript: {
		Type: strings.Fields(`
			any unknown never object string number boolean bigint symbol undefined NaN Infinity globalThis
			Array BigInt Boolean Date Error Exclude Extract Function Infer Iterable JSON Json JsonSchema Map Math Number Object Omit
			Partial Pick Promise Readonly ReadonlyArray Record RegExp Required Set String Symbol Uint8Array z`),
	},
	Python: {
		Type: strings.Fields(`
			bool bytes dict float frozenset int list object set str tuple type len range print isinstance super property
			AfterValidator Annotated Any AwareDatetime Base64Bytes BaseModel BeforeValidator ConfigDict Decimal Enum
			Exception Field Generic IPvAnyAddress IPvAnyInterface IPvAnyNetwork Json JsonValue Literal NaiveDatetime
			Optional PlainSerializer PlainValidator Sequence StrEnum StringConstraints TYPE_CHECKING TypeAdapter TypeAlias
			TypeVar UUID Union ValidationError ValueError WithJsonSchema`),
		// Attributes of Pydantic's BaseModel, and of every object's. A field may not hide the first, and may not start
		// with an underscore.
		Field: strings.Fields(`
			model_computed_fields model_config model_construct model_copy model_dump model_dump_json model_extra
			model_fields model_fields_set model_json_schema model_parametrized_name model_post_init model_rebuild
			model_validate model_validate_json model_validate_strings
			construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json update_forward_refs
			validate`),
		// Members of an Enum, and methods of str, which the members of a string enum have too.
		Value: strings.Fields(`
			mro name value
			capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha
			isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower
			lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split
			splitlines startswith strip swapcase title translate upper zfill`),
	},
}

// Reserved tells whether a name may not stand for a role in a language as it is.
func Reserved(lang Language, role Role, name string) bool {
	uses := reserved()[name]
	return slices.Contains(uses, use{lang, role}) || slices.Contains(uses, use{lang: lang})
}

// use is where a name may not stand: in a role of a language; without a role in any.
type use struct {
	lang Language
	role Role
}

// reserved are the uses that names may not have. Most names are not among them.
var reserved = sync.OnceValue(func() map[string][]use {
	uses := map[string][]use{}
	for lang, words := range keywords {
		for _, w := range words {
			uses[w] = append(uses[w], use{lang: lang})
		}
	}
	for lang, roles := range taken {
		for role, words := range roles {
			for _, w := range words {
				uses[w] = append(uses[w], use{lang, role})
			}
		}
	}
	return uses
})
