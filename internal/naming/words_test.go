package naming_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jinzhu/inflection"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/naming"
)

func TestWords(t *testing.T) {
	for in, want := range map[string]string{
		"":                  "",
		"deal_id":           "deal id",
		"dealId":            "deal id",
		"DealId":            "deal id",
		"DEAL_ID":           "deal id",
		"dealID":            "deal id",
		"userIDs":           "user ids",
		"UserIDsList":       "user ids list",
		"LLMUsage":          "llm usage",
		"HTTPServer":        "http server",
		"HTTP2Server":       "http2 server",
		"google-gla":        "google gla",
		"a  b\tc\nd":        "a b c d",
		"p95_ms":            "p95 ms",
		"address1":          "address1",
		"line2Text":         "line2 text",
		"24h":               "24h",
		"v2beta":            "v2beta",
		"__x__":             "x",
		"don't":             "dont",
		"50% off!":          "50 off",
		"naïve café":        "naïve café",
		"cafe\u0301":        "café",
		"\u0301x":           "x",
		"ﬁle":               "file",
		"ＦｕｌｌＷｉｄｔｈ":         "full width",
		"日本語 テスト":           "日本語 テスト",
		"ΑλφαΒήτα":          "αλφα βήτα",
		"прямаяДоставка":    "прямая доставка",
		"क्षमा_नाम":         "क्षमा नाम",
		"🎉":                 "",
		"party🎉time":        "party time",
		"schema.table":      "schema table",
		"LLM":               "llm",
		"X":                 "x",
		"iPhone":            "i phone",
		"ABTest":            "ab test",
		"snake_CaseMixedUp": "snake case mixed up",
	} {
		assert.Equal(t, want, strings.Join(naming.Words(in), " "), "%q", in)
	}
}

func TestCasing(t *testing.T) {
	words := naming.Words("llm_usage_id2")
	assert.Equal(t, "LlmUsageId2", naming.Pascal(words, nil))
	assert.Equal(t, "LLMUsageId2", naming.Pascal(words, []string{"llm"}))
	assert.Equal(t, "LLMUsageId2", naming.Pascal(words, []string{"LLM", "id"}), "a word is the initialism as a whole")
	assert.Equal(t, "llmUsageId2", naming.Camel(words))
	assert.Equal(t, "llm_usage_id2", naming.Snake(words))
	assert.Equal(t, "LLM_USAGE_ID2", naming.Screaming(words))
	assert.Empty(t, naming.Camel(nil))
	assert.Empty(t, naming.Pascal(nil, nil))
	assert.Equal(t, "ÉtéÀ", naming.Pascal(naming.Words("été à"), nil))
}

func TestInflection(t *testing.T) {
	for plural, singular := range map[string]string{
		"deals": "deal", "users": "user", "categories": "category", "boxes": "box", "people": "person",
		"children": "child", "addresses": "address", "statuses": "status", "aliases": "alias", "analyses": "analysis",
		"caches": "cache", "databases": "database", "bases": "base", "cases": "case", "responses": "response",
		"bonuses": "bonus", "campuses": "campus", "canvases": "canvas", "indices": "index", "calories": "calorie",
		"wolves": "wolf", "drives": "drive", "archives": "archive", "curves": "curve", "waves": "wave", "saves": "save",
		"objectives": "objective", "movies": "movie", "photos": "photo", "shoes": "shoe", "heroes": "hero",
		"settings": "setting", "preferences": "preference", "keys": "key", "menus": "menu", "processes": "process",
		"lenses": "lens", "gases": "gas", "mice": "mouse", "viruses": "virus", "buses": "bus", "purchases": "purchase",
		"names": "name", "features": "feature", "providers": "provider", "moods": "mood", "leaves": "leaf",
	} {
		assert.Equal(t, singular, naming.Snake(naming.Singular([]string{plural})), plural)
		if plural != "indices" { // the library says indexes
			assert.Equal(t, plural, naming.Snake(naming.Plural([]string{singular})), singular)
		}
		assert.Equal(t, singular, naming.Snake(naming.Singular([]string{singular})), "already singular")
	}
	for _, same := range []string{
		"llm_usage", "status", "metadata", "data", "media", "meta", "news", "series", "species", "quota", "campus",
		"analysis", "address", "sms", "dns", "gps", "analytics", "bias", "canvas", "atlas", "lens", "chaos", "specimen",
		"schema", "axis", "basis", "bus", "corpus", "delta", "information", "equipment",
	} {
		assert.Equal(t, same, naming.Snake(naming.Singular(naming.Words(same))), same)
	}
	assert.Equal(t, "feature_status", naming.Snake(naming.Singular(naming.Words("feature_statuses"))), "the last word only")
	assert.Empty(t, naming.Singular(nil))
	assert.Equal(t, []string{"s"}, naming.Singular([]string{"s"}), "something is left")
	words := []string{"deals"}
	naming.Singular(words)
	assert.Equal(t, []string{"deals"}, words, "the argument is not changed")
}

// FuzzWords holds what every other name is built on: words are not empty, lower-case, and words again.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"", "dealId", "LLM_usage", "24h", "ﬁ", "\u1e9e", "ŉ", "İstanbul", "ǅ", "IDs", "a\u0301", "\xff", "e\u2019s", "ⸯ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		words := naming.Words(s)
		for _, w := range words {
			require.NotEmpty(t, w)
			require.True(t, utf8.ValidString(w))
		}
		require.Equal(t, words, naming.Words(naming.Snake(words)), "%q", s)
		for _, lang := range naming.Languages() {
			for _, role := range roles {
				requireValid(t, lang, role, s)
			}
		}
	})
}

// FuzzLibrarySingular: a name's singular is what the library makes of all of it.
func FuzzLibrarySingular(f *testing.F) {
	for _, word := range []string{
		"billing_accounts_2", "a_axes", "axes", "_ice", "ox_things", "oxen_things", "OXEN_s", "police", "sea_police", "re_analyses",
		"analyses", "a_ves", "_series", "x_POLICE", "news", "a_news", "a__s", "_", "", "s_", "my_People", "a_quizzes", "b_ſ", "two\n_lines\n_s",
	} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		assert.Equal(t, inflection.Singular(word), naming.LibrarySingular(word))
	})
}
