package reference

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	usage "github.com/trefoil-sql/trefoil/gen/go"
)

// validators are all structs of the client that have a method Validate.
var validators = []interface{ Validate() error }{
	&usage.AuthUser{}, &usage.Deal{}, &usage.FeatureUsage{}, &usage.LlmUsage{}, &usage.Organization{}, &usage.OrganizationMember{},
	&usage.DailyCostParams{}, &usage.DailyCostRow{}, &usage.FeatureCostParams{}, &usage.FeatureCostRow{}, &usage.ProviderCostParams{},
	&usage.ProviderCostRow{}, &usage.DealCostSummaryRow{}, &usage.FeatureFailureParams{}, &usage.FeatureFailureRow{},
	&usage.ModelLatencyParams{}, &usage.ModelLatencyRow{}, &usage.CreateLlmUsageParams{}, &usage.LoadLlmUsageParams{},
	&usage.CreateFeatureUsageParams{},
}

// TestValidateAllocatesNothing: a row that PostgreSQL takes costs no memory to validate, whatever it holds.
func TestValidateAllocatesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, v := range validators {
		row := reflect.ValueOf(v).Elem()
		for range 200 {
			for i := range row.NumField() {
				row.Field(i).Set(reflect.ValueOf(valid(t, r, row.Type().Field(i))))
			}
			require.NoError(t, v.Validate(), "%#v", v)
			assert.Zero(t, testing.AllocsPerRun(10, func() { _ = v.Validate() }), "%#v", v)
		}
	}
}

func TestAllValidatorsAreTested(t *testing.T) {
	code, err := os.ReadFile("../../gen/go/validate.go")
	require.NoError(t, err)
	var have, want []string
	for _, v := range validators {
		have = append(have, reflect.TypeOf(v).Elem().Name())
	}
	for _, method := range regexp.MustCompile(`func \((?:v )?(\w+)\) Validate\(`).FindAllStringSubmatch(string(code), -1) {
		want = append(want, method[1])
	}
	assert.ElementsMatch(t, want, have)
}

// valid is a value that PostgreSQL takes for a field, often at a limit.
func valid(t *testing.T, r *rand.Rand, f reflect.StructField) any {
	t.Helper()
	one := func(values ...any) any { return values[r.IntN(len(values))] }
	switch reflect.New(f.Type).Elem().Interface().(type) {
	case pgtype.UUID:
		return pgtype.UUID{Bytes: [16]byte{byte(r.Uint32())}, Valid: true}
	case pgtype.Timestamptz:
		return pgtype.Timestamptz{Time: time.Unix(r.Int64N(1e9), 0), Valid: true}
	case pgtype.Date:
		return pgtype.Date{Time: time.Unix(r.Int64N(1e9), 0), Valid: true}
	case pgtype.Numeric:
		return cost(t, r)
	case json.RawMessage:
		return one(json.RawMessage(`{}`), json.RawMessage(` {"a": [1, 2.5e3, null, "é\u00e9"], "b": {"c": true}}`))
	case string:
		return one("m", strings.Repeat("m", 100), strings.Repeat("é", 100), strings.Repeat("m", 100)+"   ")
	case *string:
		text := "it failed"
		return one((*string)(nil), &text)
	case *int32:
		n := r.Int32()
		return one((*int32)(nil), &n)
	case int32:
		return r.Int32()
	case int64:
		return r.Int64()
	case float64:
		return r.NormFloat64()
	case usage.FeatureName:
		return one(usage.FeatureNameChat, usage.FeatureNameKnowledgeRetrieval)
	case usage.FeatureStatus:
		return one(usage.FeatureStatusSuccess, usage.FeatureStatusTimeout)
	case usage.LLMFeature:
		return one(usage.LLMFeatureChat, usage.LLMFeatureQaIngestion)
	case usage.LLMProvider:
		return one(usage.LLMProviderGoogleGla, usage.LLMProviderOpenai)
	case usage.OrganizationRole:
		return one(usage.OrganizationRoleMember, usage.OrganizationRoleSuperadmin)
	}
	require.Fail(t, "no values for "+f.Type.String())
	return nil
}

// cost is a number that numeric(10,6) takes, with up to three digits that are rounded away, or NaN.
func cost(t *testing.T, r *rand.Rand) pgtype.Numeric {
	t.Helper()
	whole, digits := r.IntN(10_000), r.IntN(10)
	var n pgtype.Numeric
	text := fmt.Sprintf("%d", whole)
	if digits > 0 {
		text += fmt.Sprintf(".%0*d", digits, r.Int64N(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil).Int64()))
	}
	if digits > 6 && strings.HasPrefix(text, "9999.") {
		text = "0.0000004"
	}
	switch r.IntN(20) {
	case 0:
		text = "NaN"
	case 1:
		return pgtype.Numeric{Int: big.NewInt(9), Exp: 3, Valid: true}
	case 2:
		text = "9999.999999"
	case 3:
		text = "0"
	}
	require.NoError(t, n.Scan(text), text)
	return n
}
