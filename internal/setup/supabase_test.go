package setup

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// refers is a migration as Supabase's own documentation has them.
const refers = `
create table profiles (
    id uuid primary key references auth.users on delete cascade,
    key uuid not null default uuid_generate_v4(),
    secret text not null default encode(extensions.gen_random_bytes(8), 'hex')
);
alter table profiles enable row level security;
create policy own on profiles using ((select auth.uid()) = id and auth.jwt() ->> 'aal' = 'aal2');
create policy files on storage.objects using (bucket_id = 'a' and (storage.foldername(name))[1] = auth.uid()::text);
`

// TestThePreludeIsValid asks PostgreSQL, and replays the same.
func TestThePreludeIsValid(t *testing.T) {
	db := pgtest.New(t)
	db.Exec(t, supabaseText)
	cat, notes, err := catalog.Load([]*source.File{source.NewFile("prelude.sql", supabaseText), source.NewFile("m.sql", refers)})
	require.NoError(t, err)
	assert.Empty(t, notes)
	var names []string
	for _, r := range cat.Relations {
		names = append(names, r.Name.String())
	}
	assert.Equal(t, []string{"auth.users", "public.profiles", "storage.buckets", "storage.objects"}, names)
}
