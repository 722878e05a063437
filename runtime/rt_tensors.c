/* rt_tensors.c - safetensors files: weights, checkpoints, feeds.
 *
 *   8 bytes length of the header | header: JSON { name: { dtype, shape, data_offsets }, __metadata__: strings } | data
 *
 * A file may come from anywhere, so every claim of the header is checked before it is believed.  The arrays must cover
 * the data exactly, without gap or overlap, each with the bytes that its shape and type need. */
#include "rt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "files are little-endian, and arrays are read as they lie there");

enum { MAX_HEADER = 100 << 20 };       /* as in the reference implementation */

int64_t rt_array_count(const RtArray *array)
{
    int64_t count = 1;
    for (int i = 0; i < array->rank; i++) count *= array->dims[i];
    return count;
}

/* ---- reading ---- */

typedef struct Place { int64_t begin, end; int array; } Place;

typedef struct TensorFile {
    const char *path;
    int descriptor;
    int64_t size, data;
    RtSha256 *hash;                    /* of all that is read, which is the whole file in its order; or NULL */
    RtError *error;
} TensorFile;

static bool read_exactly(const TensorFile *reader, void *to, size_t n)
{
    char *at = to;
    while (n) {
        ssize_t got = read(reader->descriptor, at, n < (1u << 30) ? n : (1u << 30));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return rt_fail(reader->error, "%s: cannot read: %s", reader->path, strerror(errno));
        if (got == 0) return rt_fail(reader->error, "%s: shrinks while it is read", reader->path);
        if (reader->hash) rt_sha256_add(reader->hash, at, (size_t)got);
        at += got;
        n -= (size_t)got;
    }
    return true;
}

static bool is_size(const RtJsonNode *node)
{
    return node->kind == RT_JSON_NUMBER && node->is_integer && node->integer >= 0;
}

/* Reads one member of the header: type, shape, and the place that it claims. */
static bool read_entry(const TensorFile *reader, const RtJson *json, const RtJsonNode *node, RtArray *array,
                       Place *place)
{
    const char *path = reader->path, *name = node->key;
    const RtJsonNode *dtype = rt_json_get(json, node, "dtype"), *shape = rt_json_get(json, node, "shape"),
                     *offsets = rt_json_get(json, node, "data_offsets");
    if (!dtype || dtype->kind != RT_JSON_STRING || !shape || shape->kind != RT_JSON_ARRAY || !offsets ||
        offsets->kind != RT_JSON_ARRAY || offsets->n != 2)
        return rt_fail(reader->error, "%s: %.200s: expected dtype, shape and two data_offsets", path, name);
    RtType type;
    if (!rt_type_named(dtype->string, &type))
        return rt_fail(reader->error,
                       "%s: %.200s: dtype %.20s, against F64, F32, F16, BF16, I8 to I64, U8 to U64 or BOOL", path, name,
                       dtype->string);
    if (shape->n > RT_MAX_RANK)
        return rt_fail(reader->error, "%s: %.200s: %d dimensions, against %d at most", path, name, shape->n,
                       RT_MAX_RANK);
    *array = (RtArray){.name = name, .type = type, .rank = shape->n};
    int64_t bytes = (int64_t)rt_type_bytes(type);
    int i = 0;
    for (int at = shape->first; at; at = json->nodes[at].next, i++) {
        if (!is_size(&json->nodes[at]))
            return rt_fail(reader->error, "%s: %.200s: a dimension is not a whole number", path, name);
        array->dims[i] = json->nodes[at].integer;
        if (__builtin_mul_overflow(bytes, array->dims[i], &bytes))
            return rt_fail(reader->error, "%s: %.200s: the product of its dimensions overflows", path, name);
    }
    const RtJsonNode *begin = &json->nodes[offsets->first], *end = &json->nodes[begin->next];
    if (!is_size(begin) || !is_size(end) || begin->integer > end->integer)
        return rt_fail(reader->error, "%s: %.200s: data_offsets are not two ascending whole numbers", path, name);
    *place = (Place){begin->integer, end->integer, 0};
    if (end->integer > reader->data)
        return rt_fail(reader->error, "%s: %.200s: ends at byte %lld of the data, against %lld bytes that there are",
                       path, name, (long long)end->integer, (long long)reader->data);
    if (end->integer - begin->integer != bytes)
        return rt_fail(reader->error, "%s: %.200s: has %lld bytes, against %lld for its shape", path, name,
                       (long long)(end->integer - begin->integer), (long long)bytes);
    return true;
}

static bool read_metadata(const TensorFile *reader, const RtJson *json, const RtJsonNode *node, RtArrays *arrays)
{
    if (node->kind != RT_JSON_OBJECT) return rt_fail(reader->error, "%s: __metadata__ is not an object", reader->path);
    arrays->pairs = calloc((size_t)node->n + 1, sizeof *arrays->pairs);
    if (!arrays->pairs) return rt_fail(reader->error, "%s: out of memory", reader->path);
    for (int at = node->first; at; at = json->nodes[at].next) {
        if (json->nodes[at].kind != RT_JSON_STRING)
            return rt_fail(reader->error, "%s: __metadata__: %.200s is not a string", reader->path,
                           json->nodes[at].key);
        arrays->pairs[arrays->n_pairs++] = (RtPair){json->nodes[at].key, json->nodes[at].string};
    }
    return true;
}

static int by_place(const void *a, const void *b)
{
    const Place *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

/* Reads each array to a place of its own, since a file may put a float at an odd byte, but memory may not. */
static bool read_data(const TensorFile *reader, int n, const Place *places, RtArrays *arrays)
{
    enum { ALIGN = 64 };
    int64_t at = 0, total = ALIGN;
    for (int i = 0; i < n; i++) {
        const Place *place = &places[i];
        if (place->begin != at)
            return rt_fail(reader->error,
                           "%s: %.200s: begins at byte %lld of the data, against %lld where the one before it ends",
                           reader->path, arrays->arrays[place->array].name, (long long)place->begin, (long long)at);
        at = place->end;
        total += (place->end - place->begin + ALIGN - 1) / ALIGN * ALIGN;
    }
    if (at != reader->data)
        return rt_fail(reader->error, "%s: %lld bytes of data, against %lld that the header accounts for", reader->path,
                       (long long)reader->data, (long long)at);
    char *memory = aligned_alloc(ALIGN, (size_t)total);
    if (!memory) return rt_fail(reader->error, "%s: out of memory for %lld bytes", reader->path, (long long)total);
    arrays->bytes = memory;
    for (int i = 0; i < n; i++) {
        int64_t bytes = places[i].end - places[i].begin;
        arrays->arrays[places[i].array].data = memory;
        if (!read_exactly(reader, memory, (size_t)bytes)) return false;
        memory += (bytes + ALIGN - 1) / ALIGN * ALIGN;
    }
    return true;
}

static bool read_arrays(const TensorFile *reader, RtArrays *arrays)
{
    const RtJson *json = &arrays->header;
    const RtJsonNode *top = &json->nodes[0];
    if (top->kind != RT_JSON_OBJECT) return rt_fail(reader->error, "%s: the header is not an object", reader->path);
    arrays->arrays = calloc((size_t)top->n + 1, sizeof *arrays->arrays);
    Place *places = calloc((size_t)top->n + 1, sizeof *places);
    bool ok = (arrays->arrays && places) || rt_fail(reader->error, "%s: out of memory", reader->path);
    for (int at = top->first; ok && at; at = json->nodes[at].next) {
        if (strcmp(json->nodes[at].key, "__metadata__") == 0) {
            ok = read_metadata(reader, json, &json->nodes[at], arrays);
        } else {
            int i = arrays->n;
            ok = read_entry(reader, json, &json->nodes[at], &arrays->arrays[i], &places[i]);
            places[i].array = i;
            arrays->n += ok;
        }
    }
    if (ok) qsort(places, (size_t)arrays->n, sizeof *places, by_place);
    ok = ok && read_data(reader, arrays->n, places, arrays);
    free(places);
    return ok;
}

static bool read_open(TensorFile *reader, RtArrays *arrays)
{
    struct stat about;
    uint8_t length[8];
    if (fstat(reader->descriptor, &about) != 0 || !S_ISREG(about.st_mode))
        return rt_fail(reader->error, "%s: not a file", reader->path);
    reader->size = about.st_size;
    if (reader->size < 10)
        return rt_fail(reader->error, "%s: %lld bytes, against at least 10 of a safetensors file", reader->path,
                       (long long)reader->size);
    if (!read_exactly(reader, length, 8)) return false;
    uint64_t n = 0;
    for (int i = 7; i >= 0; i--) n = n << 8 | length[i];
    if (n > (uint64_t)reader->size - 8 || n > MAX_HEADER)
        return rt_fail(reader->error, "%s: a header of %llu bytes, against %lld left in the file%s", reader->path,
                       (unsigned long long)n, (long long)reader->size - 8, n > MAX_HEADER ? " and 100 MB at most" : "");
    reader->data = reader->size - 8 - (int64_t)n;
    char *text = malloc(n + 1);
    bool ok = text || rt_fail(reader->error, "%s: out of memory for %llu bytes", reader->path, (unsigned long long)n);
    ok = ok && read_exactly(reader, text, n) && rt_json_parse(text, n, reader->path, &arrays->header, reader->error);
    free(text);
    return ok && read_arrays(reader, arrays);
}

static bool read_file(const char *path, RtArrays *arrays, RtSha256 *hash, RtError *error)
{
    *arrays = (RtArrays){0};
    TensorFile reader = {
        .path = path, .descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), .hash = hash, .error = error};
    if (reader.descriptor < 0) return rt_fail(error, "%s: cannot open: %s", path, strerror(errno));
    bool ok = read_open(&reader, arrays);
    close(reader.descriptor);
    if (!ok) rt_tensors_free(arrays);
    return ok;
}

bool rt_tensors_read(const char *path, RtArrays *arrays, RtError *error)
{
    return read_file(path, arrays, NULL, error);
}

bool rt_tensors_read_hashed(const char *path, RtArrays *arrays, char sha256[65], RtError *error)
{
    RtSha256 hash;
    rt_sha256_begin(&hash);
    const bool ok = read_file(path, arrays, &hash, error);
    rt_sha256_end(&hash, sha256);
    return ok;
}

void rt_tensors_free(RtArrays *arrays)
{
    free(arrays->arrays);
    free(arrays->pairs);
    free(arrays->bytes);
    rt_json_free(&arrays->header);
    *arrays = (RtArrays){0};
}

const RtArray *rt_tensors_find(const RtArrays *arrays, const char *name)
{
    for (int i = 0; i < arrays->n; i++)
        if (strcmp(arrays->arrays[i].name, name) == 0) return &arrays->arrays[i];
    return NULL;
}

const char *rt_tensors_pair(const RtArrays *arrays, const char *key)
{
    for (int i = 0; i < arrays->n_pairs; i++)
        if (strcmp(arrays->pairs[i].key, key) == 0) return arrays->pairs[i].value;
    return NULL;
}

/* ---- writing ---- */

static void write_header(RtText *text, int n, const RtArray *arrays, int n_pairs, const RtPair *pairs)
{
    RtJsonWriter json = {0};
    int64_t at = 0;
    rt_json_open(&json, NULL, '{');
    if (n_pairs) {
        rt_json_open(&json, "__metadata__", '{');
        for (int i = 0; i < n_pairs; i++) rt_json_string(&json, pairs[i].key, pairs[i].value);
        rt_json_close(&json, '}');
    }
    for (int i = 0; i < n; i++) {
        int64_t bytes = rt_array_count(&arrays[i]) * (int64_t)rt_type_bytes(arrays[i].type);
        RtJsonWriter inner = {.depth = 8};   /* all on one line */
        rt_json_open(&inner, NULL, '{');
        rt_json_string(&inner, "dtype", rt_type_name(arrays[i].type));
        rt_json_open(&inner, "shape", '[');
        for (int d = 0; d < arrays[i].rank; d++) rt_json_integer(&inner, NULL, arrays[i].dims[d]);
        rt_json_close(&inner, ']');
        rt_json_open(&inner, "data_offsets", '[');
        rt_json_integer(&inner, NULL, at);
        rt_json_integer(&inner, NULL, at + bytes);
        rt_json_close(&inner, ']');
        rt_json_close(&inner, '}');
        if (inner.text.failed) json.text.failed = true;
        else rt_json_raw(&json, arrays[i].name, inner.text.data);
        rt_text_free(&inner.text);
        at += bytes;
    }
    rt_json_close(&json, '}');
    *text = json.text;
    if (text->length % 8) rt_text_add(text, "%*s", (int)(8 - text->length % 8), "");   /* aligns the data */
}

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static bool names_differ(const char *path, int n, const RtArray *arrays, RtError *error)
{
    const char **names = malloc(((size_t)n + 1) * sizeof *names);
    if (!names) return rt_fail(error, "%s: out of memory", path);
    bool ok = true;
    for (int i = 0; i < n; i++) names[i] = arrays[i].name;
    qsort(names, (size_t)n, sizeof *names, by_name);
    for (int i = 1; i < n && ok; i++)
        if (strcmp(names[i - 1], names[i]) == 0)
            ok = rt_fail(error, "%s: two arrays are called %.200s", path, names[i]);
    free(names);
    return ok;
}

bool rt_tensors_write(const char *path, int n, const RtArray *arrays, int n_pairs, const RtPair *pairs, RtError *error)
{
    RtText header;
    RtFile file;
    uint8_t length[8];
    if (!names_differ(path, n, arrays, error)) return false;
    write_header(&header, n, arrays, n_pairs, pairs);
    bool ok = !header.failed || rt_fail(error, "%s: out of memory", path);
    for (int i = 0; i < 8; i++) length[i] = (uint8_t)((uint64_t)header.length >> (8 * i));
    ok = ok && rt_file_begin(&file, path, error) && rt_file_add(&file, length, 8, error) &&
         rt_file_add(&file, header.data, header.length, error);
    for (int i = 0; i < n && ok; i++)
        ok = rt_file_add(&file, arrays[i].data, (size_t)rt_array_count(&arrays[i]) * rt_type_bytes(arrays[i].type),
                         error);
    ok = ok && rt_file_commit(&file, error);
    rt_text_free(&header);
    return ok;
}
