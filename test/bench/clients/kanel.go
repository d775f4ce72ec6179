package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/jackc/pgx/v5"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/test/bench/clients/synthetic"
)

const kanelConfig = `const { generateZodSchemas } = require("kanel-zod");
module.exports = {
  connection: process.env.DATABASE,
  schemas: ["public"],
  outputPath: "kanel",
  preRenderHooks: [generateZodSchemas],
};
`

// writeKanel lets kanel write its client, which it reads off a running server.
func (b *bench) writeKanel(dir string) error {
	ctx := context.Background()
	server, err := pgtest.Start(ctx)
	if err != nil {
		return err
	}
	defer server.Stop()
	conn, err := pgx.Connect(ctx, server.URL())
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, synthetic.Schema(len(b.tables)))
	if closed := conn.Close(ctx); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	config := filepath.Join(dir, "kanel.config.cjs")
	if err := os.WriteFile(config, []byte(kanelConfig), 0o644); err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(b.root, "test/bench/node_modules/.bin/kanel"))
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "DATABASE="+server.URL())
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("kanel: %w\n%s", err, out)
	}
	return nil
}
