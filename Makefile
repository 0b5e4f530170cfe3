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
ALL_CFLAGS   = $(BASE_CFLAGS) $(CFLAGS)
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
objects = $(patsubst %.c,$B/%.o,$(call sources,$(1))) $(patsubst %.c,%.o,$(GEN_$(1)))
archives = $(foreach r,$(1),$B/lib$(r).a)

.PHONY: all
all: $B/attn $B/attn-kernel

# ---- generated sources -------------------------------------------------------------
WEB       := $(wildcard attn/render/web/*.js attn/render/web/*.css)
GEN_render := $(if $(WEB),$B/gen/web_assets.c)

$B/gen/web_assets.c: attn/render/web/embed.sh $(WEB)
	$(Q)mkdir -p $(@D) && sh attn/render/web/embed.sh $(WEB) > $@.new && mv $@.new $@

# ---- compiling -----------------------------------------------------------------------
$B/%.o: %.c $B/flags
	$(Q)mkdir -p $(@D)
	$(Q)echo "  cc  $<"; $(CC) $(ALL_CFLAGS) $(CFLAGS_room) -MMD -MP -c -o $@ $<
$B/gen/%.o: $B/gen/%.c $B/flags
	$(Q)echo "  cc  $<"; $(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$B/attn/render/%.o: CFLAGS_room = $(CFLAGS_render)
$B/kernel/%.o:      CFLAGS_room = $(CFLAGS_kernel)
$B/tests/%.o:       CFLAGS_room = $(CFLAGS_render) $(CFLAGS_kernel)

# Rebuilds everything when compiler or flags change.
$B/flags: FORCE
	$(Q)mkdir -p $(@D); echo '$(CC) $(ALL_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS)' > $@

define room_rule
$B/lib$(1).a: $(call objects,$(1))
	$$(Q)rm -f $$@ && ar rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rule,$(r))))
$B/libkernel.a: $(patsubst %.c,$B/%.o,$(filter-out kernel/main.c,$(wildcard kernel/*.c)))
	$(Q)rm -f $@ && ar rcs $@ $^

$B/attn: $(patsubst %.c,$B/%.o,$(wildcard attn/cli/*.c)) $(call archives,$(ROOMS))
	$(Q)echo "  ld  $@"; $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS_render) -lm -pthread
$B/attn-kernel: $B/kernel/main.o $B/libkernel.a $(call archives,$(ROOMS))
	$(Q)echo "  ld  $@"; $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS_kernel) $(LIBS_render) -lm -pthread

# ---- unit tests: tests/unit/ROOM/NAME.c links that room and those to its right ---------
UNIT := $(patsubst tests/%.c,$B/tests/%,$(wildcard tests/unit/*/*.c))
define unit_rule
$B/tests/unit/$(1)/%: $B/tests/unit/$(1)/%.o $(call archives,$(rooms_$(1)))
	$$(Q)echo "  ld  $$@"; $$(CC) $$(ALL_CFLAGS) $$(LDFLAGS) -o $$@ $$^ -lcmocka $(if $(filter render,$(rooms_$(1))),$$(LIBS_render)) -lm -pthread
endef
$(foreach r,$(ROOMS),$(eval $(call unit_rule,$(r))))
$B/tests/unit/kernel/%: $B/tests/unit/kernel/%.o $B/libkernel.a $(call archives,$(ROOMS))
	$(Q)echo "  ld  $@"; $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS_kernel) $(LIBS_render) -lm -pthread
.PRECIOUS: $B/%.o $B/gen/%.c

.PHONY: unit
unit: $(UNIT)
	$(Q)for t in $^; do $$t || exit 1; done

.PHONY: clean FORCE
clean:
	rm -rf $B
FORCE:

-include $(shell find $B -name '*.d' 2>/dev/null)
