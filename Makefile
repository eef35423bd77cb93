# Every command makes the machine ready first; what is ready is not made again.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
INRO := .venv/bin/inro

.PHONY: help demo serve test check bench clean ready-run ready-test

help:  ## say what can be made
	@awk -F ':.*  ## ' '/^[a-z]+:.*  ## / {printf "  make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

ready-run:
	@tools/set-up run

ready-test:
	@tools/set-up test

demo: ready-run  ## carry fictional applicants from the form to the revoked certificate (var/demo)
	@$(INRO) demo $(if $(DATE),--date $(DATE))

serve: ready-run  ## show what the demonstration made, and the wizard, at a loopback address
	@$(INRO) serve $(if $(PORT),--port $(PORT))

test: ready-test  ## run every test: SQLite, PostgreSQL, tokens, cards, directory, browser
	@tools/test

check: ready-test  ## check style, types, walls, sizes, migrations, translations, clauses, safety
	@tools/check

bench: ready-run  ## measure against peers and limits, as JSON lines and a table
	@tools/set-up bench
	@$(PYTHON) -m benchmarks

clean:  ## remove what was made: .venv, var, caches
	rm -rf .venv .venv-bench var build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/*.egg-info
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
