package sqlc

// Write puts what a run would give sqlc into a folder and runs nothing: the canonical schema, the queries and a config,
// sqlc.yaml. Benchmarks have sqlc alone work on it.
func Write(dir string, in Input) error {
	read := ReadQueries(in)
	if err := read.errs.Err(); err != nil {
		return err
	}
	files := read.files
	if len(in.SQL.Queries) == 0 {
		files = []queryFile{placeholder}
	}
	r := &runner{in: in, dir: dir, files: files, declared: declare(in)}
	return r.write()
}
