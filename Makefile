# make            the compiler, ./tailor
# make demo       compile a small CNN, train it, draw its maps, say what came out
# make check      every test
# make check-math the elementary functions over every float: minutes
# make generated  what is checked in but written by the compiler, written anew: the emitted C, docs/ops.md,
#                 docs/metrics.md
# make install    tailor, the manual and completion under PREFIX (/usr/local), in DESTDIR; make uninstall
# make results    the tables and figures of docs/results/, from the records there
PACKAGES = lua5.4 zlib libpng sqlite3
BUILD = build
CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Werror

COMPILER = $(wildcard compiler/*.c compiler/*/*.c)
RUNTIME = $(filter-out runtime/rt_trainer.c,$(wildcard runtime/*.c))
EMBEDDED = $(sort $(wildcard runtime/*.h) $(wildcard runtime/*.c)) $(wildcard compiler/language/*.lua) \
  compiler/emit/check.sh $(wildcard compiler/emit/vectors/*.vectors) compiler/pack/vectors.h compiler/pack/vectors.c \
  $(wildcard compiler/command/first/*.lua) compiler/command/complete.bash compiler/command/complete.zsh \
  $(sort $(wildcard compiler/web/wasm/*)) $(wildcard compiler/web/page.*s compiler/web/page.html)
GRAPHS = mlp cnn resnet convnext

override CPPFLAGS += -I$(BUILD) -Icompiler -Iruntime $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LIBS = $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -ldl -lm -lpthread
ALL_CFLAGS = -std=gnu11 $(CFLAGS) $(WARNINGS) -ffp-contract=off -fopenmp -MMD -MP

OBJECTS = $(COMPILER:%.c=$(BUILD)/%.o) $(RUNTIME:%.c=$(BUILD)/%.o)
LIBRARY = $(filter-out $(BUILD)/compiler/main.o,$(OBJECTS))
TESTS = $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/test_*.c))
GENERATED = $(BUILD)/op_list.h $(BUILD)/embed_list.h

tailor: $(OBJECTS)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c | $(GENERATED)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(CPPFLAGS) -c -o $@ $<

# the list of ops, from the blocks that open with OP(name)
$(BUILD)/op_list.h: $(wildcard compiler/ops/*.c)
	@mkdir -p $(@D)
	@cat $^ | sed -n 's/^OP(\([a-z0-9_]*\)).*/OP_ITEM(\1)/p' > $@

# the files that are part of the program
$(BUILD)/embed_list.h: $(EMBEDDED)
	@mkdir -p $(@D)
	@n=0; for f in $(EMBEDDED); do echo "EMBED_ITEM($$n, \"$$f\", \"$$(basename $$f)\")"; n=$$((n+1)); done > $@

$(BUILD)/compiler/embedded.o: $(EMBEDDED) $(BUILD)/embed_list.h

# ---- tests ----

$(BUILD)/tests/test_faults: WRAPPED = malloc calloc realloc aligned_alloc mmap fwrite fsync rename mkdir
$(BUILD)/tests/test_picture: WRAPPED = malloc realloc
# as a trainer's NAME.so: that other vectors, inlined and optimized further, give the same bits, compilers_test.sh shows
$(BUILD)/tests/test_kernels: private CFLAGS = -O1 -g
$(BUILD)/tests/test_kernels: override CPPFLAGS += -march=native -DRT_QUICK_BUILD
ifneq ($(shell pkg-config --libs openblas 2>/dev/null),)                 # what --fast may use; nothing else needs it
$(BUILD)/tests/test_kernels: override CPPFLAGS += -DWITH_OPENBLAS $(shell pkg-config --cflags openblas)
$(BUILD)/tests/test_kernels: LIBS += $(shell pkg-config --libs openblas)
endif
# as in emitted Makefiles: its loops must become vector code
$(BUILD)/tests/test_math: override CPPFLAGS += -O3 -march=native -fno-math-errno -fno-trapping-math
$(BUILD)/tests/%: tests/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(CPPFLAGS) -o $@ $< $(filter %.o,$^) $(WRAPPED:%=-Wl,--wrap=%) \
	  $(shell pkg-config --cflags --libs check) $(LIBS)

check:
	@sh tests/setup.sh check
	@$(MAKE) -s --no-print-directory -j$$(nproc) tailor
	@sh tests/run.sh

check-math: $(BUILD)/tests/test_math
	$< all

demo:
	@sh tests/setup.sh
	@$(MAKE) -s --no-print-directory -j$$(nproc) tailor
	@sh tests/demo.sh

generated: tailor
	@for g in $(GRAPHS); do rm -rf $(BUILD)/generated/$$g && \
	  ./tailor emit graphs/$$g.lua -o $(BUILD)/generated/$$g && mkdir -p generated/$$g && \
	  cp $(BUILD)/generated/$$g/$$g.* $(BUILD)/generated/$$g/Makefile generated/$$g/; done
	@./tailor ops > $(BUILD)/ops.md && cp $(BUILD)/ops.md docs/ops.md
	@./tailor ops --metrics > $(BUILD)/metrics.md && cp $(BUILD)/metrics.md docs/metrics.md

# ---- installation ----

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions

# what is to be installed, beside the program
$(BUILD)/install: tailor
	@rm -rf $@ $@.tmp && mkdir -p $@.tmp && ./tailor man -o $@.tmp/man >/dev/null && \
	  ./tailor completion bash >$@.tmp/tailor && ./tailor completion zsh >$@.tmp/_tailor && mv $@.tmp $@

install: tailor $(BUILD)/install
	install -d "$(DESTDIR)$(BINDIR)" "$(DESTDIR)$(MANDIR)/man1" "$(DESTDIR)$(BASHDIR)" "$(DESTDIR)$(ZSHDIR)"
	install tailor "$(DESTDIR)$(BINDIR)/tailor"
	install -m 644 $(BUILD)/install/man/*.1 "$(DESTDIR)$(MANDIR)/man1"
	install -m 644 $(BUILD)/install/tailor "$(DESTDIR)$(BASHDIR)/tailor"
	install -m 644 $(BUILD)/install/_tailor "$(DESTDIR)$(ZSHDIR)/_tailor"

# folders stay: others may use them
uninstall: $(BUILD)/install
	rm -f "$(DESTDIR)$(BINDIR)/tailor" "$(DESTDIR)$(BASHDIR)/tailor" "$(DESTDIR)$(ZSHDIR)/_tailor"
	for page in $(BUILD)/install/man/*.1; do rm -f "$(DESTDIR)$(MANDIR)/man1/$${page##*/}" || exit 1; done

results: tailor
	@sh bench/results.sh

tests: $(TESTS)

clean:
	rm -rf $(BUILD) tailor

-include $(OBJECTS:.o=.d) $(TESTS:%=%.d)
.PHONY: clean check check-math demo generated install results tests uninstall
