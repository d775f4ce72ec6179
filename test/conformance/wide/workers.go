package wide

import _ "embed"

// The clients' programs. Each reads questions, one JSON object a line, and writes a reply to each.
var (
	//go:embed worker/main.go.txt
	workerGo string
	//go:embed worker/worker.mjs
	workerTS string
	//go:embed worker/worker.py
	workerPython string
)
