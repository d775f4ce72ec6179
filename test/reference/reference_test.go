// Package reference uses the generated Go client of the reference service on a real PostgreSQL.
package reference

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	usage "github.com/trefoil-sql/trefoil/gen/go"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// service is a database with the migrations applied, two organizations and their people.
type service struct {
	db                     *pgtest.DB
	owner                  *pgx.Conn
	acme, globex           pgtype.UUID
	alice, bob, root, nora pgtype.UUID // of acme, of globex, superadmin, of none
	deal                   pgtype.UUID
}

func newService(t *testing.T) *service {
	t.Helper()
	ctx := context.Background()
	db := pgtest.New(t)
	migrate(t, db)
	s := &service{db: db, owner: db.Conn(ctx)}
	id := func(sql string, args ...any) (id pgtype.UUID) {
		require.NoError(t, s.owner.QueryRow(ctx, sql, args...).Scan(&id))
		return id
	}
	s.acme = id("INSERT INTO organizations (name) VALUES ('Acme') RETURNING id")
	s.globex = id("INSERT INTO organizations (name) VALUES ('Globex') RETURNING id")
	s.deal = id("INSERT INTO deals (organization_id, name) VALUES ($1, 'Rocket skates') RETURNING id", s.acme)
	for _, user := range []*pgtype.UUID{&s.alice, &s.bob, &s.root, &s.nora} {
		*user = id("INSERT INTO auth.users DEFAULT VALUES RETURNING id")
	}
	member := "INSERT INTO organization_members (user_id, organization_id, role) VALUES ($1, $2, $3) RETURNING user_id"
	id(member, s.alice, s.acme, usage.OrganizationRole("member"))
	id(member, s.bob, s.globex, usage.OrganizationRole("admin"))
	id(member, s.root, s.globex, usage.OrganizationRole("superadmin"))
	return s
}

// migrate applies schema/ in order.
func migrate(t *testing.T, db *pgtest.DB) {
	t.Helper()
	files, err := filepath.Glob("../../schema/*.sql")
	require.NoError(t, err)
	require.Len(t, files, 5)
	slices.Sort(files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		db.Exec(t, string(text))
	}
}

// as is a client that acts for a user, as a role that owns nothing and bypasses nothing.
func (s *service) as(t *testing.T, user pgtype.UUID) *usage.Queries {
	t.Helper()
	ctx := context.Background()
	role := "app_" + s.db.Name()
	_, err := s.owner.Exec(ctx, `
		DO $$ BEGIN
			IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '`+role+`') THEN CREATE ROLE `+role+`; END IF;
		END $$;
		GRANT USAGE ON SCHEMA public, auth TO `+role+`;
		GRANT SELECT, INSERT ON llm_usage, feature_usage, deals TO `+role)
	require.NoError(t, err)
	t.Cleanup(func() { _, _ = s.owner.Exec(ctx, "DROP OWNED BY "+role+"; DROP ROLE IF EXISTS "+role) })
	conn := s.db.Conn(ctx)
	_, err = conn.Exec(ctx, "SET ROLE "+role)
	require.NoError(t, err)
	if user.Valid {
		_, err = conn.Exec(ctx, "SELECT set_config('app.user_id', $1::text, false)", user)
		require.NoError(t, err)
	}
	return usage.New(conn)
}

func numeric(t *testing.T, text string) (n pgtype.Numeric) {
	t.Helper()
	require.NoError(t, n.Scan(text))
	return n
}

func decimal(t *testing.T, n pgtype.Numeric) string {
	t.Helper()
	v, err := n.Value()
	require.NoError(t, err)
	text, _ := v.(string)
	return text
}

func at(text string) pgtype.Timestamptz {
	v, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return pgtype.Timestamptz{Time: v, Valid: true}
}

func ptr[T any](v T) *T { return &v }

func call(t *testing.T, org pgtype.UUID) usage.CreateLlmUsageParams {
	return usage.CreateLlmUsageParams{
		OrganizationID: org, Provider: "anthropic", Model: "claude", Feature: "chat",
		InputTokens: 10, OutputTokens: 20, CostUsd: numeric(t, "0.25"), LatencyMs: ptr(int32(120)),
	}
}

func TestARowComesBackAsItWasWritten(t *testing.T) {
	ctx, s := context.Background(), newService(t)
	client := usage.New(s.owner)
	in := call(t, s.acme)
	in.DealID, in.UserID = s.deal, s.alice
	require.NoError(t, in.Validate())
	row, err := client.CreateLlmUsage(ctx, in)
	require.NoError(t, err)
	assert.True(t, row.ID.Valid)
	assert.Equal(t, []any{in.DealID, in.UserID, in.OrganizationID, in.Provider, in.Model, in.Feature, int32(10), int32(20), in.LatencyMs},
		[]any{row.DealID, row.UserID, row.OrganizationID, row.Provider, row.Model, row.Feature, row.InputTokens, row.OutputTokens, row.LatencyMs})
	assert.Equal(t, "0.250000", decimal(t, row.CostUsd))
	assert.WithinDuration(t, time.Now(), row.CreatedAt.Time, time.Minute)
	assert.NoError(t, row.Validate())

	feature, err := client.CreateFeatureUsage(ctx, usage.CreateFeatureUsageParams{
		OrganizationID: s.acme, FeatureName: "search", Status: "timeout", DurationMs: ptr(int32(3000)),
		ErrorMessage: ptr("too slow"), Metadata: json.RawMessage(`{"query": "skates"}`),
	})
	require.NoError(t, err)
	assert.JSONEq(t, `{"query": "skates"}`, string(feature.Metadata))
	assert.Equal(t, "too slow", *feature.ErrorMessage)
	assert.False(t, feature.DealID.Valid)

	feature, err = client.CreateFeatureUsage(ctx, usage.CreateFeatureUsageParams{FeatureName: "chat", Status: "success"})
	require.NoError(t, err)
	assert.Nil(t, feature.Metadata)
	assert.Nil(t, feature.DurationMs)
	assert.NoError(t, feature.Validate())
}

func TestValidateRefusesWhatTheDatabaseRefuses(t *testing.T) {
	ctx, s := context.Background(), newService(t)
	in := call(t, s.acme)
	in.Provider, in.Model, in.InputTokens = "mistral", "", -1
	err := in.Validate()
	var invalid *usage.ValidationError
	require.ErrorAs(t, err, &invalid)
	var constraints []string
	for _, v := range invalid.Violations {
		constraints = append(constraints, v.Field+" "+v.Column+" "+v.Constraint)
	}
	assert.Equal(t, []string{
		"Provider provider llm_usage_provider_check",
		"Model model llm_usage_model_check",
		"InputTokens input_tokens llm_usage_input_tokens_check",
	}, constraints)
	_, err = usage.New(s.owner).CreateLlmUsage(ctx, in)
	assert.ErrorContains(t, err, "23514")
}

func TestValueLists(t *testing.T) {
	assert.Equal(t, []usage.LLMProvider{"google-gla", "anthropic", "voyage", "openai"}, usage.AllLLMProviderValues())
	assert.Len(t, usage.AllLLMFeatureValues(), 7)
	assert.Len(t, usage.AllFeatureNameValues(), 8)
	assert.Equal(t, []usage.FeatureStatus{"success", "error", "timeout"}, usage.AllFeatureStatusValues())
	assert.True(t, usage.LLMProvider("voyage").Valid())
	assert.False(t, usage.LLMProvider("mistral").Valid())
}

// load fills both tables for the dashboard: times are fixed, so that sums by day are.
func (s *service) load(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	client := usage.New(s.owner)
	rows := []usage.LoadLlmUsageParams{}
	add := func(org pgtype.UUID, when, provider, model, feature, cost string, in, out int32, latency *int32, deal pgtype.UUID) {
		rows = append(rows, usage.LoadLlmUsageParams{
			DealID: deal, OrganizationID: org, Provider: usage.LLMProvider(provider), Model: model, Feature: usage.LLMFeature(feature),
			InputTokens: in, OutputTokens: out, CostUsd: numeric(t, cost), LatencyMs: latency, CreatedAt: at(when),
		})
	}
	none := pgtype.UUID{}
	add(s.acme, "2026-01-01T00:00:00Z", "anthropic", "claude", "chat", "0.10", 1, 2, ptr(int32(100)), s.deal)
	add(s.acme, "2026-01-01T23:59:59Z", "anthropic", "claude", "extraction", "0.20", 3, 4, ptr(int32(200)), s.deal)
	add(s.acme, "2026-01-02T12:00:00Z", "openai", "gpt", "chat", "0.40", 5, 6, nil, none)
	add(s.acme, "2026-01-02T12:30:00Z", "anthropic", "claude", "chat", "0.80", 0, 0, ptr(int32(400)), s.deal)
	add(s.acme, "2026-01-03T00:00:00Z", "openai", "gpt", "chat", "9.00", 9, 9, ptr(int32(900)), none) // after the period
	add(s.globex, "2026-01-01T10:00:00Z", "voyage", "embed", "embeddings", "5.00", 7, 0, ptr(int32(50)), none)
	n, err := client.LoadLlmUsage(ctx, rows)
	require.NoError(t, err)
	assert.EqualValues(t, len(rows), n)
	for _, r := range rows {
		require.NoError(t, r.Validate())
	}
	_, err = s.owner.Exec(ctx, `INSERT INTO feature_usage (organization_id, deal_id, feature_name, status, error_message, created_at) VALUES
		($1, $2, 'chat', 'success', NULL, '2026-01-01 10:00Z'),
		($1, $2, 'chat', 'error', 'first', '2026-01-01 11:00Z'),
		($1, $2, 'chat', 'timeout', 'second', '2026-01-01 12:00Z'),
		($1, $2, 'upload_document', 'success', NULL, '2026-01-01 13:00Z'),
		($1, NULL, 'chat', 'error', 'third', '2026-01-02 11:00Z'),
		($1, NULL, 'chat', 'error', 'later', '2026-01-03 00:00Z'),
		($3, NULL, 'chat', 'error', 'another organization', '2026-01-01 11:00Z')`, s.acme, s.deal, s.globex)
	require.NoError(t, err)
}

func TestDashboard(t *testing.T) {
	ctx, s := context.Background(), newService(t)
	s.load(t)
	client := usage.New(s.owner)
	from, to := at("2026-01-01T00:00:00Z"), at("2026-01-03T00:00:00Z")

	daily, err := client.DailyCost(ctx, usage.DailyCostParams{OrganizationID: s.acme, FromTime: from, ToTime: to})
	require.NoError(t, err)
	require.Len(t, daily, 2)
	assert.Equal(t, "2026-01-01", daily[0].Date.Time.Format(time.DateOnly))
	assert.Equal(t, []string{"0.300000", "1.200000"}, []string{decimal(t, daily[0].CostUsd), decimal(t, daily[1].CostUsd)})
	assert.Equal(t, []int64{10, 11}, []int64{daily[0].Tokens, daily[1].Tokens})

	features, err := client.FeatureCost(ctx, usage.FeatureCostParams{OrganizationID: s.acme, FromTime: from, ToTime: to})
	require.NoError(t, err)
	require.Len(t, features, 2)
	assert.Equal(t, usage.LLMFeature("chat"), features[0].Name)
	assert.Equal(t, "1.300000", decimal(t, features[0].CostUsd))
	assert.EqualValues(t, 3, features[0].CallCount)

	providers, err := client.ProviderCost(ctx, usage.ProviderCostParams{OrganizationID: s.acme, FromTime: from, ToTime: to})
	require.NoError(t, err)
	require.Len(t, providers, 2)
	assert.Equal(t, usage.LLMProvider("anthropic"), providers[0].Name)
	assert.Equal(t, "1.100000", decimal(t, providers[0].CostUsd))

	deal, err := client.DealCostSummary(ctx, s.deal)
	require.NoError(t, err)
	assert.Equal(t, "Rocket skates", deal.DealName)
	assert.Equal(t, "1.100000", decimal(t, deal.TotalCostUsd))
	assert.EqualValues(t, 3, deal.ConversationCount)
	assert.EqualValues(t, 1, deal.DocumentCount)

	latency, err := client.ModelLatency(ctx, usage.ModelLatencyParams{OrganizationID: s.acme, FromTime: from, ToTime: to})
	require.NoError(t, err)
	require.Len(t, latency, 1)
	assert.Equal(t, "claude", latency[0].Model)
	assert.EqualValues(t, 3, latency[0].CallCount)
	assert.InDelta(t, 200, latency[0].MedianMs, 1e-9)
	assert.InDelta(t, 380, latency[0].P95Ms, 1e-9)
}

func TestFailuresArePaged(t *testing.T) {
	ctx, s := context.Background(), newService(t)
	s.load(t)
	var messages []string
	for page := range int32(3) {
		rows, err := usage.New(s.owner).FeatureFailure(ctx, usage.FeatureFailureParams{
			OrganizationID: s.acme, FeatureName: "chat", FromTime: at("2026-01-01T00:00:00Z"), ToTime: at("2026-01-03T00:00:00Z"),
			PageSize: 2, PageOffset: 2 * page,
		})
		require.NoError(t, err)
		for _, r := range rows {
			messages = append(messages, string(r.Status)+" "+*r.ErrorMessage)
		}
	}
	assert.Equal(t, []string{"error third", "timeout second", "error first"}, messages)
}

func TestRowSecurity(t *testing.T) {
	ctx, s := context.Background(), newService(t)
	s.load(t)
	period := func(org pgtype.UUID) usage.FeatureCostParams {
		return usage.FeatureCostParams{OrganizationID: org, FromTime: at("2026-01-01T00:00:00Z"), ToTime: at("2027-01-01T00:00:00Z")}
	}
	sees := func(user, org pgtype.UUID) bool {
		t.Helper()
		rows, err := s.as(t, user).FeatureCost(ctx, period(org))
		require.NoError(t, err)
		return len(rows) > 0
	}
	assert.True(t, sees(s.alice, s.acme), "a member sees the rows of the organization")
	assert.False(t, sees(s.alice, s.globex), "and not those of another")
	assert.True(t, sees(s.root, s.acme), "a superadmin sees all")
	assert.False(t, sees(s.nora, s.acme), "who is no member sees none")
	assert.False(t, sees(pgtype.UUID{}, s.acme), "nor who has not said who it is")

	_, err := s.as(t, s.alice).CreateLlmUsage(ctx, call(t, s.acme))
	assert.NoError(t, err, "a member inserts")
	_, err = s.as(t, s.alice).CreateLlmUsage(ctx, call(t, s.globex))
	assert.ErrorContains(t, err, "row-level security policy", "but not into another organization")
	_, err = s.as(t, s.alice).CreateFeatureUsage(ctx, usage.CreateFeatureUsageParams{OrganizationID: s.globex, FeatureName: "chat", Status: "success"})
	assert.ErrorContains(t, err, "row-level security policy")
	_, err = s.as(t, s.root).CreateLlmUsage(ctx, call(t, s.acme))
	assert.NoError(t, err, "a superadmin inserts anywhere")

	own := call(t, pgtype.UUID{})
	own.UserID = s.nora
	row, err := s.as(t, s.nora).CreateLlmUsage(ctx, own)
	require.NoError(t, err, "who belongs to no organization has rows of their own")
	_, err = s.as(t, s.alice).CreateLlmUsage(ctx, own)
	assert.ErrorContains(t, err, "row-level security policy", "and nobody else makes them")
	assert.False(t, row.OrganizationID.Valid)
}
