# make demo   install, plan the demonstration centre, serve its dashboards on 127.0.0.1
# make messages   bring the texts for translators up to date
# make test   install, lint, type-check, check the import contracts, run every test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo
PORT ?= 8501
SCALE ?= 1.0

.PHONY: demo plan-demo scenario serve test lint lock messages clean

demo: plan-demo serve

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/installed-test: requirements-test.lock $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

plan-demo: $(VENV)/installed
	$(BIN)/planner demo $(DEMO) --scale $(SCALE)

# make scenario NAME=s7-outage   a scenario on the demonstration centre
scenario: plan-demo
	$(BIN)/planner scenario $(DEMO)/store $(NAME)

serve: $(VENV)/installed
	$(BIN)/planner dashboard --store $(DEMO)/store $(DEMO)/kitchener --port $(PORT)

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Kernels are compiled beside the checks, so that the tests need not wait for them.
kernels-%: $(VENV)/installed-test
	$(BIN)/python -m planner.pipeline.kernels $*

test: $(VENV)/installed-test
	$(MAKE) -j 2 kernels-scheduling kernels-staffing lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup

messages: $(VENV)/installed
	$(BIN)/python -m planner.language.extract

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --extra report pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --extra report --extra test pyproject.toml -c requirements.lock -o requirements-test.lock

clean:
	find . -name "*.nb[ic]" -not -path "./$(VENV)/*" -delete
	rm -rf $(VENV) $(DEMO)
