package constraint

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"slices"
)

// ErrUndecided ends the evaluation of a tree on values that not every engine treats alike. The row passes.
var ErrUndecided = errors.New("undecided")

// ErrRaised wraps what PostgreSQL would raise as an error. The row is refused.
var ErrRaised = errors.New("error in PostgreSQL")

func raised(what string) error { return fmt.Errorf("%w: %s", ErrRaised, what) }

// Row holds the values of columns as PostgreSQL stores them. A column that is missing is NULL.
type Row map[string]Value

// Refuses tells whether a row breaks a condition.
func Refuses(condition Node, r Row) bool {
	v, err := Evaluate(condition, r)
	if err != nil {
		return errors.Is(err, ErrRaised)
	}
	return v == false
}

// Evaluate is the reference for what a tree means: see the package's comment. An Unknown is undecided.
func Evaluate(n Node, r Row) (Value, error) {
	return evaluator{r}.value(n)
}

type evaluator struct{ row Row }

func (e evaluator) value(n Node) (Value, error) {
	switch n := n.(type) {
	case Column:
		return e.row[n.Name], nil
	case Const:
		return n.Value(), nil
	case All:
		return e.logic(n.Args, false)
	case Any:
		return e.logic(n.Args, true)
	case Case:
		return e.caseOf(n)
	case Coalesce:
		for _, arg := range n.Args {
			if v, err := e.value(arg); err != nil || v != nil {
				return v, err
			}
		}
		return nil, nil
	case Unknown:
		return nil, ErrUndecided
	}
	return e.eager(n)
}

// logic is AND where decisive is false, and OR where it is true.
func (e evaluator) logic(args []Node, decisive bool) (Value, error) {
	var out Value = !decisive
	for _, arg := range args {
		v, err := e.value(arg)
		if err != nil {
			return nil, err
		}
		if v == decisive {
			return decisive, nil
		}
		if v == nil {
			out = nil
		}
	}
	return out, nil
}

func (e evaluator) caseOf(n Case) (Value, error) {
	for _, w := range n.Whens {
		v, err := e.value(w.Cond)
		if err != nil {
			return nil, err
		}
		if v == true {
			return e.value(w.Result)
		}
	}
	return e.value(n.Else)
}

// eager evaluates the nodes that look at all their operands.
func (e evaluator) eager(n Node) (Value, error) {
	children := Children(n)
	args := make([]Value, len(children))
	for i, child := range children {
		v, err := e.value(child)
		if err != nil {
			return nil, err
		}
		args[i] = v
	}
	switch n := n.(type) {
	case IsNull:
		return (args[0] == nil) != n.Not, nil
	case Distinct:
		return distinct(n, args[0], args[1])
	case Extremum:
		return extremum(n, args)
	case Quantified:
		return quantified(n, args[0], args[1])
	case Func:
		if f, ok := nullable[n.Name]; ok {
			return f(args)
		}
	}
	if slices.Contains(args, nil) {
		return nil, nil
	}
	return strict(n, args)
}

// strict evaluates a node none of whose operands is NULL.
func strict(n Node, args []Value) (Value, error) {
	switch n := n.(type) {
	case Cmp:
		return compareValues(n.Op, args[0], args[1])
	case Member:
		return member(n, args[0])
	case Negation:
		return args[0] == false, nil
	case Arith:
		return arithmetic(n, args[0], args[1])
	case Cast:
		return cast(n, args[0])
	case Func:
		return call(n, args)
	case Match:
		return match(n, args[0].(string))
	}
	return nil, ErrUndecided
}

// call calls a function whose arguments are not NULL.
func call(n Func, args []Value) (Value, error) {
	switch {
	case n.Name == OctetLength && TypeOf(n.Args[0]).Class == ByteaClass:
		return bigInt(len(args[0].(string)) / 2), nil
	case n.Name == OctetLength:
		return bigInt(len(args[0].(string))), nil
	}
	v, err := functions[n.Name](args)
	if i, ok := v.(*big.Int); ok && err == nil {
		return inSize(i, n.Type.Size)
	}
	return v, err
}

func distinct(n Distinct, x, y Value) (Value, error) {
	if x == nil || y == nil {
		return (x == nil && y == nil) == n.Not, nil
	}
	equal, err := equalValues(x, y)
	return equal == n.Not, err
}

func extremum(n Extremum, args []Value) (Value, error) {
	var best Value
	for _, v := range args {
		if v == nil {
			continue
		}
		if best == nil {
			best = v
			continue
		}
		sign, err := order(v, best)
		if err != nil {
			return nil, err
		}
		if n.Greatest == (sign > 0) && sign != 0 {
			best = v
		}
	}
	return best, nil
}

func quantified(n Quantified, x, array Value) (Value, error) {
	if array == nil {
		return nil, nil
	}
	var out Value = n.All
	for _, elem := range array.(Array).Elems {
		var v Value
		if x != nil && elem != nil {
			var err error
			if v, err = compareValues(n.Op, x, elem); err != nil {
				return nil, err
			}
		}
		switch v {
		case !n.All:
			return v, nil
		case nil:
			out = nil
		}
	}
	return out, nil
}

func member(n Member, x Value) (Value, error) {
	var out Value = n.Not
	for _, k := range n.List {
		if k.Null {
			out = nil
			continue
		}
		equal, err := equalValues(x, k.Value())
		if err != nil {
			return nil, err
		}
		if equal {
			return !n.Not, nil
		}
	}
	return out, nil
}

// beyondASCII finds what the classes of characters may or may not hold, depending on the database's locale.
var beyondASCII = regexp.MustCompile(`[^\x00-\x1b\x20-\x7f]`)

func match(n Match, s string) (Value, error) {
	if n.Regex.NotRE2 != "" || n.Regex.ASCII && beyondASCII.MatchString(s) {
		return nil, ErrUndecided
	}
	re, err := regexp.Compile(n.Regex.Pattern)
	if err != nil {
		return nil, ErrUndecided
	}
	return re.MatchString(s) != n.Not, nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// bigInt makes an integer value.
func bigInt(n int) Value { return big.NewInt(int64(n)) }
