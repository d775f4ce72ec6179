package runtime

import (
	"math/big"
	"slices"
)

// trefoilList is an array of one dimension.
type trefoilList []any

func trefoilListConst(elems ...any) any { return trefoilList(elems) }

// trefoilListOf reads a slice of so many elements, each by its place: so the type of the elements has not to be named, whose
// package may not be imported.
func trefoilListOf(length int, element func(i int) any) any {
	list := make(trefoilList, length)
	for i := range list {
		list[i] = element(i)
	}
	return list
}

// equals takes NULLs for equal, as PostgreSQL does for whole arrays.
func (x trefoilList) equals(other any) bool {
	return slices.EqualFunc(x, other.(trefoilList), func(a, b any) bool { return trefoilDistinct(a, b) == false })
}

// trefoilQuantified is ANY, and ALL where all is set: compare is made with each element.
func trefoilQuantified(x any, compare func(x, y any) any, all bool, array any) any {
	return trefoilOf(array, func(list trefoilList) any {
		var out any = all
		for _, elem := range list {
			switch compare(x, elem) {
			case !all:
				return !all
			case nil:
				out = nil
			}
		}
		return out
	})
}

func trefoilCardinality(x any) any {
	return trefoilOf(x, func(x trefoilList) any { return big.NewInt(int64(len(x))) })
}

func trefoilArrayLength(x, dimension any) any {
	return trefoilOf2(x, dimension, func(x trefoilList, n *big.Int) any {
		if len(x) == 0 || n.Cmp(big.NewInt(1)) != 0 {
			return nil
		}
		return big.NewInt(int64(len(x)))
	})
}

func (x trefoilList) has(sought any) bool {
	return slices.ContainsFunc(x, func(elem any) bool { return elem != nil && sought != nil && trefoilSame(elem, sought) })
}

func trefoilArrayContains(x, y any) any {
	return trefoilOf2(x, y, func(x, y trefoilList) any {
		return !slices.ContainsFunc(y, func(elem any) bool { return !x.has(elem) })
	})
}

func trefoilArrayOverlaps(x, y any) any {
	return trefoilOf2(x, y, func(x, y trefoilList) any { return slices.ContainsFunc(y, x.has) })
}

func trefoilArrayPosition(x, sought any) any {
	return trefoilOf(x, func(x trefoilList) any {
		i := slices.IndexFunc(x, func(elem any) bool { return trefoilDistinct(elem, sought) == false })
		if i < 0 {
			return nil
		}
		return big.NewInt(int64(i) + 1)
	})
}
