package wide

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/naming"
)

// Names of the limits of the clients' types, which docs/conformance.md tells of.
const (
	javaScriptNumbers = "JavaScript's numbers"
	doublesInJSON     = "doubles in JSON"
)

// limitOf names the documented limit of a client's types that a row meets, "" for none.
func limitOf(lang naming.Language, s *Subject, text string) string {
	switch lang {
	case naming.TypeScript:
		if hasNumber(text, isRounded) {
			return javaScriptNumbers
		}
	case naming.Python:
		if s.has("json") && hasNumber(text, isRounded) {
			return doublesInJSON
		}
	}
	return ""
}

// has tells whether a subject has a column whose type begins so.
func (s *Subject) has(sqlType string) bool {
	for _, c := range s.Columns {
		if strings.HasPrefix(c.SQL, sqlType) || s.Check == "" && (c.SQL == "settings") {
			return true
		}
	}
	return false
}

// hasNumber tells whether a JSON text has a number for which test is true.
func hasNumber(text string, test func(json.Number) bool) bool {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	for {
		token, err := d.Token()
		if err != nil {
			return false
		}
		if n, ok := token.(json.Number); ok && test(n) {
			return true
		}
	}
}

// isRounded tells of a number that a double does not hold, or does not tell from its neighbours.
func isRounded(n json.Number) bool {
	f, err := strconv.ParseFloat(n.String(), 64)
	if err != nil {
		return true
	}
	exact, ok := new(big.Rat).SetString(n.String())
	printed, _ := new(big.Rat).SetString(strconv.FormatFloat(f, 'g', -1, 64))
	return !ok || exact.Cmp(printed) != 0 || exact.IsInt() && math.Abs(f) >= 1<<53 && !strings.ContainsAny(n.String(), ".eE")
}
