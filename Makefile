# attn: a Jupyter kernel in which one types a sentence and sees attention.
# `make help` lists what can be made. Nothing here needs a library to be installed
# until something is compiled.

PREFIX  ?= /usr/local
DESTDIR ?=
B       ?= build
V       ?= 0
Q       := $(if $(filter 1,$V),,@)

# ---- flags -----------------------------------------------------------------------
CFLAGS ?= -O2 -g
WARN   := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
# Each room names the libraries it may use; the rest of the tree builds without them.
PKGS_render := cairo pangocairo libpng
PKGS_kernel := libzmq libsodium jansson
PKGS_all    := $(PKGS_render) $(PKGS_kernel)
pkg_cflags   = $(shell pkg-config --cflags $(1) 2>/dev/null)
pkg_libs     = $(shell pkg-config --libs $(1) 2>/dev/null)

BASE_CFLAGS := -std=c17 -D_POSIX_C_SOURCE=200809L -I. -I$B/gen $(WARN)
# SANITIZE=address,undefined and WERROR=1 are for a build of their own: make B=build-asan …
SANITIZE ?=
WERROR   ?=
EXTRA_CFLAGS := $(if $(WERROR),-Werror) $(if $(SANITIZE),-fsanitize=$(SANITIZE) \
	-fno-sanitize-recover=all -fno-omit-frame-pointer)
ALL_CFLAGS   = $(BASE_CFLAGS) $(CFLAGS) $(EXTRA_CFLAGS)
CFLAGS_render := $(call pkg_cflags,$(PKGS_render))
CFLAGS_kernel := $(call pkg_cflags,$(PKGS_kernel))
LIBS_render   := $(call pkg_libs,$(PKGS_render))
LIBS_kernel   := $(call pkg_libs,$(PKGS_kernel))

# ---- the rooms, from left to right: a room links those after it --------------------
ROOMS       := lang learn analyse model render tensor base
rooms_lang    := lang learn analyse model render tensor base
rooms_learn   := learn base
rooms_analyse := analyse tensor base
rooms_model   := model tensor base
rooms_render  := render base
rooms_tensor  := tensor base
rooms_base    := base

sources = $(wildcard attn/$(1)/*.c)
objects = $(patsubst %.c,$B/o/%.o,$(call sources,$(1))) $(patsubst %.c,%.o,$(GEN_$(1)))
archives = $(foreach r,$(1),$B/lib$(r).a)

.PHONY: all
all: $B/attn $B/attn-kernel

# ---- generated sources -------------------------------------------------------------
WEB_JS  := $(patsubst %,attn/render/web/%.js,tools palette weights geometry picture paint \
	words ties reader page)
WEB_CSS := attn/render/web/attn.css
GEN_render := $B/gen/web_assets.c

$B/gen/web_assets.c: attn/render/web/embed.sh $(WEB_JS) $(WEB_CSS)
	$(Q)mkdir -p $(@D) && sh attn/render/web/embed.sh "$(WEB_JS)" $(WEB_CSS) > $@.new && mv $@.new $@

# What a teacher may change, as text; built in as it stands.
GEN_learn := $B/gen/quiz_text.c $B/gen/topics_text.c
$B/gen/quiz_text.c: attn/learn/embed.sh attn/learn/quiz.txt
	$(Q)mkdir -p $(@D) && sh attn/learn/embed.sh bank_text attn/learn/quiz.txt bank.h > $@.new && mv $@.new $@
$B/gen/topics_text.c: attn/learn/embed.sh attn/learn/topics.txt
	$(Q)mkdir -p $(@D) && sh attn/learn/embed.sh topics_text attn/learn/topics.txt topics.h > $@.new && mv $@.new $@

# What a real model looked at, as files; built in as they stand.
MINILM := $(sort $(wildcard attn/model/minilm/*.safetensors))
$B/gen/minilm_runs.c: attn/model/minilm/embed.sh $(MINILM)
	$(Q)mkdir -p $(@D) && sh attn/model/minilm/embed.sh $(MINILM) > $@.new && mv $@.new $@

# The teaching models' weights, compiled from their rules by our own rule compiler. What
# it needs of the model room does not need the weights.
MODELS    := lesson decoder lesson144 english translate
GEN_model := $(MODELS:%=$B/gen/%_weights.c) $B/gen/minilm_runs.c
RULES     := rules rules_head rules_like rules_ramp rules_text rules_words rules_build place \
	stream glass_dims decoder_dims lesson144_dims glass_words \
	english_dims french_dims
$B/compile_rules: $B/o/attn/model/gen/compile_rules.o $(RULES:%=$B/o/attn/model/%.o) $B/libbase.a
	$(Q)echo "  ld  $@"; $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ -lm
$B/gen/%_weights.c: $B/compile_rules attn/model/%.rules
	$(Q)mkdir -p $(@D) && $B/compile_rules attn/model/$*.rules > $@.new && mv $@.new $@

# ---- compiling -----------------------------------------------------------------------
# What needs a library waits for these stamps, which name the line to type.
$B/have-libs:
	$(Q)mkdir -p $(@D); pkg-config --exists $(PKGS_all) 2>/dev/null || { \
	    echo "Libraries are missing: $(PKGS_all) (pkg-config does not find them all)." >&2; \
	    echo "Type:  make setup" >&2; exit 1; }; touch $@
$B/have-cmocka:
	$(Q)mkdir -p $(@D); echo '#include <stdarg.h>\n#include <stddef.h>\n#include <setjmp.h>\n#include <cmocka.h>' \
	    | $(CC) -fsyntax-only -x c - 2>/dev/null || { \
	    echo "The unit tests need cmocka. Type:  sh kernelspec/setup.sh test" >&2; exit 1; }; touch $@
$B/o/attn/render/%.o $B/o/kernel/%.o: | $B/have-libs
$B/o/tests/%.o: | $B/have-libs $B/have-cmocka
$B/o/%.o: %.c $B/flags
	$(Q)mkdir -p $(@D)
	$(Q)echo "  cc  $<"; $(CC) $(ALL_CFLAGS) $(CFLAGS_room) -MMD -MP -c -o $@ $<
$B/gen/%.o: $B/gen/%.c $B/flags
	$(Q)echo "  cc  $<"; $(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$B/o/attn/render/%.o: CFLAGS_room = $(CFLAGS_render)
$B/o/kernel/%.o:      CFLAGS_room = $(CFLAGS_kernel)
$B/o/tests/%.o:       CFLAGS_room = $(CFLAGS_render) $(CFLAGS_kernel)

# Rebuilds everything when compiler or flags change.
$B/flags: FORCE
	$(Q)mkdir -p $(@D); command -v $(firstword $(CC)) >/dev/null || { \
	    echo "There is no C compiler ($(firstword $(CC))). Type:  make setup" >&2; exit 1; }; \
	echo '$(CC) $(ALL_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS)' > $@

define room_rule
$B/lib$(1).a: $(call objects,$(1))
	$$(Q)mkdir -p $$(@D) && rm -f $$@ && ar rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rule,$(r))))
$B/libkernel.a: $(patsubst %.c,$B/o/%.o,$(filter-out kernel/main.c,$(wildcard kernel/*.c)))
	$(Q)mkdir -p $(@D) && rm -f $@ && ar rcs $@ $^

$B/attn: $(patsubst %.c,$B/o/%.o,$(wildcard attn/cli/*.c)) $(call archives,$(ROOMS))
	$(Q)echo "  ld  $@"; $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS_render) -lm -pthread
$B/attn-kernel: $B/o/kernel/main.o $B/libkernel.a $(call archives,$(ROOMS))
	$(Q)echo "  ld  $@"; $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS_kernel) $(LIBS_render) -lm -pthread

# ---- the language in a page: WebAssembly, without the drawing libraries -----------------
# Plain C and the C library of WASI are all that these rooms need; a page has no files.
WASM_CC    ?= clang
WASM_FLAGS := --target=wasm32-wasi -std=c17 -D_POSIX_C_SOURCE=200809L -I. -O2 \
	-ffunction-sections $(WARN)
WASM_ROOMS := base tensor model analyse learn lang render page
WASM_SRC   := $(filter-out attn/render/canvas.c attn/render/pngout.c attn/base/outfile.c, \
	$(foreach r,$(WASM_ROOMS),$(call sources,$(r)))) $(foreach r,$(ROOMS),$(GEN_$(r)))

$B/have-wasm:
	$(Q)mkdir -p $(@D); echo 'int main(void) { return 0; }' | $(WASM_CC) --target=wasm32-wasi -x c - -o /dev/null 2>/dev/null || { \
	    echo "WebAssembly needs clang, lld, wasi-libc and libclang-rt-14-dev-wasm32." >&2; \
	    echo "Type:  sh kernelspec/setup.sh test" >&2; exit 1; }; touch $@
$B/wasm/%.o: %.c $B/flags | $B/have-wasm
	$(Q)mkdir -p $(@D); echo "  cc  $< (wasm)"; $(WASM_CC) $(WASM_FLAGS) -MMD -MP -c -o $@ $<
$B/wasm/$B/%.o: $B/%.c $B/flags | $B/have-wasm
	$(Q)mkdir -p $(@D); echo "  cc  $< (wasm)"; $(WASM_CC) $(WASM_FLAGS) -c -o $@ $<
$B/attn.wasm: $(WASM_SRC:%.c=$B/wasm/%.o)
	$(Q)echo "  ld  $@"; $(WASM_CC) --target=wasm32-wasi -mexec-model=reactor -O2 \
	    -Wl,--gc-sections -Wl,--strip-all -o $@ $^ -lm

.PHONY: wasm
wasm: $B/attn.wasm

# ---- unit tests: tests/unit/ROOM/NAME.c links that room and those to its right ---------
UNIT := $(patsubst tests/%.c,$B/tests/%,$(wildcard tests/unit/*/*.c))
define unit_rule
$B/tests/unit/$(1)/%: $B/o/tests/unit/$(1)/%.o $(call archives,$(rooms_$(1)))
	$$(Q)mkdir -p $$(@D); echo "  ld  $$@"; $$(CC) $$(ALL_CFLAGS) $$(LDFLAGS) -o $$@ $$^ -lcmocka $(if $(filter model lang,$(1)),-ljansson) $(if $(filter render,$(rooms_$(1))),$$(LIBS_render)) -lm -pthread
endef
$(foreach r,$(ROOMS),$(eval $(call unit_rule,$(r))))
$B/tests/unit/kernel/%: $B/o/tests/unit/kernel/%.o $B/libkernel.a $(call archives,$(ROOMS))
	$(Q)mkdir -p $(@D); echo "  ld  $@"; $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS_kernel) $(LIBS_render) -lm -pthread
.PRECIOUS: $B/o/%.o $B/gen/%.c

.PHONY: unit
unit: $(UNIT)
	$(Q)tests/run.py --build $B unit

# ---- fuzzers: tests/fuzz/NAME.c, with its seeds in tests/fuzz/corpus/NAME/ --------------
# Each is linked twice: with clang's engine, to search; with a plain main, to replay.
FUZZ_SECONDS ?= 60
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(filter-out tests/fuzz/replay_main.c,$(wildcard tests/fuzz/*.c)))
REPLAYS := $(FUZZERS:%=$B/tests/fuzz/%-replay)
FB      := $B/fuzz
ALL_ROOMS = $B/libkernel.a $(call archives,$(ROOMS))

$B/tests/fuzz/%-replay: $B/o/tests/fuzz/%.o $B/o/tests/fuzz/replay_main.o $(ALL_ROOMS)
	$(Q)mkdir -p $(@D); echo "  ld  $@"; $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS_kernel) $(LIBS_render) -lm -pthread
$B/tests/fuzz/%-search: $B/o/tests/fuzz/%.o $(ALL_ROOMS)
	$(Q)mkdir -p $(@D); echo "  ld  $@"; $(CC) $(ALL_CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS_kernel) $(LIBS_render) -lm -pthread

.PHONY: fuzz fuzz-replay
fuzz-replay: $(REPLAYS)
	$(Q)tests/run.py --build $B fuzz
fuzz:
	$(Q)command -v clang >/dev/null || { echo "Fuzzing needs clang. Type:  sh kernelspec/setup.sh test" >&2; exit 1; }
	$(Q)$(MAKE) --no-print-directory B=$(FB) CC=clang SANITIZE=address,undefined,fuzzer-no-link \
	    $(FUZZERS:%=$(FB)/tests/fuzz/%-search)
	$(Q)set -e; for f in $(FUZZERS); do echo "fuzz: $$f, $(FUZZ_SECONDS) s"; \
	    mkdir -p $(FB)/found/$$f tests/fuzz/corpus/$$f; \
	    $(FB)/tests/fuzz/$$f-search -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 \
	        $$(test ! -f tests/fuzz/$$f.dict || echo -dict=tests/fuzz/$$f.dict) \
	        -print_final_stats=0 -verbosity=0 -artifact_prefix=$(FB)/found/$$f- \
	        $(FB)/found/$$f tests/fuzz/corpus/$$f; done

# ---- getting ready, and the lab ---------------------------------------------------------
PY := .venv/bin/python

.PHONY: setup lab
setup:
	$(Q)sh kernelspec/setup.sh lab
	@echo "setup: all there. Type:  make lab"

lab:
	$(Q)sh kernelspec/setup.sh lab
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) all
	$(Q)sh kernelspec/register.sh .venv/share/jupyter $(abspath $B)
	$(Q)PORT='$(PORT)' $(PY) kernelspec/lab.py notebooks my-lessons

# Lessons as pages, as they were saved: no kernel is needed, only Python's nbconvert.
FILE ?=
.PHONY: export
export:
	$(Q)test -x '$(PY)' || command -v '$(PY)' >/dev/null || { \
	    echo "export: there is no $(PY), which holds nbconvert. Type:" >&2; \
	    echo "    make setup && make export" >&2; exit 1; }
	$(Q)$(PY) kernelspec/export.py $B/export $(if $(FILE),'$(FILE)',notebooks/*.ipynb)

# ---- the tests ----------------------------------------------------------------------------
# Any Python that has what kernelspec/requirements-*.txt name will do: make check PY=…
CHECK_SUITES := unit fuzz golden protocol
TEST_SUITES  := $(CHECK_SUITES) clients wasm lessons browser
TESTING := tests/run.py --build $B --python $(PY)

.PHONY: test check test-programs tests-ready lint bench notebooks gallery \
	dictionary
test-programs: all $(UNIT) $(REPLAYS)

tests-ready:
	$(Q)test '$(PY)' != .venv/bin/python || sh kernelspec/setup.sh test

check: tests-ready
	$(Q)$(MAKE) --no-print-directory test-programs
	$(Q)$(TESTING) $(CHECK_SUITES)

test: tests-ready
	$(Q)$(MAKE) --no-print-directory test-programs $B/attn.wasm
	$(Q)$(TESTING) $(TEST_SUITES)

# Not in CI: races, each parser searched for ten minutes, and a kernel that is interrupted,
# sent nonsense and run for long, plain and under sanitizers.
LONG_SECONDS ?= 600
LONG_BUILDS  := $B $B/asan $B/tsan
$B/asan/attn-kernel: FORCE
	$(Q)$(MAKE) --no-print-directory B=$B/asan SANITIZE=address,undefined $@
$B/tsan/attn-kernel: FORCE
	$(Q)$(MAKE) --no-print-directory B=$B/tsan CC=clang SANITIZE=thread $@

.PHONY: test-long
test-long: tests-ready all $B/asan/attn-kernel $B/tsan/attn-kernel
	$(Q)set -e; for b in $B/asan $B/tsan; do \
	    $(PY) tests/protocol/run.py --kernel $$b/attn-kernel; done
	$(Q)set -e; for b in $(LONG_BUILDS); do \
	    $(PY) tests/protocol/long.py --kernel $$b/attn-kernel --seconds $(LONG_SECONDS); done
	$(Q)$(MAKE) --no-print-directory fuzz FUZZ_SECONDS=$(LONG_SECONDS)

# One suite alone: make golden, make protocol, make lessons, make browser
SUITES_ALONE := $(filter-out unit fuzz wasm,$(TEST_SUITES))
.PHONY: $(SUITES_ALONE) test-wasm
$(SUITES_ALONE): tests-ready
	$(Q)$(MAKE) --no-print-directory test-programs
	$(Q)$(TESTING) $@
test-wasm: tests-ready
	$(Q)$(MAKE) --no-print-directory all wasm
	$(Q)$(TESTING) wasm

lint: tests-ready
	$(Q)$(TESTING) lint

$B/bench-forward: $B/o/tests/bench/forward.o $(call archives,$(rooms_model))
	$(Q)echo "  ld  $@"; $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ -lm
$B/bench-null: $B/o/tests/bench/null_kernel.o
	$(Q)echo "  ld  $@"; $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS_kernel)
bench: tests-ready
	$(Q)$(MAKE) --no-print-directory all $B/bench-forward $B/bench-null
	$(Q)$B/bench-forward
	$(Q)$(PY) tests/bench/kernel.py --build $B
	$(Q)$(PY) tests/bench/run.py --build $B

# How often the teaching model is right on sentences with known links, set by set.
.PHONY: bars
bars: $B/tests/unit/lang/bars
	$(Q)$<

# Runs every lesson in place: the committed outputs are what the kernel really says.
notebooks: tests-ready
	$(Q)$(MAKE) --no-print-directory all
	$(Q)$(PY) tests/lessons/execute.py --build $B --write notebooks/*.ipynb

# The tables of the model translate, after a word was added to french.dictionary.
dictionary:
	$(Q)python3 attn/model/gen/dictionary.py > attn/model/dictionary_data.c.new && \
	    mv attn/model/dictionary_data.c.new attn/model/dictionary_data.c

gallery: all
	$(Q)python3 tests/golden/gallery.py --build $B

# ---- installing -----------------------------------------------------------------------------
BINDIR     := $(PREFIX)/bin
JUPYTERDIR := $(PREFIX)/share/jupyter
ATTNDIR    := $(PREFIX)/share/attn

.PHONY: install uninstall
install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(JUPYTERDIR) $(DESTDIR)$(ATTNDIR)/notebooks
	install -m 755 $B/attn $B/attn-kernel $(DESTDIR)$(BINDIR)/
	sh kernelspec/register.sh $(DESTDIR)$(JUPYTERDIR) $(abspath $(BINDIR))
	install -m 644 notebooks/*.ipynb $(DESTDIR)$(ATTNDIR)/notebooks/

uninstall:
	rm -f $(DESTDIR)$(BINDIR)/attn $(DESTDIR)$(BINDIR)/attn-kernel
	rm -rf $(DESTDIR)$(JUPYTERDIR)/kernels/attn $(DESTDIR)$(ATTNDIR)
	rm -rf $(DESTDIR)$(JUPYTERDIR)/nbconvert/templates/attn

.PHONY: help
help:
	@echo "make lab       installs what is missing, builds, opens the lessons in JupyterLab"
	@echo "               (PORT=9000 another port, BROWSER=none prints the address only)"
	@echo "make test      builds and runs all tests (installs what they need besides)"
	@echo ""
	@echo "make           builds $B/attn and $B/attn-kernel"
	@echo "make setup     installs compiler, libraries and JupyterLab (in .venv)"
	@echo "make check     the quick tests: $(CHECK_SUITES); each also alone, as  make golden"
	@echo "make test-long races, fuzzing, a soak, 1,000 interrupts: hours (LONG_SECONDS=60: less)"
	@echo "make lint      layers, size of functions, formatting, clang-tidy"
	@echo "make bench     speed and memory beside other kernels, in one run"
	@echo "make bars      how often the teaching model is right on sentences with known links"
	@echo "make fuzz      searches for crashes (FUZZ_SECONDS=60 for each parser)"
	@echo "make gallery   every picture on one page"
	@echo "make wasm      the language as $B/attn.wasm, for pages; also  make test-wasm"
	@echo "make export    the lessons as web pages in $B/export (FILE=my.ipynb: that one)"
	@echo "make notebooks runs the lessons in place and keeps their outputs"
	@echo "make install   into PREFIX=$(PREFIX) (below DESTDIR, if set); also  make uninstall"
	@echo "make clean     removes $B"
	@echo ""
	@echo "B=DIR another build folder, SANITIZE=address,undefined, WERROR=1, CC=clang, V=1 shows commands"

.PHONY: clean FORCE
clean:
	rm -rf $B
FORCE:

-include $(shell find $B -name '*.d' 2>/dev/null)
