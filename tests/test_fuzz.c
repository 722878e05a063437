/* test_fuzz.c - files from strangers: graph files, experiment files, IDX, .npy, gzip, PNG, safetensors, JSON,
 * NAME.json of emitted C, records of sweeps and their dumps, CSV, locks, each damaged in many ways.
 *
 * A case is a good file with a few changes made by a seeded generator; a child process reads it, and a graph file is
 * compiled as well.  It may be accepted or refused (exit 0 or 1); a signal, a bug() (exit 3) or ten seconds are
 * failures, and the file is kept.  Knobs from the environment: CASES for each kind, FIRST_SEED. */
#include "lock/lock.h"
#include "sweep/record.h"
#include "tailor.h"
#include "place/table.h"
#include "emit/where.h"
#include "statistics/statistics.h"

#include "support.h"

#include <fcntl.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

enum { MOST_BYTES = 1 << 18 };

static uint64_t number_from(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text ? strtoull(text, NULL, 10) : otherwise;
}

typedef struct Bytes { size_t n; char at[MOST_BYTES]; } Bytes;

/* at[from, from + removed) becomes the given bytes. */
static void replace(Bytes *b, size_t from, size_t removed, const char *with, size_t n)
{
    if (from > b->n) from = b->n;
    if (removed > b->n - from) removed = b->n - from;
    if (b->n - removed + n > MOST_BYTES) return;
    memmove(b->at + from + n, b->at + from + removed, b->n - from - removed);
    memcpy(b->at + from, with, n);
    b->n = b->n - removed + n;
}

static void damage_bytes(Bytes *b, uint64_t *state)
{
    static const char extremes[] = {0, 1, 127, (char)128, (char)255};
    char copy[64];
    size_t from = (size_t)random_below(state, (int64_t)b->n), n = 1 + (size_t)random_below(state, 8);
    switch (random_below(state, 6)) {
    case 0: replace(b, from, 1, &extremes[random_below(state, sizeof extremes)], 1); break;
    case 1: b->at[from] = (char)(b->at[from] ^ 1 << random_below(state, 8)); break;
    case 2: replace(b, from, n, "", 0); break;
    case 3: b->n = from; break;
    case 4:
        memset(copy, (int)random_below(state, 256), sizeof copy),
            replace(b, from, 0, copy, 1 + random_below(state, sizeof copy));
        break;
    default:
        memcpy(copy, b->at + from, from + n <= b->n ? n : 0);
        replace(b, random_below(state, b->n), n, copy, from + n <= b->n ? n : 0);
    }
}

/* Words of one kind take each other's place, so that many cases get past the parser. */
static void damage_text(Bytes *b, uint64_t *state)
{
    static const char *const words[] = {"image",
                                        "label",
                                        "logits",
                                        "features",
                                        "0",
                                        "1",
                                        "-1",
                                        "2",
                                        "3",
                                        "7",
                                        "1e9",
                                        "1e300",
                                        "9007199254740993",
                                        "0.5",
                                        "1/0",
                                        "{}",
                                        "{3}",
                                        "{1, 2}",
                                        "nil",
                                        "true",
                                        "\"h\"",
                                        "\"w\"",
                                        "\"c\"",
                                        "\"b\"",
                                        "\"valid\"",
                                        "\"same\"",
                                        "relu",
                                        "conv2d",
                                        "linear",
                                        "max_pool",
                                        "avg_pool",
                                        "flatten",
                                        "softmax",
                                        "sum",
                                        "mean",
                                        "max",
                                        "grad",
                                        "pick",
                                        "one_hot",
                                        "cross_entropy",
                                        "dropout",
                                        "reshape",
                                        "permute",
                                        "slice",
                                        "pad",
                                        "concat",
                                        "matmul",
                                        "input",
                                        "labels",
                                        "param",
                                        "constant",
                                        "minimize",
                                        "metric",
                                        "output",
                                        "train",
                                        "option",
                                        "scope",
                                        "shared",
                                        "argmax",
                                        "global_avg_pool",
                                        "mse",
                                        "where",
                                        "exp",
                                        "log",
                                        "x",
                                        "local",
                                        "return",
                                        "function",
                                        "end",
                                        "..",
                                        "+",
                                        "*",
                                        "/",
                                        "^",
                                        "stride",
                                        "padding",
                                        "kernel",
                                        "groups",
                                        "dilation",
                                        "bias",
                                        "init",
                                        "name",
                                        "weight",
                                        "keep",
                                        "label_smoothing"};
    size_t from = random_below(state, b->n), n;
    const char *word = words[random_below(state, sizeof words / sizeof *words)];
    while (from > 0 && strchr("abcdefghijklmnopqrstuvwxyz_0123456789.", b->at[from - 1])) from--;
    for (n = 0; from + n < b->n && strchr("abcdefghijklmnopqrstuvwxyz_0123456789.", b->at[from + n]); n++) {}
    switch (random_below(state, 8)) {
    case 0: damage_bytes(b, state); break;
    case 1: replace(b, from, n, "", 0); break;
    case 2: {                                   /* a line again, somewhere else */
        char line[256];
        size_t start = from, end = from;
        while (start > 0 && b->at[start - 1] != '\n' && from - start < sizeof line / 2) start--;
        while (end < b->n && b->at[end] != '\n' && end - start < sizeof line - 2) end++;
        memcpy(line, b->at + start, end - start);
        line[end - start] = '\n';
        size_t to = random_below(state, b->n);
        while (to > 0 && b->at[to - 1] != '\n') to--;
        replace(b, to, 0, line, end - start + 1);
        break;
    }
    default: replace(b, from, n ? n : 1, word, strlen(word));
    }
}

/* A piece of a table takes the place of another: of a field, or of what ends one. */
static void damage_table(Bytes *b, uint64_t *state)
{
    static const char *const pieces[] = {",", "\"", "\"\"", "\n", "\r\n", "\r", ",,", "\",\"", "1", "s1", "plain", "",
                                         " ", "0", "-0", "1e-13", "nan", "1e150", "-1e150", "1e999", "0x1", "1.5",
                                         "value", "seed", "\xef\xbb\xbf", "\xc3", "\x1b[31m", "9223372036854775807"};
    size_t from = random_below(state, (int64_t)b->n), n = 0;
    const char *piece = pieces[random_below(state, sizeof pieces / sizeof *pieces)];
    if (random_below(state, 4) == 0) {
        damage_bytes(b, state);
        return;
    }
    while (from > 0 && !memchr(",\"\n\r", b->at[from - 1], 4)) from--;
    while (from + n < b->n && !memchr(",\"\n\r", b->at[from + n], 4)) n++;
    if (random_below(state, 3) == 0) from += n, n = 1;                 /* what ends it instead */
    replace(b, from, n, piece, strlen(piece));
}

/* ---- what reads a case ---- */

static int read_graph(const char *path)
{
    Arena *arena = arena_new();
    Experiment *x = load(arena, path, 0, NULL);
    Passes passes = {0};
    int64_t batch = x->batch < 4 ? x->batch : 4;
    double values = 0;
    for (Value v = 1; v < x->graph->n; v++) values += (double)type_count(graph_at(x->graph, v)->type, batch);
    if (x->graph->n > 3000 || values > 1e8) return 0;
    emit_source(emission_new(x, batch, &passes));
    emit_source(emission_grad(x, batch, false, &passes));
    arena_free(arena);
    return 0;
}

/* The graphs that it names are not there, so what it asks for is not carried out. */
static int read_studies(const char *path)
{
    Arena *arena = arena_new();
    load_studies(arena, path);
    arena_free(arena);
    return 0;
}

static int read_idx(const char *path)
{
    RtContent content;
    for (int labels = 0; labels < 2; labels++) {
        RtError error = {0};
        if (!rt_idx_read(path, labels, 0, false, &content, &error)) continue;
        rt_content_free(&content);
        return 0;
    }
    return 1;
}

/* .gz is found by itself */
static int read_zipped(const char *path) { (void)path; return read_idx("zipped-idx3-ubyte"); }

static int read_npy(const char *path)
{
    RtContent content;
    for (int kind = 0; kind < 3; kind++) {          /* images, labels, images of a said scale */
        RtError error = {0};
        if (!rt_npy_read(path, kind == 1, kind == 2 ? 3 : 0, false, &content, &error)) continue;
        rt_content_free(&content);
        return 0;
    }
    return 1;
}

static int read_png(const char *path)
{
    RtPng head;
    RtError error = {0};
    if (!rt_png_head(path, &head, &error) || head.width * head.height > 1 << 20) return 1;
    uint8_t *pixels = malloc((size_t)(head.width * head.height * head.channels));
    const bool ok = pixels && rt_png_read(path, &head, pixels, &error);
    free(pixels);
    return !ok;
}

static int read_tensors(const char *path)
{
    RtArrays arrays;
    RtError error = {0};
    if (!rt_tensors_read(path, &arrays, &error)) return 1;
    double sum = 0;                             /* touch every element: what the header promised is there */
    for (int i = 0; i < arrays.n; i++)
        for (int64_t k = 0; k < rt_array_count(&arrays.arrays[i]) * (int64_t)rt_type_bytes(arrays.arrays[i].type); k++)
            sum += ((const char *)arrays.arrays[i].data)[k];
    rt_tensors_free(&arrays);
    return sum > 1e18;
}

static int read_json(const char *path)
{
    RtText text = {0};
    RtJson json;
    RtError error = {0};
    if (!rt_file_read(path, MOST_BYTES, &text, &error) || !rt_json_parse(text.data, text.length, path, &json, &error))
        return 1;
    rt_json_free(&json);
    rt_text_free(&text);
    return 0;
}

/* One that is read says something of each of its lines. */
static int read_where(const char *path)
{
    Arena *arena = arena_new();
    const Where *w = where_read(arena, path);
    int rows = 0;
    for (int line = 1; line <= w->n_lines && line < 1000; line++) {
        const WhereRows of_c = where_of_c(w, line);
        for (int i = 0; i < of_c.n; i++) rows += where_of_graph(w, of_c.rows[i].file, of_c.rows[i].line).n > 0;
        if (!*where_belongs(w, line)) bug("a line belongs to nothing");
    }
    arena_free(arena);
    return rows < 0;
}

/* Merges the record or dump into a record that is empty: a copy, as a new one waits for the disk. */
static int read_into_record(const char *path)
{
    Arena *arena = arena_new();
    RtText empty = {0};
    RtError error = {0};
    if (!rt_file_read("empty/record.sqlite", MOST_BYTES, &empty, &error)) return 3;
    put("into/record.sqlite", empty.data, empty.length);
    for (int i = 0; i < 2; i++) unlink(i ? "into/record.sqlite-shm" : "into/record.sqlite-wal");
    Record *record = record_open(arena, "into", true);
    sqlite3_exec(record->db, "PRAGMA synchronous = off", NULL, NULL, NULL);
    record_merge(record, 1, &path);
    record_close(record);
    return 0;
}

static int read_record(const char *path)
{
    Arena *arena = arena_new();
    char folder_of[100];
    snprintf(folder_of, sizeof folder_of, "%.*s", (int)strcspn(path, "/"), path);
    return read_into_record(arena_copy(arena, folder_of));
}

static int read_runs(const char *path)
{
    Arena *arena = arena_new();
    const RunTable *t = runs_read(arena, path);
    const Statistics *s = statistics_of(arena, t->n_variants, t->names, 0, t->n_runs, t->runs, 0.1);
    RtJsonWriter json = {0};
    rt_json_open(&json, NULL, '{');
    statistics_json(&json, s);
    rt_json_close(&json, '}');
    RtJson back;
    RtError error = {0};
    if (!rt_json_parse(json.text.data, json.text.length, path, &back, &error)) bug("%s", error.text);
    rt_json_free(&back);
    rt_text_free(&json.text);
    Text text = text_new(arena);
    statistics_text(&text, s);
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.chars[i] < ' ' && text.chars[i] != '\n') bug("a control character in a table");
    arena_free(arena);
    return 0;
}

/* One that is read is written as it would be read again. */
static int read_lock(const char *path)
{
    Arena *arena = arena_new();
    const char *text = lock_text(lock_read(arena, path));
    if (strcmp(lock_text(lock_read_text(arena, path, text, strlen(text))), text)) bug("a lock is read back as another");
    arena_free(arena);
    return 0;
}

static int read_plan(const char *path)
{
    Arena *arena = arena_new();
    size_t length;
    plan_table_text(plan_table_read(arena, path), &length);
    arena_free(arena);
    return 0;
}

/* ---- good files ---- */

static Bytes from_file(const char *path)
{
    static Bytes b;
    RtText text = {0};
    RtError error = {0};
    ck_assert_msg(rt_file_read(path, MOST_BYTES, &text, &error), "%s", error.text);
    b.n = text.length;
    memcpy(b.at, text.data, b.n);
    rt_text_free(&text);
    return b;
}

static Bytes good_idx(void)
{
    static Bytes b = {.n = 16 + 5 * 12};
    memcpy(b.at, "\0\0\x08\x03\0\0\0\5\0\0\0\4\0\0\0\3", 16);
    for (int i = 0; i < 5 * 12; i++) b.at[16 + i] = (char)(i * 37);
    return b;
}

/* QMNIST's: 5 rows of 8 numbers. */
static Bytes good_labels(void)
{
    static Bytes b = {.n = 12 + 5 * 8 * 4};
    memcpy(b.at, "\0\0\x0c\x02\0\0\0\5\0\0\0\x08", 12);
    for (int i = 0; i < 5; i++) b.at[12 + 32 * i + 3] = (char)i;
    return b;
}

/* Images, labels of eight bytes, or floats the other way round. */
static Bytes good_npy(int kind)
{
    static Bytes b;
    static const char *const texts[] = {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 3), }\n",
                                        "{'descr': '<i8', 'fortran_order': False, 'shape': (9,), }  \n",
                                        "{'descr': '>f4', 'fortran_order': True, 'shape': (5, 3), }\n"};
    const char *text = texts[kind];
    memcpy(b.at, "\x93NUMPY\1\0", 8);
    b.at[8] = (char)strlen(text), b.at[9] = 0;
    memcpy(b.at + 10, text, strlen(text));
    b.n = 10 + strlen(text) + (kind == 1 ? 72 : 60);
    for (size_t i = 10 + strlen(text); i < b.n; i++) b.at[i] = kind ? 0 : (char)(i * 37);
    return b;
}

static Bytes good_gzip(void)
{
    static Bytes b;
    Bytes plain = good_idx();
    gzFile file = gzopen("good.gz", "wb");
    ck_assert(file && gzwrite(file, plain.at, (unsigned)plain.n) == (int)plain.n && gzclose(file) == Z_OK);
    b = from_file("good.gz");
    return b;
}

/* A palette of 4 bits, or gray with alpha. */
static Bytes good_png(bool alpha)
{
    static uint8_t bytes[30];
    const char *path = "good.png";
    FILE *file = fopen(path, "wb");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    ck_assert(file && png && info);
    png_init_io(png, file);
    png_set_IHDR(png, info, 7, 5, alpha ? 8 : 4, alpha ? PNG_COLOR_TYPE_GRAY_ALPHA : PNG_COLOR_TYPE_PALETTE, 0, 0, 0);
    if (!alpha) png_set_PLTE(png, info, (const png_color[3]){{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, 3);
    png_set_filter(png, 0, PNG_ALL_FILTERS);
    png_write_info(png, info);
    for (int y = 0; y < 5; y++) {
        memset(bytes, alpha ? 255 : 0x12 - y % 2, sizeof bytes);
        png_write_row(png, bytes);
    }
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    fclose(file);
    return from_file(path);
}

/* A chunk of a PNG file gets the CRC that it now should have, so that what lies behind is reached. */
static void damage_png(Bytes *b, uint64_t *state)
{
    damage_bytes(b, state);
    for (size_t at = 8; at + 12 <= b->n && random_below(state, 8);) {
        const uint8_t *bytes = (const uint8_t *)b->at + at;
        const uint32_t n = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
        if (n > b->n - at - 12) break;
        const uint32_t crc = (uint32_t)crc32(0, bytes + 4, n + 4);
        for (int k = 0; k < 4; k++) b->at[at + 8 + n + (size_t)k] = (char)(crc >> (24 - 8 * k));
        at += 12 + n;
    }
}

static Bytes good_tensors(void)
{
    static const float numbers[12] = {1, 2, 3};
    RtArray arrays[] = {
        {"a.weight", RT_F32, 2, {3, 4}, numbers}, {"label", RT_I32, 1, {5}, numbers}, {"s", RT_F32, 0, {0}, numbers}};
    RtPair pairs[] = {{"format", "tailor"}, {"epoch", "3"}};
    RtError error = {0};
    ck_assert(rt_tensors_write("good.safetensors", 3, arrays, 2, pairs, &error));
    return from_file("good.safetensors");
}

static Bytes good_dump(void)
{
    char path[300];
    RtError error = {0};
    Arena *arena = arena_new();
    ck_assert(rt_folder_make("into", &error));
    record_close(record_open(arena, "empty", true));
    arena_free(arena);
    snprintf(path, sizeof path, "%s/tests/fuzz/record.jsonl", project);
    return from_file(path);
}

static Bytes good_record(void)
{
    Arena *arena = arena_new();
    RtError error = {0};
    const Bytes dump = good_dump();
    put("good.jsonl", dump.at, dump.n);
    Record *record = record_open(arena, "good", true);
    record_merge(record, 1, (const char *const[]){"good.jsonl"});
    record_close(record);
    arena_free(arena);
    ck_assert(rt_folder_make("case", &error));
    return from_file("good/record.sqlite");
}

/* Bytes near the ends of a page, where SQLite keeps its headers and its rows. */
static void damage_pages(Bytes *b, uint64_t *state)
{
    enum { PAGE = 4096, NEAR = 300 };
    size_t at = PAGE * (size_t)random_below(state, (int64_t)(b->n / PAGE));
    if (!random_below(state, 40)) b->n = at + 1;                    /* cut off */
    at += (random_below(state, 2) ? 0 : PAGE - NEAR) + (size_t)random_below(state, NEAR);
    for (int64_t n = 1 + random_below(state, 3); n > 0 && at < b->n; n--, at++)
        b->at[at] = (char)(random_below(state, 2) ? b->at[at] ^ 1 << random_below(state, 8) : random_below(state, 256));
}

static Bytes good_json(void)
{
    static Bytes b;
    static const char text[] =
        "{\"a\": [1, -2.5e3, true, null, \"x\\u00e9\\n\"], \"b\": {\"c\": {}}, \"d\": 12345678901234567890}";
    b.n = sizeof text - 1;
    memcpy(b.at, text, b.n);
    return b;
}

/* ---- the loop ---- */

/* The status of a process that reads the file, within seconds. */
static int read_apart(const char *path, int (*reader)(const char *))
{
    pid_t child = fork();
    if (!child) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, 1), dup2(nowhere, 2);
        struct rlimit seconds = {10, 10};
        setrlimit(RLIMIT_CPU, &seconds);
        alarm(30);
        exit(reader(path));
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return status;
}

static void fuzz(const char *kind, Bytes good, const char *path, void (*damage)(Bytes *, uint64_t *),
                 int (*reader)(const char *), uint64_t cases)
{
    uint64_t first = number_from("FIRST_SEED", 1);
    cases = number_from("CASES", cases);
    int accepted = 0;
    put(path, good.at, good.n);
    ck_assert_msg(read_apart(path, reader) == 0, "%s: what is to be damaged is refused", kind);
    for (uint64_t seed = first; seed < first + cases; seed++) {
        static Bytes b;
        uint64_t state = seed * 1000003 + strlen(kind);
        b = good;
        for (size_t changes = random_below(&state, 4); b.n && changes + 1 > 0; changes--) damage(&b, &state);
        put(path, b.at, b.n);              /* not by rt_file_write, which waits for the disk */
        const int status = read_apart(path, reader);
        bool good_end = WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 1);
        accepted += WIFEXITED(status) && WEXITSTATUS(status) == 0;
        char kept[300];
        snprintf(kept, sizeof kept, "%s/build/fuzz_%s_%llu", project, kind, (unsigned long long)seed);
        RtError error = {0};
        if (!good_end) rt_file_write(kept, b.at, b.n, &error);
        ck_assert_msg(good_end, "%s, seed %llu: %s %d; the file is %s", kind, (unsigned long long)seed,
                      WIFEXITED(status) ? "exit" : "signal", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status),
                      kept);
    }
    if (cases >= 100)
        ck_assert_msg((uint64_t)accepted < cases, "%s: %d of %llu were accepted: nothing is tested",
                      kind, accepted, (unsigned long long)cases);
}

static Bytes from_project(const char *path)
{
    char whole[300];
    snprintf(whole, sizeof whole, "%s/%s", project, path);
    return from_file(whole);
}

static const char *const seeds[] = {"graphs/mlp.lua", "tests/fuzz/everything.lua", "tests/fuzz/uses.lua"};

START_TEST(graph_files)
{
    const Bytes part = from_project("tests/fuzz/parts/net.lua");
    RtError error = {0};
    ck_assert(rt_folder_make("parts", &error));
    put("parts/net.lua", part.at, part.n);
    fuzz("graph", from_project(seeds[_i]), "case.lua", damage_text, read_graph, 300);
}
END_TEST

static int read_user_of_part(const char *part)
{
    (void)part;
    return read_graph("uses.lua");
}

START_TEST(parts_of_graph_files)
{
    const Bytes user = from_project("tests/fuzz/uses.lua");
    RtError error = {0};
    ck_assert(rt_folder_make("parts", &error));
    put("uses.lua", user.at, user.n);
    fuzz("part", from_project("tests/fuzz/parts/net.lua"), "parts/net.lua", damage_text, read_user_of_part, 400);
}
END_TEST

START_TEST(experiment_files)
{
    fuzz("experiments", from_project("tests/fuzz/experiments.lua"), "case.lua", damage_text, read_studies, 400);
}
END_TEST

START_TEST(idx_files) { fuzz("idx", good_idx(), "case-idx3-ubyte", damage_bytes, read_idx, 400); }
END_TEST

START_TEST(label_files) { fuzz("idx labels", good_labels(), "case-idx2-int", damage_bytes, read_idx, 400); }
END_TEST

START_TEST(npy_files)
{
    static const char *const kinds[] = {"npy", "npy labels", "npy floats"};
    fuzz(kinds[_i], good_npy(_i), "case.npy", damage_bytes, read_npy, 400);
}
END_TEST

START_TEST(png_files) { fuzz(_i ? "png alpha" : "png palette", good_png(_i), "case.png", damage_png, read_png, 400); }
END_TEST

START_TEST(gzip_files) { fuzz("gzip", good_gzip(), "zipped-idx3-ubyte.gz", damage_bytes, read_zipped, 400); }
END_TEST

START_TEST(tensor_files) { fuzz("tensors", good_tensors(), "case.safetensors", damage_bytes, read_tensors, 400); }
END_TEST

START_TEST(json_files) { fuzz("json", good_json(), "case.json", damage_bytes, read_json, 400); }
END_TEST

START_TEST(lines_of_c)
{
    const Bytes good = from_project("generated/mlp/mlp.json");
    fuzz("where", good, "case.json", _i ? damage_bytes : damage_text, read_where, 400);
}
END_TEST

START_TEST(dump_files) { fuzz("dump", good_dump(), "case.jsonl", damage_text, read_into_record, 300); }
END_TEST

START_TEST(record_files) { fuzz("record", good_record(), "case/record.sqlite", damage_pages, read_record, 300); }
END_TEST

START_TEST(lock_files)
{
    fuzz("lock", from_project("tests/fuzz/tuned.lock"), "case.lock", damage_text, read_lock, 400);
}
END_TEST

START_TEST(tables)
{
    static const struct { const char *kind, *path; int (*reader)(const char *); } kinds[] = {
        {"runs", "tests/fuzz/runs.csv", read_runs}, {"plan", "tests/fuzz/plan.csv", read_plan}};
    char path[300];
    snprintf(path, sizeof path, "%s/%s", project, kinds[_i].path);
    fuzz(kinds[_i].kind, from_file(path), "case.csv", damage_table, kinds[_i].reader, 400);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fuzz");
    TCase *tests = tcase_create("fuzz");
    tcase_set_timeout(tests, 0);
    tcase_add_checked_fixture(tests, enter_folder, leave_folder);
    tcase_add_loop_test(tests, graph_files, 0, (int)(sizeof seeds / sizeof *seeds));
    tcase_add_test(tests, parts_of_graph_files);
    tcase_add_test(tests, experiment_files);
    tcase_add_test(tests, idx_files);
    tcase_add_test(tests, label_files);
    tcase_add_loop_test(tests, npy_files, 0, 3);
    tcase_add_loop_test(tests, png_files, 0, 2);
    tcase_add_test(tests, gzip_files);
    tcase_add_test(tests, tensor_files);
    tcase_add_test(tests, json_files);
    tcase_add_loop_test(tests, lines_of_c, 0, 2);
    tcase_add_test(tests, dump_files);
    tcase_add_test(tests, record_files);
    tcase_add_test(tests, lock_files);
    tcase_add_loop_test(tests, tables, 0, 2);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
