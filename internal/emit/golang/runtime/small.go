package runtime

// trefoilTens is one more than the largest power of ten that 64 bits hold.
const trefoilTens = 20

// trefoilTen is a power of ten below 10^trefoilTens.
func trefoilTen(n int) uint64 {
	power := uint64(1)
	for range n {
		power *= 10
	}
	return power
}

func trefoilMagnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// trefoilRounded drops some of a number's digits, at least one. It rounds half away from zero.
func trefoilRounded(n int64, drop int) int64 {
	if drop >= trefoilTens {
		return 0
	}
	unit := trefoilTen(drop)
	out := int64(trefoilMagnitude(n) / unit)
	if trefoilMagnitude(n)%unit >= unit/2 {
		out++
	}
	if n < 0 {
		return -out
	}
	return out
}

// trefoilCompare compares a * 10^i with b * 10^j, neither of them zero.
func trefoilCompare(a uint64, i int32, b uint64, j int32) int {
	if i < j {
		return -trefoilCompare(b, j, a, i)
	}
	shift := int(i) - int(j)
	if shift >= trefoilTens {
		return 1
	}
	unit := trefoilTen(shift)
	switch {
	case a > ^uint64(0)/unit, a*unit > b:
		return 1
	case a*unit < b:
		return -1
	}
	return 0
}
