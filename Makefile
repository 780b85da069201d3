# make demo   set up, load the demo company into its own home, serve it on this machine
# make test   set up with the test tools, then run every test
# make ready  set up only
# make prove GOAL=T5 or T8   the long form of a goal: a thousand kills, twenty thousand damaged files
# Two stamps make the second run start in seconds: .venv/.ready and node_modules/.ready.

PYTHON ?= python3
PIP = .venv/bin/python -m pip --disable-pip-version-check --quiet
CATALOGUE = src/bekwaam/locale/nl/LC_MESSAGES/django
TESTS ?= tests

.PHONY: demo test ready clean browser prove

demo: ready
	.venv/bin/bekwaam demo

ready: .venv/.ready node_modules/.ready $(CATALOGUE).mo

test: .venv/.ready-for-tests node_modules/.ready $(CATALOGUE).mo browser
	.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(TESTS)

PROVE_T5 = BEKWAAM_KILLS=6 .venv/bin/python -m pytest -n 0 tests/facts/test_facts_kill.py tests/journeys/test_home_kills.py
PROVE_T8 = BEKWAAM_FUZZ=50 .venv/bin/python -m pytest -n 2 --dist load tests/intake/test_reading_fuzz.py

prove: .venv/.ready-for-tests
	$(or $(PROVE_$(GOAL)),$(error make prove GOAL=T5 or GOAL=T8))

.venv/.ready: requirements/runtime.txt pyproject.toml
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements/runtime.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/.ready-for-tests: .venv/.ready requirements/test.txt
	$(PIP) install --require-hashes -r requirements/test.txt
	touch $@

node_modules/.ready: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

$(CATALOGUE).mo: $(CATALOGUE).po .venv/.ready
	.venv/bin/python scripts/words.py compile

# The browser tests drive Debian's Chromium. Root installs it where it is missing; anyone else is told how.
browser:
	@command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	  else \
	    echo "Chromium is missing, so the browser tests will be skipped. Install it with: sudo apt-get install chromium"; \
	  fi; }

clean:
	rm -rf .venv node_modules build $(CATALOGUE).mo
