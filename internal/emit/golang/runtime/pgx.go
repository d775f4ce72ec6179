package runtime

import "github.com/jackc/pgx/v5/pgtype"

// trefoilNumeric reads pgx's numeric.
func trefoilNumeric(n pgtype.Numeric) trefoilDecimal {
	switch {
	case n.NaN:
		return trefoilDecimal{special: trefoilNaN}
	case n.InfinityModifier != pgtype.Finite:
		return trefoilDecimal{special: trefoilSpecial(n.InfinityModifier)}
	default:
		return trefoilDecimalOf(n.Int, n.Exp)
	}
}
