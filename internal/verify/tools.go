package verify

import "path"

// toolTables are where migration tools keep what they have applied. A pattern is schema.table; * stands for any. A table
// that a migration makes is compared like any other.
var toolTables = []struct{ table, tool string }{
	{"*.schema_migrations", "golang-migrate, dbmate, Rails or Ecto"},
	{"*.goose_db_version", "goose"},
	{"*.flyway_schema_history", "Flyway"},
	{"*.schema_version", "tern or Flyway"},
	{"*._prisma_migrations", "Prisma"},
	{"*.atlas_schema_revisions", "Atlas"},
	{"atlas_schema_revisions.*", "Atlas"},
	{"*.gorp_migrations", "sql-migrate"},
	{"*._sqlx_migrations", "sqlx"},
	{"*.refinery_schema_history", "refinery"},
	{"*.__diesel_schema_migrations", "Diesel"},
	{"*.seaql_migrations", "SeaORM"},
	{"*.__drizzle_migrations", "Drizzle"},
	{"drizzle.*", "Drizzle"},
	{"*.knex_migrations", "Knex"},
	{"*.knex_migrations_lock", "Knex"},
	{"*.kysely_migration", "Kysely"},
	{"*.kysely_migration_lock", "Kysely"},
	{"*.mikro_orm_migrations", "MikroORM"},
	{"*.pgmigrations", "node-pg-migrate"},
	{"*.SequelizeMeta", "Sequelize"},
	{"*.typeorm_metadata", "TypeORM"},
	{"*.alembic_version", "Alembic"},
	{"*.django_migrations", "Django"},
	{"*.databasechangelog", "Liquibase"},
	{"*.databasechangeloglock", "Liquibase"},
	{"*.__EFMigrationsHistory", "Entity Framework"},
	{"*.ar_internal_metadata", "Rails"},
	{"*.bun_migrations", "Bun"},
	{"*.bun_migration_locks", "Bun"},
	{"graphile_migrate.*", "Graphile Migrate"},
	{"pgroll.*", "pgroll"},
	{"sqitch.*", "Sqitch"},
	{"supabase_migrations.*", "Supabase"},
}

// toolOf is the migration tool that keeps a table, "" for any other table.
func toolOf(schema, name string) string {
	for _, t := range toolTables {
		if ok, err := path.Match(t.table, schema+"."+name); err == nil && ok {
			return t.tool
		}
	}
	return ""
}
