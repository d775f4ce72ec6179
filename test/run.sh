#!/usr/bin/env bash
# Runs every suite against one PostgreSQL server and ends with a line for each: its result and how long it took.
# With names as arguments it runs only those suites: test/run.sh go vitest
set -u
cd "$(dirname "$0")/.."

# One server for all suites, unless one is given. It ends with this script.
if [ -z "${TREFOIL_TEST_DATABASE_URL:-}" ] && [ -z "${TREFOIL_RUN_INNER:-}" ]; then
	go build -o bin/pgrun ./internal/pgtest/cmd/pgrun || exit 1
	TREFOIL_RUN_INNER=1 exec bin/pgrun -- "$0" "$@"
fi

names=() results=() times=()
passed=0 failed=0

suite() {
	local name=$1
	shift
	if [ ${#only[@]} -gt 0 ] && [[ ! " ${only[*]} " == *" $name "* ]]; then
		return
	fi
	printf '\n== %s: %s\n' "$name" "$*"
	local start=$SECONDS result=passed
	"$@" || result=FAILED
	if [ $result = passed ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
	names+=("$name") results+=("$result") times+=($((SECONDS - start)))
}

formatted() {
	local bad
	bad=$(gofmt -l cmd internal test gen templates)
	[ -z "$bad" ] || { printf 'not formatted by gofmt:\n%s\n' "$bad"; return 1; }
}

only=("$@")
suite gofmt formatted
suite vet go vet ./...
suite go go test ./...
suite check bin/trefoil check
suite tsc test/ts/node_modules/.bin/tsc --noEmit -p test/ts
suite vitest npm --prefix test/ts run --silent test
suite mypy env -C test/python .venv/bin/mypy
suite pytest env -C test/python .venv/bin/pytest -q

printf '\n'
for i in "${!names[@]}"; do
	printf '%-8s %-6s %4d s\n' "${names[$i]}" "${results[$i]}" "${times[$i]}"
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
