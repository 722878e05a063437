/* build.c - the run's C, compiled by clang for WebAssembly: the run's own model, the same network with a map, what of
 * the runtime a training needs, and the functions that the page calls. */
#include "web/web.h"

#include <stdlib.h>
#include <string.h>

#include "base/process.h"

/* Sources of the runtime that a page has.  What of them is not reached from the page is left out by the linker. */
static const char *const sources[] = {"rt_augment", "rt_data",   "rt_decoy",    "rt_digits", "rt_error",
                                      "rt_evaluate", "rt_images", "rt_loader", "rt_model",  "rt_schedule",
                                      "rt_sha256",  "rt_split",  "rt_train"};
enum { N_SOURCES = sizeof sources / sizeof *sources };

/* Headers of C's library that these include: empty here, web_library.h stands before each file. */
static const char *const headers[] = {"errno.h", "math.h", "signal.h", "stdio.h",    "stdlib.h",
                                      "string.h", "time.h", "unistd.h", "sys/mman.h", "sys/stat.h"};

static void write_text(Arena *arena, const char *folder, const char *name, const char *text, size_t n)
{
    RtError error = {0};
    if (!rt_file_write(arena_format(arena, "%s/%s", folder, name), text, n, &error)) fail("%s", error.text);
}

static void write_embedded(Arena *arena, const char *folder, const char *name)
{
    const Embedded file = embedded_named(name);
    write_text(arena, folder, name, file.start, (size_t)(file.end - file.start));
}

/* ---- the compiler ---- */

/* Debian's names: clang and wasm-ld, or both with the number of a version. */
enum { NEWEST = 29, OLDEST = 14 };

static bool answers(const char *program, const char *flag)
{
    const char *const argv[] = {program, flag, NULL};
    RtText said = {0};
    const bool there = run_program(argv, &said) == 0;
    rt_text_free(&said);
    return there;
}

static bool makes_wasm(const char *clang)
{
    const char *const argv[] = {clang, "--target=wasm32", "-msimd128", "-include", "wasm_simd128.h", "-x", "c",
                                "-fsyntax-only", "/dev/null", NULL};
    RtText said = {0};
    const bool can = run_program(argv, &said) == 0;
    rt_text_free(&said);
    return can;
}

static void find_tools(Arena *arena, const char **clang, const char **linker)
{
    *clang = *linker = NULL;
    for (int version = NEWEST + 1; version >= OLDEST; version--) {
        const char *end = version > NEWEST ? "" : arena_format(arena, "-%d", version);
        const char *compiler = arena_format(arena, "clang%s", end), *ld = arena_format(arena, "wasm-ld%s", end);
        if (!*clang && makes_wasm(compiler)) *clang = compiler;
        if (!*linker && answers(ld, "--version")) *linker = ld;
    }
    if (*clang && *linker) return;
    fail("tailor: %s: a page needs %s of WebAssembly: apt-get install clang lld",
         *clang ? "there is no wasm-ld" : *linker ? "there is no clang" : "there is no clang and no wasm-ld",
         *clang ? "the linker" : *linker ? "the compiler" : "the compiler and the linker");
}

/* ---- the folder ---- */

static const char *normalize_text(Arena *arena, const RtNormalize *by)
{
    Text text = text_new(arena);
    text_add(&text, "{.n = %d", by->n);
    for (int which = 0; which < 2 && by->n; which++) {
        text_add(&text, which ? ", .sd = (const double[]){" : ", .mean = (const double[]){");
        for (int i = 0; i < by->n; i++)
            text_add(&text, i ? ", %s" : "%s", c_double(arena, (which ? by->sd : by->mean)[i]));
        text_add(&text, "}");
    }
    text_add(&text, "}");
    return text.chars;
}

static void write_run(Arena *arena, const char *folder, const WebRun *web)
{
    const int64_t epochs = (int64_t)run_number(web->run, NULL, "epochs");
    const char *text = arena_format(
        arena,
        "#define WEB_SEED UINT64_C(%llu)\n#define WEB_EPOCHS INT64_C(%lld)\n#define WEB_IMAGE_FIELD %d\n"
        "#define WEB_CLASS_FIELD %d\n#define WEB_NORMALIZE %s\n#define WEB_TRAINS %d\n",
        (unsigned long long)web->run->record.seed, (long long)epochs, web->place.image_field, web->place.class_field,
        normalize_text(arena, &web->normalize), !web->untrained);
    write_text(arena, folder, "web_run.h", text, strlen(text));
}

static void write_model(Arena *arena, const char *folder, const char *which, const Emission *e)
{
    RtError error = {0};
    const char *inside = arena_format(arena, "%s/%s", folder, which), *name = e->experiment->source.name;
    if (!rt_folder_make(inside, &error)) fail("%s", error.text);
    const char *source = emit_source(e), *header = emit_header(e);
    write_text(arena, inside, "model.c", source, strlen(source));
    write_text(arena, inside, arena_format(arena, "%s.h", name), header, strlen(header));
}

static const char *makefile_text(Arena *arena, const char *name, const char *clang, const char *linker)
{
    Text text = text_new(arena);
    const char *model = c_identifier(arena, name);
    text_add(&text, "OPTIMIZE ?= -O3\nFLAGS = --target=wasm32 -std=gnu11 $(OPTIMIZE) -msimd128 -mbulk-memory "
                    "-mnontrapping-fptoint -nostdlibinc "
                    "-Iinclude -Iruntime -I. -include web_library.h -ffunction-sections -fdata-sections "
                    "-ffp-contract=off -fno-math-errno -fno-trapping-math -DRT_FMA_CALL=rt_fma_call "
                    "-DRT_LOADER_THREAD=0 -DRT_SANITIZED=1 -w\n"
                    "OBJECTS = trained/model.o mapped/model.o web_module.o web_library.o");
    for (int i = 0; i < N_SOURCES; i++) text_add(&text, " runtime/%s.o", sources[i]);
    text_add(&text, "\npage.wasm: $(OBJECTS)\n\t%s --no-entry --gc-sections --strip-all -z stack-size=1048576 "
                    "-o $@ $(OBJECTS)\n", linker);
    text_add(&text, "trained/model.o: MORE = -D%s_model=web_trained\nmapped/model.o: MORE = -D%s_model=web_mapped\n"
                    "web_library.o: MORE = -fno-builtin\n", model, model);
    text_add(&text, "%%.o: %%.c\n\t%s $(FLAGS) $(MORE) -c -o $@ $<\n", clang);
    return text.chars;
}

Bytes web_build(Arena *arena, const WebRun *web)
{
    const char *clang, *linker, *folder = temporary_folder(arena);
    RtError error = {0};
    RtText built = {0};
    find_tools(arena, &clang, &linker);
    const char *include = arena_format(arena, "%s/include", folder),
               *runtime = arena_format(arena, "%s/runtime", folder);
    if (!rt_folder_make(arena_format(arena, "%s/sys", include), &error) || !rt_folder_make(runtime, &error))
        fail("%s", error.text);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) write_text(arena, include, headers[i], "", 0);
    for (int i = 0; i < embedded_count(); i++) {
        const char *name = embedded_at(i).name;
        if (!strncmp(name, "rt", 2)) write_embedded(arena, runtime, name);
        if (!strncmp(name, "web_", 4)) write_embedded(arena, folder, name);
    }
    write_run(arena, folder, web);
    const Experiment *x = web->run->experiment;
    Emission *mapped = emission_map(web->mapped, web->mapped->batch, &(Passes){0});
    write_model(arena, folder, "trained", web->run->emission);
    write_model(arena, folder, "mapped", mapped);
    const char *makefile = makefile_text(arena, x->source.name, clang, linker);
    write_text(arena, folder, "Makefile", makefile, strlen(makefile));
    const char *problem = build_folder(arena, folder, "page.wasm");
    if (problem) fail("%s", problem);
    if (!rt_file_read(arena_format(arena, "%s/page.wasm", folder), 1 << 28, &built, &error)) fail("%s", error.text);
    remove_folder(folder);
    unsigned char *copy = arena_array(arena, (int64_t)built.length, 1);
    memcpy(copy, built.data, built.length);
    const Bytes bytes = {copy, built.length};
    rt_text_free(&built);
    return bytes;
}
