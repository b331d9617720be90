# Each target is one line that calls Python; what it does is said in the script it calls.
PYTHON ?= python3
VENV = var/venv/bin/python
export PORT DEMO STRICT SITE LODESTAR_VAR

.PHONY: help run test walks long lint dev serve smoke bench soak faults machines
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

run: ## set everything up and start the demonstration (PORT=9000, DEMO=0)
	@$(PYTHON) scripts/bootstrap.py run && exec $(VENV) scripts/serve.py demo

test: ## all tests, on SQLite and PostgreSQL, with a real browser (STRICT=1, ARGS="-k journal")
	@$(PYTHON) scripts/bootstrap.py dev && $(VENV) scripts/test.py $(ARGS)

walks: ## every page in a browser, every address and parameter with what nobody means (STRICT=1)
	@$(PYTHON) scripts/bootstrap.py dev && $(VENV) scripts/test.py --walks $(ARGS)

long: ## what takes minutes a story, and every story again on PostgreSQL, by hand; written to bench/long.json
	@$(PYTHON) scripts/bootstrap.py dev && $(VENV) scripts/test.py --long $(ARGS)

lint: ## format, rules, templates, types, migrations, production checks
	@$(PYTHON) scripts/bootstrap.py dev && $(VENV) scripts/lint.py

dev: ## as run, reloading on change, with debug pages
	@$(PYTHON) scripts/bootstrap.py dev && exec $(VENV) scripts/serve.py dev

serve: ## the same supervisor with production settings (docs/operations.md)
	@$(PYTHON) scripts/bootstrap.py run && exec $(VENV) scripts/serve.py production

smoke: ## a few requests and one write against a running site (SITE=http://localhost:8000)
	@$(PYTHON) scripts/smoke.py

bench: ## the benchmark: one table of ratios, written to bench/results.json; needs wrk
	@$(PYTHON) scripts/bootstrap.py dev && $(VENV) -m bench.run $(ARGS)

faults: ## twelve kinds of bad days against a real site, written to bench/faults.json (ARGS="--kind all-kill")
	@$(PYTHON) scripts/bootstrap.py dev && $(VENV) -m faults $(ARGS)

machines: ## a site on nine machines in networks of their own on this host, each away in turn, written to bench/machines.json; needs root
	@$(PYTHON) scripts/bootstrap.py dev && $(VENV) -m faults.machines $(ARGS)

soak: ## half an hour with 50 members at 20 requests a second (ARGS="--minutes 3")
	@$(PYTHON) scripts/bootstrap.py dev && $(VENV) -m bench.soak $(ARGS)
