# Two Shields. `make` alone lists what there is.

PYTHON ?= python3
PORT ?= 8501
# The folder of the articles' files; where it is not at hand, the tables are checked without it.
ARTICLES ?= ../shared/articles
ONLY ?=
WRITE ?=
TIMES ?= 20
DAY ?=
FILE ?=
PUBLISHED ?=
BUILDAH ?=
LIVE ?=

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/runtime-installed
BUNDLES := build/compressed
DEV := $(VENV)/dev-installed
# Every file that is installed is one whose digest stands in the lock.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
# A worker that is done takes tests over from one that is not, so that none carries a slow file alone at the end.
AT_ONCE := --quiet --numprocesses auto --dist worksteal
# Modules stay compiled, whatever the shell says: the next start is half a second shorter, and that of the tests five.
unexport PYTHONDONTWRITEBYTECODE
# For every Python from 3.11 on, on every system, from PyPI alone: nothing of this machine's settings gets in.
LOCK := $(BIN)/uv pip compile --quiet --no-config --default-index https://pypi.org/simple --generate-hashes \
    --universal --python-version 3.11 --fork-strategy fewest --custom-compile-command "make lock" $(UPGRADE)
UPGRADE ?=
# What the image stands on: any image of Debian 12. Where no registry can be reached, deploy/README.md says how to make one.
BASE ?= docker.io/library/debian:bookworm-slim

.DEFAULT_GOAL := help
.PHONY: help run check test fuzz guards bundles check-data articles-only release import-aid static lint format datapackage golden readme screenshots bench audit lock licences sbom image chromium nginx wrk clean
.DELETE_ON_ERROR:

help: ## list these targets
	@echo "Two Shields. What make can do:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: $(RUNTIME) $(BUNDLES) ## start the dashboard on PORT (8501), installing what it needs the first time
	@$(BIN)/python -c 'import socket, sys; \
	    s = socket.socket(); \
	    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); \
	    s.bind(("", int(sys.argv[1])))' "$(PORT)" 2>/dev/null \
	    || { echo "Port $(PORT) is taken or not allowed. Choose another one: make run PORT=8502"; exit 1; }
	@echo "Two Shields is starting. Open http://localhost:$(PORT) in a browser; Ctrl-C ends it."
	@exec env TWO_SHIELDS_CARDS="$${TWO_SHIELDS_CARDS-build/pictures}" \
	    $(BIN)/python -m streamlit run server.py --server.headless=true --server.port="$(PORT)" \
	    --logger.hideWelcomeMessage=true

check: lint check-data ## check style, layers, tables, and run the tests that start no server, browser or other process
	@echo "Running the quick tests"
	@$(BIN)/python -m pytest $(AT_ONCE) -m "not browser and not process"

test: $(DEV) $(BUNDLES) chromium nginx lint check-data ## check everything: style, layers, tables, and all tests, those in a browser too
	@echo "Running all tests"
	@$(BIN)/python -m pytest $(AT_ONCE) --numprocesses $$(($$(getconf _NPROCESSORS_ONLN) * 2))  # browsers are waited for

fuzz: $(DEV) ## try many more links that nobody would write than `make test` does, other ones each time (TIMES=20)
	@echo "Trying $(TIMES) times as many links as in the tests"
	@FUZZ=$(TIMES) $(BIN)/python -m pytest tests/test_fuzz_links.py tests/test_views.py tests/test_selection.py

guards: $(DEV) $(BUNDLES) chromium nginx ## put in, one by one, the faults that tests guard against, and see each turn red (ONLY=card)
	@echo "Putting in the faults of tests/guards; this takes long"
	@$(BIN)/python tools/guards.py --only "$(ONLY)"

bundles: $(BUNDLES) ## compress Streamlit's static files ahead of time, once per version: what make run serves

check-data: $(RUNTIME) ## check the tables in data/ against their schema, and against the articles where they are at hand
	@echo "Checking the tables in data/"
	@$(BIN)/python -m two_shields.contract.validation --data data --articles "$(ARTICLES)"

articles-only: $(RUNTIME) ## list each sentence and mark that the articles alone make, with its paragraphs, to be read once
	@$(BIN)/python tools/articles_only.py

release: $(RUNTIME) ## publish the data as a version: what changed, with reasons, its archive, its entry in CHANGELOG.md (DAY=2026-11-30)
	@echo "Comparing data/ with the last version"
	@$(BIN)/python tools/release.py --articles "$(ARTICLES)" $(if $(DAY),--day "$(DAY)")

import-aid: $(RUNTIME) ## take up a release of the Ukraine Support Tracker (FILE=…_Release_31.xlsx PUBLISHED=2026-10-05)
	@[ -n "$(FILE)" ] || { echo "Name the workbook: make import-aid FILE=…_Release_31.xlsx PUBLISHED=2026-10-05"; exit 1; }
	@$(BIN)/python -m tools.import_aid "$(FILE)" --published "$(PUBLISHED)"

static: $(RUNTIME) ## write the site as plain files into build/site: no server, no script (LIVE=https://…: links to the live pages)
	@$(BIN)/python -m two_shields.web.static_site --links tests/golden/links.txt --live "$(LIVE)"

lint: $(DEV) ## check style and layers
	@echo "Checking style"
	@$(BIN)/ruff check --quiet --output-format=concise .
	@echo "Checking that data flows one way"
	@$(BIN)/lint-imports --no-logo

format: $(DEV) ## bring the code into shape: line breaks, order of imports
	@$(BIN)/ruff check --quiet --fix --exit-zero .
	@$(BIN)/ruff format .

datapackage: $(RUNTIME) ## write data/datapackage.json and data/README.md anew from the schema
	@echo "Writing data/datapackage.json and data/README.md"
	@$(BIN)/python -m tools.datapackage

golden: $(DEV) ## accept the figures as they are now: writes tests/golden/figures anew
	@echo "Writing tests/golden/figures"
	@$(BIN)/python -m tests.golden_figures

readme: $(DEV) ## write the README's table of pages anew
	@$(BIN)/python -m tools.pages_table

screenshots: $(DEV) chromium ## take pictures of every view into build/screenshots, the README's into docs/ (ONLY=aid)
	@echo "Taking pictures"
	@$(BIN)/python tools/screenshots.py --only "$(ONLY)"

bench: $(DEV) $(BUNDLES) chromium nginx wrk ## measure speed, memory and many readers (ONLY=load: one part; WRITE=1: into bench/RESULTS.md)
	@echo "Measuring; leave the machine alone meanwhile"
	@$(BIN)/python -m bench $(ONLY) $(if $(WRITE),--write)

audit: $(DEV) ## look for known vulnerabilities in what the locks name
	@echo "Looking for known vulnerabilities"
	@$(BIN)/pip-audit --requirement requirements-dev.txt --require-hashes --disable-pip --progress-spinner off

lock: | $(BIN)/uv ## write the locks anew from requirements.in and requirements-dev.in (UPGRADE=--upgrade: newer ones)
	@echo "Writing requirements.txt and requirements-dev.txt"
	@$(LOCK) requirements.in --output-file requirements.txt
	@$(LOCK) requirements-dev.in --constraints requirements.txt --output-file requirements-dev.txt
	@$(MAKE) --no-print-directory licences sbom

licences: $(DEV) ## write docs/licences.csv, from what is installed
	@echo "Writing docs/licences.csv"
	@$(BIN)/pip-licenses --from mixed --format csv --with-urls --output-file docs/licences.csv \
	    --packages $$(sed -n 's/^\([A-Za-z0-9._-]*\)==.*/\1/p' requirements.txt)

sbom: $(DEV) ## write sbom.cdx.json, the bill of materials, from requirements.txt
	@echo "Writing sbom.cdx.json"
	@PYTHONWARNINGS=ignore $(BIN)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible --short-PURLs \
	    --output-file sbom.cdx.json

image: ## build the image two-shields with buildah, without a daemon (BASE=…: on another Debian 12)
	@command -v buildah >/dev/null || { echo "There is no buildah. On Debian or Ubuntu: sudo apt-get install buildah"; exit 1; }
	@echo "Building the image two-shields"
	@buildah bud --isolation chroot --build-arg BASE="$(BASE)" $(BUILDAH) --file deploy/Dockerfile --tag two-shields .
	@buildah images two-shields

clean: ## remove what make has made: the environment, the compressed files and the caches
	@echo "Removing $(VENV), build and the caches"
	@rm -rf $(VENV) build .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment. The two marks tell when it was last brought up to date.

$(RUNTIME): requirements.txt | $(BIN)/pip
	@echo "Installing what the dashboard needs (requirements.txt)"
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt requirements.txt | $(BIN)/pip
	@echo "Installing what the checks and tests need (requirements-dev.txt)"
	@$(PIP) -r requirements-dev.txt
	@touch $(RUNTIME) $@

$(BIN)/uv: | $(DEV)

$(BUNDLES): requirements.txt two_shields/web/preload_hints.py | $(RUNTIME)
	@mkdir -p $(@D)
	@$(BIN)/python -m two_shields.web
	@touch $@

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or newer is needed. Name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	        echo "Installing the Debian package python3-venv"; \
	        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; \
	    else \
	        echo "This Python cannot make environments. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; \
	    fi; }
	@echo "Making a Python environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

# A browser for the tests: the one that is there, Debian's, or Playwright's own.

chromium: $(DEV)
	@if command -v chromium >/dev/null || [ -x /usr/bin/chromium ] || $(BIN)/python -c 'import os, sys; \
	    from playwright.sync_api import sync_playwright; \
	    playwright = sync_playwright().start(); \
	    there = os.path.exists(playwright.chromium.executable_path); \
	    playwright.stop(); \
	    sys.exit(not there)'; then exit 0; fi; \
	as_root=""; [ "$$(id -u)" = 0 ] || as_root=sudo; \
	if grep -qx 'ID=debian' /etc/os-release 2>/dev/null && { [ -z "$$as_root" ] || command -v sudo >/dev/null; }; then \
	    echo "Installing Chromium (Debian package chromium)"; \
	    $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; \
	else \
	    echo "Installing Chromium (Playwright's own)"; \
	    $(BIN)/python -m playwright install chromium; \
	fi

# nginx for the test of two replicas: the one that is there, or Debian's package, unpacked and not installed: installed,
# it would start, and take port 80.

nginx: | $(BIN)/pip
	@if command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || [ -x $(VENV)/nginx/usr/sbin/nginx ]; then exit 0; fi; \
	if ! grep -qx 'ID=debian' /etc/os-release 2>/dev/null; then \
	    echo "There is no nginx: the test of two replicas will be skipped. Install the package nginx to run it."; exit 0; \
	fi; \
	echo "Fetching nginx (Debian package nginx)"; \
	rm -rf $(VENV)/nginx && mkdir -p $(VENV)/nginx && cd $(VENV)/nginx; \
	apt-get download -qq nginx 2>/dev/null || { \
	    as_root=""; [ "$$(id -u)" = 0 ] || as_root=sudo; \
	    $$as_root apt-get update -qq && apt-get download -qq nginx; }; \
	dpkg-deb --extract nginx_*.deb . && ./usr/sbin/nginx -v

# What asks as fast as answers come, for the bench of a link that spreads.

wrk:
	@if command -v wrk >/dev/null; then exit 0; fi; \
	command -v apt-get >/dev/null || { echo "There is no wrk: install it to measure a link that spreads."; exit 0; }; \
	echo "Installing wrk (Debian package wrk)"; \
	as_root=""; [ "$$(id -u)" = 0 ] || as_root=sudo; \
	$$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq wrk
