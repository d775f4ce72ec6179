package sqlc

// Write puts what a run would give sqlc into a folder and runs nothing: the canonical schema, the queries and a config,
// sqlc.yaml. Benchmarks have sqlc alone work on it.
func Write(dir string, in Input) error {
	files, errs := queryFiles(in)
	if err := errs.Err(); err != nil {
		return err
	}
	r := &runner{in: in, dir: dir, files: files, declared: declare(in)}
	return r.write()
}
