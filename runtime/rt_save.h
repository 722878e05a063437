/* rt_save.h - a run as the bytes of a safetensors file, for code that has no files, no memory of its own and no
 * library.
 *
 * A save holds parameters and states by name, the optimizer's moments as moment1/NAME and moment2/NAME, averages as
 * average/NAME, and the position of the run as metadata: what checkpoint.safetensors has.  A file that is read comes
 * from outside.  Nothing of the run changes before all of the file has been checked. */
#ifndef RT_SAVE_H
#define RT_SAVE_H

#include <string.h>

#include "rt_exact.h"
#include "rt_random.h"
#include "rt_types.h"

#if defined __BYTE_ORDER__ && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the floats of a save have their low byte first, as this machine's do not"
#endif

/* Where a run is in its schedule. */
typedef struct RtPosition { int64_t step, steps, steps_per_epoch, skipped; uint64_t seed; } RtPosition;

/* The tensors of a run.  values: the floats of the parameters, of the states, and n_moments arrays like the parameters
 * that are not frozen, the last of which is the average, of all parameters, where there is one.  It may be the
 * parameters themselves: averages that a file has then take their place. */
typedef struct RtSaved {
    const char *graph_hash;
    int n_parameters, n_states, n_moments;
    bool average;
    const RtTensor *parameters, *states;
    int64_t floats;                    /* of all parameters that are not frozen */
    float *values, *state_values, *moment_values;
} RtSaved;

typedef enum RtLoaded { RT_LOADED, RT_LOADED_NOT_FINITE, RT_LOADED_BAD_FILE, RT_LOADED_OTHER_MODEL } RtLoaded;

/* One of the tensors of a save; prefix: what stands before its name; values NULL: moments of what is frozen, which no
 * save has. */
typedef struct RtSavedTensor { const char *prefix; const RtTensor *tensor; float *values; } RtSavedTensor;

static inline int rt_saved_count(const RtSaved *s) { return s->n_parameters * (1 + s->n_moments) + s->n_states; }

static inline RtSavedTensor rt_saved_tensor(const RtSaved *s, int i)
{
    static const char *const prefixes[] = {"moment1/", "moment2/", "moment3/"};
    if (i < s->n_parameters) return (RtSavedTensor){"", &s->parameters[i], s->values + s->parameters[i].offset};
    i -= s->n_parameters;
    if (i < s->n_states) return (RtSavedTensor){"", &s->states[i], s->state_values + s->states[i].offset};
    i -= s->n_states;
    const int moment = i / s->n_parameters, number = i % s->n_parameters;
    const RtTensor *tensor = &s->parameters[number];
    float *values = s->moment_values + moment * s->floats;
    if (s->average && moment == s->n_moments - 1) return (RtSavedTensor){"average/", tensor, values + tensor->offset};
    return (RtSavedTensor){prefixes[moment], tensor,
                           rt_is_frozen(tensor) ? NULL : values + rt_trained_floats(number, s->parameters)};
}

/* ---- writing ---------------------------------------------------------------------------------------------------- */

/* Bytes on their way; to: NULL, they are only counted. */
typedef struct RtSink { unsigned char *to; size_t n; } RtSink;

static inline void rt_sink_bytes(RtSink *sink, const void *bytes, size_t n)
{
    if (sink->to) memcpy(sink->to + sink->n, bytes, n);
    sink->n += n;
}

static inline void rt_sink_text(RtSink *sink, const char *text)
{
    for (; *text; text++) rt_sink_bytes(sink, text, 1);
}

static inline void rt_sink_number(RtSink *sink, uint64_t number)
{
    char digits[20];
    int n = 0;
    do digits[n++] = (char)('0' + number % 10);
    while (number /= 10);
    while (n) rt_sink_bytes(sink, &digits[--n], 1);
}

static inline void rt_sink_position(RtSink *sink, const char *key, uint64_t number)
{
    rt_sink_text(sink, ",\"");
    rt_sink_text(sink, key);
    rt_sink_text(sink, "\":\"");
    rt_sink_number(sink, number);
    rt_sink_text(sink, "\"");
}

static inline void rt_save_header(RtSink *sink, const RtSaved *s, const RtPosition *at)
{
    uint64_t offset = 0;
    rt_sink_text(sink, "{\"__metadata__\":{\"format\":\"pt\",\"graph_hash\":\"");
    rt_sink_text(sink, s->graph_hash);
    rt_sink_text(sink, "\"");
    rt_sink_position(sink, "step", (uint64_t)at->step);
    /* as a step counts them: one at least, and no epoch ends where it has no steps */
    rt_sink_position(sink, "steps", at->steps < 1 ? 1 : (uint64_t)at->steps);
    rt_sink_position(sink, "steps_per_epoch", at->steps_per_epoch < 1 ? INT64_MAX : (uint64_t)at->steps_per_epoch);
    rt_sink_position(sink, "skipped", (uint64_t)at->skipped);
    rt_sink_position(sink, "seed", at->seed);
    rt_sink_text(sink, "}");
    for (int i = 0; i < rt_saved_count(s); i++) {
        const RtSavedTensor saved = rt_saved_tensor(s, i);
        const uint64_t bytes = (uint64_t)saved.tensor->count * sizeof(float);
        if (!saved.values) continue;
        rt_sink_text(sink, ",\"");
        rt_sink_text(sink, saved.prefix);
        rt_sink_text(sink, saved.tensor->name);   /* letters, digits, _, . and - */
        rt_sink_text(sink, "\":{\"dtype\":\"F32\",\"shape\":[");
        for (int d = 0; d < saved.tensor->rank; d++) {
            if (d) rt_sink_text(sink, ",");
            rt_sink_number(sink, (uint64_t)saved.tensor->dims[d]);
        }
        rt_sink_text(sink, "],\"data_offsets\":[");
        rt_sink_number(sink, offset);
        rt_sink_text(sink, ",");
        rt_sink_number(sink, offset + bytes);
        rt_sink_text(sink, "]}");
        offset += bytes;
    }
    rt_sink_text(sink, "}");
    while (sink->n % 8) rt_sink_text(sink, " ");       /* aligns the data */
}

/* The bytes that a save has; writes them where they fit into `room`.  to: NULL asks for their number. */
static inline size_t rt_save_write(const RtSaved *s, const RtPosition *at, void *to, size_t room)
{
    RtSink header = {0}, sink = {0};
    rt_save_header(&header, s, at);
    size_t bytes = 8 + header.n;
    for (int i = 0; i < rt_saved_count(s); i++) {
        const RtSavedTensor saved = rt_saved_tensor(s, i);
        if (saved.values) bytes += (size_t)saved.tensor->count * sizeof(float);
    }
    if (!to || bytes > room) return bytes;
    sink.to = to;
    for (int i = 0; i < 8; i++) {
        const unsigned char byte = (unsigned char)((uint64_t)header.n >> (8 * i));
        rt_sink_bytes(&sink, &byte, 1);
    }
    rt_save_header(&sink, s, at);
    for (int i = 0; i < rt_saved_count(s); i++) {
        const RtSavedTensor saved = rt_saved_tensor(s, i);
        if (saved.values) rt_sink_bytes(&sink, saved.values, (size_t)saved.tensor->count * sizeof(float));
    }
    return bytes;
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

/* The rest of a header, or of a string in it between its quotes. */
typedef struct RtScan { const unsigned char *at, *end; } RtScan;

static inline void rt_scan_blanks(RtScan *scan)
{
    while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r'))
        scan->at++;
}

static inline bool rt_scan_is(RtScan *scan, char c)       /* steps over it where it comes next */
{
    rt_scan_blanks(scan);
    if (scan->at == scan->end || *scan->at != (unsigned char)c) return false;
    scan->at++;
    return true;
}

/* The value of a hexadecimal digit; 16: it is none. */
static inline unsigned rt_hex_digit(unsigned char c)
{
    if (c >= '0' && c <= '9') return c - (unsigned)'0';
    if (c >= 'a' && c <= 'f') return c - (unsigned)'a' + 10;
    return c >= 'A' && c <= 'F' ? c - (unsigned)'A' + 10 : 16;
}

/* Steps over a character of a string, or an escape; its code, 256 for one outside Latin 1 and for a byte of a longer
 * character.  -1: neither. */
static inline int rt_scan_character(RtScan *scan)
{
    static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    unsigned code = 0;
    if (scan->at == scan->end || *scan->at < 32) return -1;
    const unsigned char c = *scan->at++;
    if (c != '\\') return c < 128 ? c : 256;
    if (scan->at == scan->end) return -1;
    const unsigned char escape = *scan->at++;
    for (int i = 0; escapes[i]; i++)
        if (escape == (unsigned char)escapes[i]) return meant[i];
    if (escape != 'u' || scan->end - scan->at < 4) return -1;
    for (int i = 0; i < 4; i++) {
        const unsigned digit = rt_hex_digit(*scan->at++);
        if (digit > 15) return -1;
        code = code * 16 + digit;
    }
    return code < 256 ? (int)code : 256;
}

static inline bool rt_scan_string(RtScan *scan, RtScan *string)
{
    if (!rt_scan_is(scan, '"')) return false;
    string->at = scan->at;
    while (scan->at < scan->end && *scan->at != '"')
        if (rt_scan_character(scan) < 0) return false;
    string->end = scan->at;
    return rt_scan_is(scan, '"');
}

static inline bool rt_text_is(RtScan string, const char *prefix, const char *text)
{
    for (; *prefix; prefix++)
        if (string.at == string.end || rt_scan_character(&string) != *prefix) return false;
    for (; *text; text++)
        if (string.at == string.end || rt_scan_character(&string) != *text) return false;
    return string.at == string.end;
}

/* Digits, without a leading zero, of a number that fits. */
static inline bool rt_scan_digits(RtScan *scan, uint64_t *number)
{
    const unsigned char *first = scan->at;
    for (*number = 0; scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9'; scan->at++) {
        const uint64_t digit = *scan->at - (uint64_t)'0';
        if (*number > (UINT64_MAX - digit) / 10) return false;
        *number = *number * 10 + digit;
    }
    return scan->at > first && (*first != '0' || scan->at == first + 1);
}

static inline bool rt_scan_number(RtScan *scan, uint64_t *number)
{
    rt_scan_blanks(scan);
    return rt_scan_digits(scan, number);
}

/* [3, 4]: how many there are, of which the first `most` are kept. */
static inline bool rt_scan_numbers(RtScan *scan, int most, uint64_t *numbers, int *n)
{
    *n = 0;
    if (!rt_scan_is(scan, '[')) return false;
    if (rt_scan_is(scan, ']')) return true;
    do {
        uint64_t number;
        if (!rt_scan_number(scan, &number) || *n == 64) return false;
        if (*n < most) numbers[*n] = number;
        ++*n;
    } while (rt_scan_is(scan, ','));
    return rt_scan_is(scan, ']');
}

/* The values of metadata are strings, those of a position strings of digits. */
static inline bool rt_scan_metadata(RtScan *scan, RtPosition *at, bool *has_step, bool *good)
{
    if (!rt_scan_is(scan, '{')) return false;
    if (rt_scan_is(scan, '}')) return true;
    do {
        RtScan key, value;
        uint64_t number;
        if (!rt_scan_string(scan, &key) || !rt_scan_is(scan, ':') || !rt_scan_string(scan, &value)) return false;
        int64_t *const to = rt_text_is(key, "", "step")              ? &at->step
                            : rt_text_is(key, "", "steps")           ? &at->steps
                            : rt_text_is(key, "", "steps_per_epoch") ? &at->steps_per_epoch
                            : rt_text_is(key, "", "skipped")         ? &at->skipped : NULL;
        const bool seed = rt_text_is(key, "", "seed");
        const uint64_t least = to == &at->steps || to == &at->steps_per_epoch;
        const uint64_t most = seed ? UINT64_MAX : to == &at->step ? INT64_MAX / 2 : INT64_MAX;   /* steps go on */
        if (!to && !seed) continue;
        if (!rt_scan_digits(&value, &number) || value.at != value.end || number < least || number > most)
            *good = false;
        else if (seed) at->seed = number;
        else *to = (int64_t)number;
        *has_step = *has_step || to == &at->step;
    } while (rt_scan_is(scan, ','));
    return rt_scan_is(scan, '}');
}

/* A tensor of a file, of at most RT_MAX_RANK axes that are kept; its data are the bytes first .. last - 1. */
typedef struct RtEntered { RtScan type; int rank; uint64_t dims[RT_MAX_RANK], first, last; } RtEntered;

/* The bytes of a number of the type; 0: there is no such type. */
static inline uint64_t rt_scan_type_bytes(RtScan type)
{
    static const char *const names[] = {"BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2", "U16", "I16", "F16", "BF16",
                                        "U32", "I32", "F32", "U64", "I64", "F64"};
    static const unsigned char bytes[] = {1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 8, 8, 8};
    for (size_t i = 0; i < sizeof bytes; i++)
        if (rt_text_is(type, "", names[i])) return bytes[i];
    return 0;
}

static inline bool rt_scan_tensor(RtScan *scan, uint64_t room, RtEntered *tensor)
{
    uint64_t ends[2] = {0};
    bool shape = false, offsets = false, type = false;
    int n;
    if (!rt_scan_is(scan, '{')) return false;
    do {
        RtScan key;
        if (!rt_scan_string(scan, &key) || !rt_scan_is(scan, ':')) return false;
        bool *const seen = rt_text_is(key, "", "dtype")          ? &type
                           : rt_text_is(key, "", "shape")        ? &shape
                           : rt_text_is(key, "", "data_offsets") ? &offsets : NULL;
        if (!seen || *seen) return false;
        *seen = true;
        if (seen == &type && !rt_scan_string(scan, &tensor->type)) return false;
        if (seen == &shape && !rt_scan_numbers(scan, RT_MAX_RANK, tensor->dims, &tensor->rank)) return false;
        if (seen == &offsets && (!rt_scan_numbers(scan, 2, ends, &n) || n != 2)) return false;
    } while (rt_scan_is(scan, ','));
    if (!rt_scan_is(scan, '}') || !type || !shape || !offsets || ends[0] > ends[1] || ends[1] > room) return false;
    tensor->first = ends[0], tensor->last = ends[1];
    uint64_t bytes = rt_scan_type_bytes(tensor->type);
    if (!bytes) return false;
    for (int d = 0; d < tensor->rank; d++) {
        const uint64_t size = d < RT_MAX_RANK ? tensor->dims[d] : 1;
        if (size && bytes > UINT64_MAX / size) return false;
        bytes *= size;
    }
    return tensor->rank > RT_MAX_RANK || bytes == ends[1] - ends[0];
}

/* The tensor of the run that a file calls so; its number, or -1. */
static inline int rt_saved_named(const RtSaved *s, RtScan name)
{
    for (int i = 0; i < rt_saved_count(s); i++) {
        const RtSavedTensor saved = rt_saved_tensor(s, i);
        if (saved.values && rt_text_is(name, saved.prefix, saved.tensor->name)) return i;
    }
    return -1;
}

static inline bool rt_saved_like(const RtTensor *tensor, const RtEntered *entered)
{
    bool same = rt_text_is(entered->type, "", "F32") && entered->rank == tensor->rank;
    for (int d = 0; d < tensor->rank && same; d++) same = entered->dims[d] == (uint64_t)tensor->dims[d];
    return same;
}

/* How many of the tensors from .. to - 1 were found. */
static inline int rt_found(const size_t *found, int from, int to)
{
    int n = 0;
    for (int i = from; i < to; i++) n += found[i] != 0;
    return n;
}

static inline bool rt_saved_finite(const unsigned char *data, int64_t n)
{
    for (int64_t i = 0; i < n; i++, data += sizeof(float)) {
        uint32_t bits;
        memcpy(&bits, data, sizeof bits);
        if ((bits & 0x7f800000u) == 0x7f800000u) return false;
    }
    return true;
}

/* Reads n bytes of a file: the weights alone, or a whole save, with moments and position, which go together.  Averages
 * that are not there become the weights.  found: room for a number for each tensor of a save. */
static inline RtLoaded rt_save_read(const RtSaved *s, RtPosition *at, const void *bytes, size_t n, size_t *found)
{
    const unsigned char *file = (const unsigned char *)bytes;
    const int count = rt_saved_count(s), weights = s->n_parameters + s->n_states;
    const int moments = s->n_parameters * (s->n_moments - s->average);
    int needed = 0;                                            /* moments of what is not frozen */
    RtPosition position = *at;
    bool has_step = false, good_position = true, other = false;
    uint64_t length = 0, ends = 0;
    if (!bytes || n < 8) return RT_LOADED_BAD_FILE;
    for (int i = 0; i < 8; i++) length |= (uint64_t)file[i] << (8 * i);
    if (length > n - 8) return RT_LOADED_BAD_FILE;
    const uint64_t room = n - 8 - length;
    RtScan scan = {file + 8, file + 8 + length};
    for (int i = 0; i < count; i++) found[i] = 0;
    if (!rt_scan_is(&scan, '{')) return RT_LOADED_BAD_FILE;
    if (!rt_scan_is(&scan, '}')) {
        do {
            RtScan name;
            RtEntered entered = {.rank = 0};
            if (!rt_scan_string(&scan, &name) || !rt_scan_is(&scan, ':')) return RT_LOADED_BAD_FILE;
            if (rt_text_is(name, "", "__metadata__")) {
                if (!rt_scan_metadata(&scan, &position, &has_step, &good_position)) return RT_LOADED_BAD_FILE;
                continue;
            }
            if (!rt_scan_tensor(&scan, room, &entered)) return RT_LOADED_BAD_FILE;
            ends += rt_mix(entered.last) - rt_mix(entered.first);
            const int i = rt_saved_named(s, name);
            if (i < 0) continue;
            if (found[i]) return RT_LOADED_BAD_FILE;
            found[i] = (size_t)entered.first + 1;
            other = other || !rt_saved_like(rt_saved_tensor(s, i).tensor, &entered);
        } while (rt_scan_is(&scan, ','));
        if (!rt_scan_is(&scan, '}')) return RT_LOADED_BAD_FILE;
    }
    rt_scan_blanks(&scan);
    /* one tensor begins where another ends, whatever their order, so that all but the two ends of the data cancel */
    if (scan.at != scan.end || ends != rt_mix(room) - rt_mix(0)) return RT_LOADED_BAD_FILE;
    for (int i = weights; i < weights + moments; i++) needed += rt_saved_tensor(s, i).values != NULL;
    const int n_moments = rt_found(found, weights, weights + moments);
    const int n_average = rt_found(found, weights + moments, count);
    const bool whole = n_moments == needed && has_step;
    if (whole && (!good_position || position.skipped > position.step)) return RT_LOADED_BAD_FILE;
    if (other || rt_found(found, 0, weights) != weights || (n_moments && n_moments != needed) ||
        (n_average && n_average != count - weights - moments))
        return RT_LOADED_OTHER_MODEL;
    const unsigned char *data = file + 8 + length - 1;         /* found[] counts from 1 */
    for (int i = 0; i < count; i++)
        if (found[i] && !rt_saved_finite(data + found[i], rt_saved_tensor(s, i).tensor->count))
            return RT_LOADED_NOT_FINITE;
    for (int i = 0; i < count; i++) {
        const RtSavedTensor saved = rt_saved_tensor(s, i);
        const size_t size = (size_t)saved.tensor->count * sizeof(float);
        const bool moment = i >= weights && i < weights + moments;
        if (found[i] && (whole || !moment)) memcpy(saved.values, data + found[i], size);
        else if (i >= weights + moments && saved.values != s->values + saved.tensor->offset)
            memcpy(saved.values, s->values + saved.tensor->offset, size);
    }
    if (whole) *at = position;
    return RT_LOADED;
}

#endif
