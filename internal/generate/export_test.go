package generate

import "context"

// RunAnalysed has sqlc analyse all queries.
func RunAnalysed(ctx context.Context, o Options) (*Result, error) {
	o.analysed = true
	return Run(ctx, o)
}

// ReadQueries tells that the queries of every entry were read.
func (r *Result) ReadQueries() bool {
	sqlcs, queries := 0, 0
	for _, s := range r.Stages {
		switch s.Name {
		case "sqlc":
			sqlcs++
		case "queries":
			queries++
		}
	}
	return queries > 0 && sqlcs == queries
}
