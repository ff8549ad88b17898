# The whole of Breakwater in a few words:
#   make run     the main job on real input, then a server with pages (ARGS="--advisories DIR --sbom FILE")
#   make test    every test, on SQLite and on a throwaway PostgreSQL
#   make check   format, layers, documentation, tests and the API's document: what must hold before a change lands
#   make bench   figures against peers, as ratios
# Each installs the Debian packages it needs where they are missing.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

# Layers are build targets: an import the manifest does not declare fails the build.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
RELEASE := --scratch-path .build-release -c release
SANITIZED := --scratch-path .build-asan --sanitize=address

.PHONY: help run build test check test-asan fuzz bench faults packages clean

help:
	@sed -n '1,6p' Makefile

packages:
	@scripts/install-packages $(PACKAGES)

build: PACKAGES := build
build: packages
	@scripts/progress "building (release; the first time takes several minutes)" \
		swift build $(RELEASE) $(SWIFT_FLAGS) --product breakwater

run: PACKAGES := build run
run: packages
	@$(MAKE) --no-print-directory build PACKAGES="build"
	@.build-release/release/breakwater demo $(ARGS)

test: PACKAGES := build run test
test: packages
	@scripts/install-scanners
	@scripts/test

test-asan: PACKAGES := build run test
test-asan: packages
	@scripts/install-scanners
	@scripts/test $(SANITIZED)

check: PACKAGES := build run test check
check: packages
	@scripts/check-format
	@scripts/check-layers
	@scripts/check-docs
	@scripts/install-scanners
	@scripts/test
	@scripts/check-fuzz
	@scripts/check-docc
	@scripts/check-api
	@scripts/check-osv-clients

fuzz: PACKAGES := build
fuzz: packages
	@Fuzz/run-fuzz $(or $(SECONDS_PER_TARGET),300)

bench: PACKAGES := build run bench
bench: packages
	@$(MAKE) --no-print-directory build PACKAGES="build"
	@Benchmarks/run
	@scripts/progress "building the benchmark of matching" swift build $(RELEASE) $(SWIFT_FLAGS) --product MatchingBenchmark
	@Benchmarks/matching --plot docs/matching-cost.svg
	@scripts/progress "building the benchmark of deposits" swift build $(RELEASE) $(SWIFT_FLAGS) --product DepositsBenchmark
	@Benchmarks/deposits --plot docs/deposits-cost.svg
	@scripts/progress "building the benchmark of correlation" swift build $(RELEASE) $(SWIFT_FLAGS) --product CorrelationBenchmark
	@Benchmarks/crashes
	@Benchmarks/correlation
	@scripts/progress "building the benchmark of leases" swift build $(RELEASE) $(SWIFT_FLAGS) --product LeaseBenchmark
	@Benchmarks/leases
	@scripts/progress "building the benchmark of questions" swift build $(RELEASE) $(SWIFT_FLAGS) --product QuestionBenchmark
	@Benchmarks/question

faults: PACKAGES := build
faults: packages
	@$(MAKE) --no-print-directory build PACKAGES="build"
	@scripts/faults $(or $(KILLS),200)

clean:
	rm -rf .build .build-release .build-asan .build-fuzz
