# One SQL schema, three typed clients. `make generate` and `make test` are all that a fresh clone needs: Go, a C compiler,
# Node 20 and Python 3.11 must be there, everything else is installed below the repository.

SHELL := /bin/bash
.DEFAULT_GOAL := build

TREFOIL := bin/trefoil
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null)
NODE    := test/ts/node_modules/.package-lock.json
VENV    := test/python/.venv
# The tools that the clients' benchmarks compare with.
PEERS   := test/bench/node_modules/.package-lock.json test/bench/.venv/.done
PYTHON  ?= python3

.PHONY: build generate check deps test conformance golden fuzz bench clean

# The parser is C: its first build takes some minutes, later ones are cached by Go.
build:
	go build -ldflags "-X main.version=$(VERSION)" -o $(TREFOIL) ./cmd/trefoil

# Writes the reference service's clients under gen/ from schema/, queries/ and sqlc.yaml. It needs no database.
generate: build
	$(TREFOIL) generate

# Fails, and names the files, when gen/ is not what generate would write.
check: build
	$(TREFOIL) check

# What the tests need: npm's packages (with the PostgreSQL binaries) and a virtual environment, from the lock files.
deps: $(NODE) $(VENV)/.done

$(NODE): test/ts/package.json test/ts/package-lock.json
	cd test/ts && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(VENV)/.done: test/python/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r test/python/requirements.txt
	@touch $@

# Runs every suite, also after one has failed, and ends with a line for each.
test: build deps
	test/run.sh

# Puts probes of every type and rule to PostgreSQL and to the clients in Go, Zod and Pydantic, and writes a report of what
# each accepts: make conformance PROBES=100000 SEED=2. A part of it is among the tests.
PROBES ?= 20000
SEED   ?= 1
REPORT := build/conformance.md
conformance: deps
	TREFOIL_CONFORMANCE_PROBES=$(PROBES) TREFOIL_CONFORMANCE_SEED=$(SEED) TREFOIL_CONFORMANCE_REPORT=$(CURDIR)/$(REPORT) \
		go test -count=1 -v -timeout 60m ./test/conformance/wide; result=$$?; echo "the report is $(REPORT)"; exit $$result

# Writes what comes now into the golden cases, after a change that is meant to change them.
golden: deps
	go test ./test/golden -update

# Each fuzz target for a while: make fuzz FUZZTIME=10m. Hostile names go through the whole pipeline and the compilers.
FUZZTIME ?= 10s
HOSTILE  ?= 20
fuzz: deps
	go test ./test/golden -run TestHostileTextCompiles -hostile $(HOSTILE)
	@for pkg in $$(go list ./internal/... ./cmd/...); do \
		for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "$$pkg $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
		done; \
	done

# Measures the generator and the clients, prints the tables and writes them into docs/benchmarks.md. With ONLY=generator or
# ONLY=clients it leaves the other's table as it is.
ONLY ?=
bench: build deps $(PEERS)
	go run ./test/bench -trefoil $(TREFOIL) -only "$(ONLY)"

test/bench/node_modules/.package-lock.json: test/bench/package.json test/bench/package-lock.json
	cd test/bench && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

test/bench/.venv/.done: test/bench/requirements.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

clean:
	rm -rf bin build test/ts/node_modules test/bench/node_modules test/bench/.venv $(VENV)
