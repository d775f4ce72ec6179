package runtime

import (
	"math/big"
	"regexp"
	"strings"
	"unicode/utf8"
)

func trefoilCharLength(x any) any {
	return trefoilOf(x, func(s string) any { return big.NewInt(int64(utf8.RuneCountInString(s))) })
}

func trefoilOctetLength(x any) any {
	return trefoilOf(x, func(s string) any { return big.NewInt(int64(len(s))) })
}

// trefoilByteaLength counts the bytes of which a bytea's string has two digits each.
func trefoilByteaLength(x any) any {
	return trefoilOf(x, func(s string) any { return big.NewInt(int64(len(s) / 2)) })
}

func trefoilLower(x any) any {
	return trefoilOf(x, func(s string) any { return strings.ToLower(trefoilASCII(s)) })
}

func trefoilUpper(x any) any {
	return trefoilOf(x, func(s string) any { return strings.ToUpper(trefoilASCII(s)) })
}

// trefoilASCII leaves other letters to PostgreSQL, whose locale decides.
func trefoilASCII(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			panic(trefoilUndecided{})
		}
	}
	return s
}

func trefoilBTrim(x, characters any) any {
	return trefoilOf2(x, characters, func(a, b string) any { return strings.Trim(a, b) })
}

func trefoilLTrim(x, characters any) any {
	return trefoilOf2(x, characters, func(a, b string) any { return strings.TrimLeft(a, b) })
}

func trefoilRTrim(x, characters any) any {
	return trefoilOf2(x, characters, func(a, b string) any { return strings.TrimRight(a, b) })
}

func trefoilConcat(x, y any) any {
	return trefoilOf2(x, y, func(a, b string) any { return a + b })
}

func trefoilStartsWith(x, prefix any) any {
	return trefoilOf2(x, prefix, func(a, b string) any { return strings.HasPrefix(a, b) })
}

// trefoilStrPos counts code points from 1; 0 is nowhere.
func trefoilStrPos(x, sought any) any {
	return trefoilOf2(x, sought, func(a, b string) any {
		at := strings.Index(a, b)
		if at < 0 {
			return big.NewInt(0)
		}
		return big.NewInt(int64(utf8.RuneCountInString(a[:at])) + 1)
	})
}

func trefoilLeft(x, n any) any {
	return trefoilOf2(x, n, func(s string, n *big.Int) any {
		r := []rune(s)
		return string(r[:trefoilClamp(n, len(r))])
	})
}

func trefoilRight(x, n any) any {
	return trefoilOf2(x, n, func(s string, n *big.Int) any {
		r := []rune(s)
		return string(r[len(r)-trefoilClamp(n, len(r)):])
	})
}

// trefoilClamp brings a count into a string's length; a negative one counts from the other end.
func trefoilClamp(n *big.Int, length int) int {
	count := n.Int64()
	if count < 0 {
		count += int64(length)
	}
	return int(max(0, min(count, int64(length))))
}

// trefoilSubstr takes text, where it begins, and how long it is, which may be left out.
func trefoilSubstr(args ...any) any {
	for _, arg := range args {
		if arg == nil {
			return nil
		}
	}
	s := []rune(args[0].(string))
	from, to := args[1].(*big.Int).Int64()-1, int64(len(s))
	if len(args) == 3 {
		count := args[2].(*big.Int).Int64()
		if count < 0 {
			panic(trefoilRaised{})
		}
		to = min(to, from+count)
	}
	from = max(from, 0)
	if from >= to {
		return ""
	}
	return string(s[from:to])
}

func trefoilReplace(x, from, to any) any {
	if x == nil || from == nil || to == nil {
		return nil
	}
	if from == "" {
		return x
	}
	return strings.ReplaceAll(x.(string), from.(string), to.(string))
}

func trefoilMatch(x any, re *regexp.Regexp) any {
	return trefoilOf(x, func(s string) any { return re.MatchString(s) })
}

// trefoilMatchASCII leaves a string with other characters to PostgreSQL, whose locale says what they are.
func trefoilMatchASCII(x any, re *regexp.Regexp) any {
	return trefoilOf(x, func(s string) any {
		for i := range len(s) {
			if s[i] >= utf8.RuneSelf || s[i] >= 0x1c && s[i] < 0x20 {
				panic(trefoilUndecided{})
			}
		}
		return re.MatchString(s)
	})
}

func trefoilUnpadded(x any) any {
	return trefoilOf(x, func(s string) any { return strings.TrimRight(s, " ") })
}
