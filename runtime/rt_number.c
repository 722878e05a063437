/* rt_number.c - numbers of every type that files hold: sizes and names of types; conversion to doubles, floats and
 * whole numbers. */
#include "rt.h"

#include <math.h>
#include <string.h>

typedef struct TypeInfo { const char *name; size_t bytes; } TypeInfo;

static const TypeInfo TYPES[] = {
    [RT_F32] = {"F32", 4},  [RT_I32] = {"I32", 4},   [RT_U8] = {"U8", 1},   [RT_I64] = {"I64", 8},
    [RT_F64] = {"F64", 8},  [RT_BOOL] = {"BOOL", 1}, [RT_I8] = {"I8", 1},   [RT_I16] = {"I16", 2},
    [RT_U16] = {"U16", 2},  [RT_U32] = {"U32", 4},   [RT_U64] = {"U64", 8}, [RT_F16] = {"F16", 2},
    [RT_BF16] = {"BF16", 2}};
enum { N_TYPES = sizeof TYPES / sizeof *TYPES };

size_t rt_type_bytes(RtType type) { return TYPES[type].bytes; }
const char *rt_type_name(RtType type) { return TYPES[type].name; }

bool rt_type_named(const char *name, RtType *type)
{
    for (int i = 0; i < N_TYPES; i++)
        if (strcmp(TYPES[i].name, name) == 0) {
            *type = (RtType)i;
            return true;
        }
    return false;
}

bool rt_type_is_whole(RtType type) { return type != RT_F32 && type != RT_F64 && type != RT_F16 && type != RT_BF16; }

/* IEEE 754 binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. */
static double half(uint16_t bits)
{
    const int exponent = bits >> 10 & 31, fraction = bits & 1023;
    double value = exponent ? ldexp(1024 + fraction, exponent - 25) : ldexp(fraction, -24);
    if (exponent == 31) value = fraction ? (double)NAN : (double)INFINITY;
    return bits >> 15 ? -value : value;
}

double rt_number(RtType type, const void *array, int64_t i)
{
    float wide;
    switch (type) {
    case RT_F32: return ((const float *)array)[i];
    case RT_F64: return ((const double *)array)[i];
    case RT_F16: return half(((const uint16_t *)array)[i]);
    case RT_BF16: {
        /* a bfloat16 is the upper half of a float */
        const uint32_t bits = (uint32_t)((const uint16_t *)array)[i] << 16;
        memcpy(&wide, &bits, sizeof wide);
        return wide;
    }
    case RT_BOOL: return ((const uint8_t *)array)[i] != 0;
    case RT_U8: return ((const uint8_t *)array)[i];
    case RT_U16: return ((const uint16_t *)array)[i];
    case RT_U32: return ((const uint32_t *)array)[i];
    case RT_U64: return (double)((const uint64_t *)array)[i];
    case RT_I8: return ((const int8_t *)array)[i];
    case RT_I16: return ((const int16_t *)array)[i];
    case RT_I32: return ((const int32_t *)array)[i];
    case RT_I64: return (double)((const int64_t *)array)[i];
    }
    return (double)NAN;
}

bool rt_number_float(RtType type, const void *array, int64_t i, float *to)
{
    const double value = rt_number(type, array, i);
    *to = (float)value;
    return isfinite(*to) || !isfinite(value);
}

bool rt_number_whole(RtType type, const void *array, int64_t i, int64_t most, int64_t *to)
{
    const double value = rt_number(type, array, i);
    /* most is far below 2^53, up to which doubles are exact */
    if (!(value >= 0 && value <= (double)most)) return false;
    *to = (int64_t)value;
    return (double)*to == value;
}

void rt_number_text(char text[32], RtType type, const void *array, int64_t i)
{
    if (type == RT_U64) snprintf(text, 32, "%llu", (unsigned long long)((const uint64_t *)array)[i]);
    else if (type == RT_I64) snprintf(text, 32, "%lld", (long long)((const int64_t *)array)[i]);
    else snprintf(text, 32, rt_type_is_whole(type) ? "%.0f" : "%.9g", rt_number(type, array, i));
}

void rt_numbers_swap(RtType type, void *array, int64_t n)
{
    const size_t bytes = TYPES[type].bytes;
    uint8_t *at = array;
    for (int64_t i = 0; i < n; i++, at += bytes)
        for (size_t k = 0; k < bytes / 2; k++) {
            const uint8_t kept = at[k];
            at[k] = at[bytes - 1 - k];
            at[bytes - 1 - k] = kept;
        }
}
