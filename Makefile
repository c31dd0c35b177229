# The commands of Videohjelp. `make help` lists them.
SHELL := /bin/sh
PYTHON3 ?= python3
VENV_PYTHON := .venv/bin/python
RASA := SQLALCHEMY_SILENCE_UBER_WARNING=1 RASA_TELEMETRY_ENABLED=false PYTHONWARNINGS=ignore .venv/bin/rasa

.DEFAULT_GOAL := help
.PHONY: help setup tensorflow run chat test stories stories-coverage train lint directory model-status rollback bench nlu-report nlu-benchmark sms-crash accessibility-report screenreader widget-report actions chaos clean fuzz fuzz-api audit sbom soak scale-simulation

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Set up the environment only (every other command does it by itself)
	@$(PYTHON3) tools/bootstrap.py

run: setup ## Serve the chat page, the API and the actions; prints the address
	@exec $(VENV_PYTHON) -m videohjelp serve

chat: setup ## Talk with the assistant in the terminal
	@exec $(VENV_PYTHON) -m videohjelp chat

test: ## Run all tests: lint, types, unit, conversations, page
	@$(PYTHON3) tools/bootstrap.py --browser
	@$(VENV_PYTHON) tools/run_tests.py $(ARGS)

stories: setup ## Run the story tests (tests/e2e); ARGS="--filter sms" runs some of them
	@$(VENV_PYTHON) -m videohjelp stories run --html var/stories/report.html --junit var/stories/junit.xml $(ARGS)

stories-coverage: setup ## Run all story tests; list what none of them comes by
	@$(VENV_PYTHON) -m videohjelp stories coverage $(ARGS)

train: setup ## Train the model, if what it is made of has changed
	@$(VENV_PYTHON) -m videohjelp train

lint: setup ## Check style, types and everything in data/
	@$(VENV_PYTHON) tools/run_tests.py --lint-only

directory: setup ## Check the directory of phone numbers
	@$(VENV_PYTHON) -m videohjelp directory check

model-status: setup ## Show which model is in force, and what the servers have loaded
	@$(VENV_PYTHON) -m videohjelp model status

rollback: setup ## Put the model before in force again, at once; ARGS='--why "…"'
	@$(VENV_PYTHON) -m videohjelp model rollback $(ARGS)

tensorflow: ## Set up a second environment with TensorFlow, for Rasa's default pipeline (3 GB)
	@$(PYTHON3) tools/bootstrap.py --tensorflow

nlu-report: setup ## Measure the understanding; writes var/nlu-report/report.html
	@$(VENV_PYTHON) -m videohjelp nlu report $(ARGS)

nlu-benchmark: setup $(if $(wildcard $(DATA)),tensorflow) ## Compare on public data: DATA=<folder>
	@$(VENV_PYTHON) -m videohjelp nlu benchmark "$(DATA)"

accessibility-report: setup ## Try the chat against WCAG 2.2; writes docs/tilgjengelighet.md
	@$(PYTHON3) tools/bootstrap.py --browser
	@$(VENV_PYTHON) -m tests.accessibility.report

screenreader: setup ## Hear what the screen reader Orca says in the chat
	@$(PYTHON3) tools/bootstrap.py --browser
	@$(VENV_PYTHON) -m pytest -q -rs tests/screenreader $(ARGS)

bench: setup tensorflow ## What a message costs, beside stock Rasa and an empty server; writes var/bench/report.md
	@$(VENV_PYTHON) -m tests.bench $(ARGS)

soak: setup ## Mixed load for half an hour, and whether anything grows; ARGS="--postgres --minutes 10"
	@$(VENV_PYTHON) -W ignore -m tests.soak $(ARGS)

scale-simulation: setup ## What many more patients need; writes the tables of docs/scale.md
	@$(VENV_PYTHON) -m tools.scale_simulation $(ARGS)

sms-crash: setup ## Kill the server 50 times while it answers text messages (some 25 minutes)
	@$(VENV_PYTHON) -m tests.channels.sms.crash --times 50

chaos: setup ## Break what servers stand on while patients talk; ARGS="--patients 64 --only killed"; writes var/chaos/report.md
	@$(VENV_PYTHON) -W ignore -m tests.chaos $(ARGS)

fuzz: setup ## Hostile messages through every state of the dialogue; ARGS="--messages 100000 --seed 1 --jobs 2"
	@$(VENV_PYTHON) -W ignore -m tests.fuzz $(ARGS)

fuzz-api: setup ## Hold a running server against openapi.yml (schemathesis)
	@$(VENV_PYTHON) -W ignore -m tests.fuzz.api $(ARGS)

widget-report: setup ## Sizes and Lighthouse scores of the web chat; writes var/widget-report/ (needs Node)
	@npm --prefix widget ci --no-audit --no-fund && npm --prefix widget run --silent sizes
	@npm --prefix widget/report ci --no-audit --no-fund && node widget/report/report.mjs

actions: setup ## Run Rasa's separate action server (only with VIDEOHJELP_ACTIONS=remote)
	@SANIC_HOST=$${SANIC_HOST:-127.0.0.1} $(RASA) run actions

audit: setup ## Known advisories about every locked package (asks the network)
	@$(VENV_PYTHON) -m tools.supply_chain.audit $(ARGS)

sbom: setup ## Bill of materials, CycloneDX; writes var/sbom/ (needs Node)
	@$(VENV_PYTHON) -m tools.supply_chain.sbom

clean: ## Remove the environment, the models and the caches (not the conversations)
	@rm -rf .venv .venv-tensorflow .tools .rasa models/*.tar.gz models/*.verdict.json models/in-force.json var/cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
