/* web_library.c - the few functions of C's library that a page needs, and what stands for files there. */
#include "rt.h"

/* ---- memory ---- */

extern unsigned char __heap_base;
static uintptr_t taken;                        /* the first address that is free; 0 before the first call */

enum { ALIGNED = 64, PAGE = 65536 };

void *malloc(size_t n)
{
    if (!taken) taken = (uintptr_t)&__heap_base;
    const uintptr_t start = (taken + ALIGNED - 1) / ALIGNED * ALIGNED;
    uintptr_t end;
    if (start < taken || __builtin_add_overflow(start, n, &end)) return NULL;
    const size_t pages = __builtin_wasm_memory_size(0), wanted = end / PAGE + (end % PAGE > 0);
    if (wanted > pages && __builtin_wasm_memory_grow(0, wanted - pages) == SIZE_MAX) return NULL;
    taken = end;
    return (void *)start;
}

void *aligned_alloc(size_t alignment, size_t n) { return alignment <= ALIGNED ? malloc(n) : NULL; }

void *calloc(size_t count, size_t bytes)
{
    size_t n;
    void *memory = __builtin_mul_overflow(count, bytes, &n) ? NULL : malloc(n);
    return memory ? memset(memory, 0, n) : NULL;
}

/* The size of the old memory is not known: what lies behind it is copied too, as far as the new one reaches. */
void *realloc(void *old, size_t n)
{
    char *memory = malloc(n);
    if (memory && old) memmove(memory, old, n < (size_t)(memory - (char *)old) ? n : (size_t)(memory - (char *)old));
    return memory;
}

void free(void *memory) { (void)memory; }
void *web_mark(void) { return malloc(0); }
void web_release(void *mark) { taken = (uintptr_t)mark; }

void *memcpy(void *restrict to, const void *restrict from, size_t n) { return __builtin_memcpy(to, from, n); }
void *memmove(void *to, const void *from, size_t n) { return __builtin_memmove(to, from, n); }
void *memset(void *to, int byte, size_t n) { return __builtin_memset(to, byte, n); }

int memcmp(const void *a, const void *b, size_t n)
{
    const unsigned char *x = a, *y = b;
    for (; n; n--, x++, y++)
        if (*x != *y) return *x - *y;
    return 0;
}

/* ---- text ---- */

size_t strlen(const char *text)
{
    size_t n = 0;
    while (text[n]) n++;
    return n;
}

size_t strspn(const char *text, const char *of)
{
    size_t n = 0;
    while (text[n] && strchr(of, text[n])) n++;
    return n;
}

char *strchr(const char *text, int c)
{
    for (;; text++) {
        if (*text == (char)c) return (char *)(uintptr_t)text;
        if (!*text) return NULL;
    }
}

char *strcpy(char *restrict to, const char *restrict from) { return memcpy(to, from, strlen(from) + 1); }

int strncmp(const char *a, const char *b, size_t n)
{
    for (; n && *a && *a == *b; n--) a++, b++;
    return n ? (unsigned char)*a - (unsigned char)*b : 0;
}

int strcmp(const char *a, const char *b) { return strncmp(a, b, SIZE_MAX); }

/* Insertion: what is sorted are the ten classes of the digits. */
void qsort(void *array, size_t n, size_t bytes, int (*compare)(const void *, const void *))
{
    for (size_t i = 1; i < n; i++)
        for (char *at = (char *)array + i * bytes; at > (char *)array && compare(at - bytes, at) > 0; at -= bytes)
            for (size_t k = 0; k < bytes; k++) {
                const char kept = at[k];
                at[k] = at[k - bytes];
                at[k - bytes] = kept;
            }
}

typedef struct Out { char *to; size_t room, n; } Out;

static void put(Out *out, char c)
{
    if (out->n + 1 < out->room) out->to[out->n] = c;
    out->n++;
}

static void put_number(Out *out, uint64_t number, unsigned base, int width)
{
    char digits[24];
    int n = 0;
    do digits[n++] = "0123456789abcdef"[number % base];
    while (number /= base);
    while (n < width) digits[n++] = '0';
    while (n) put(out, digits[--n]);
}

int vsnprintf(char *restrict to, size_t room, const char *restrict format, va_list arguments)
{
    Out out = {to, room, 0};
    for (; *format; format++) {
        if (*format != '%') {
            put(&out, *format);
            continue;
        }
        int longs = 0, width = 0, precision = -1;
        for (format++; *format == '0'; format++) { }
        for (; *format >= '0' && *format <= '9'; format++) width = 10 * width + (*format - '0');
        for (; *format == '.' || *format == '*' || *format == 'l' || *format == 'z'; format++) {
            longs += *format == 'l';
            if (*format == '*') precision = va_arg(arguments, int);
        }
        switch (*format) {
        case 's': {
            const char *text = va_arg(arguments, const char *);
            for (int i = 0; text[i] && i != precision; i++) put(&out, text[i]);
            break;
        }
        case 'c': put(&out, (char)va_arg(arguments, int)); break;
        case 'd': {
            const int64_t number = longs == 2 ? va_arg(arguments, int64_t) : va_arg(arguments, int);
            if (number < 0) put(&out, '-');
            put_number(&out, number < 0 ? 0 - (uint64_t)number : (uint64_t)number, 10, width);
            break;
        }
        case 'g': {                                     /* in a message: its whole part and two digits */
            const double number = va_arg(arguments, double), size = number < 0 ? -number : number;
            if (number < 0) put(&out, '-');
            put_number(&out, (uint64_t)size, 10, 0);
            put(&out, '.');
            put_number(&out, (uint64_t)((size - (double)(uint64_t)size) * 100), 10, 2);
            break;
        }
        case 'u':
        case 'x':
            put_number(&out, longs == 2 ? va_arg(arguments, uint64_t) : va_arg(arguments, unsigned),
                       *format == 'x' ? 16 : 10, width);
            break;
        default: put(&out, *format);
        }
    }
    if (room) to[out.n < room ? out.n : room - 1] = 0;
    return (int)out.n;
}

int snprintf(char *restrict to, size_t room, const char *restrict format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int n = vsnprintf(to, room, format, arguments);
    va_end(arguments);
    return n;
}

/* ---- what there is none of ---- */

int errno;
char *getenv(const char *name) { return (void)name, NULL; }
char *strerror(int code) { return (void)code, "there is no more memory"; }
double rt_seconds(void) { return 0; }

const char *const rt_set_files[4] = {"training images", "training labels", "test images", "test labels"};
const char *const rt_scale_file = "scale.txt";
bool rt_is_folder(const char *path) { return (void)path, false; }
const RtFormat *rt_format_of(char folder[RT_MAX_PATH]) { return (void)folder, NULL; }

bool rt_format_has_test(const RtFormat *format, const char *folder) { return (void)format, (void)folder, false; }

bool rt_path(char path[RT_MAX_PATH], const char *folder, const char *name, RtError *error)
{
    return (void)path, (void)folder, rt_fail(error, "%s: a page has no files", name);
}

bool rt_format_read(const RtFormat *format, const char *folder, bool test, bool head_only, RtImages *images,
                    RtError *error)
{
    return (void)format, (void)test, (void)head_only, (void)images, rt_fail(error, "%s: a page has no files", folder);
}

/* ---- arithmetic ---- */

static double two_sum(double a, double b, double *error)
{
    const double sum = a + b, part = sum - a;
    *error = (a - (sum - part)) + (b - part);
    return sum;
}

/* a * b + c, rounded once, where no part overflows or is subnormal: augmentation's are near 1 (Boldo and Melquiond,
 * "Emulation of FMA and correctly rounded sums", 2008; the product is split by Dekker and Veltkamp). */
double fma(double a, double b, double c)
{
    const double split = 134217729.0, as = split * a, bs = split * b;
    const double ah = as - (as - a), al = a - ah, bh = bs - (bs - b), bl = b - bh, product = a * b;
    const double low = ((ah * bh - product) + ah * bl + al * bh) + al * bl;
    double tl, vl, zl;
    const double th = two_sum(c, low, &tl), vh = two_sum(product, th, &vl), z = two_sum(tl, vl, &zl);
    union { double number; uint64_t bits; } odd = {z};
    if (zl != 0 && !(odd.bits & 1)) odd.bits += (zl > 0) == (z > 0) ? 1 : (uint64_t)-1;   /* rounded to odd */
    return vh + odd.number;
}

/* The product of whole numbers of 128 bits, which clang calls where it checks a product of 64 bits for overflow. */
__int128 __multi3(__int128 a, __int128 b);
__int128 __multi3(__int128 a, __int128 b)
{
    const uint64_t x = (uint64_t)a, y = (uint64_t)b, x0 = (uint32_t)x, x1 = x >> 32, y0 = (uint32_t)y, y1 = y >> 32;
    const uint64_t low = x0 * y0, one = x1 * y0 + (low >> 32), two = x0 * y1 + (uint32_t)one;
    const uint64_t high = x1 * y1 + (one >> 32) + (two >> 32) + (uint64_t)(a >> 64) * y + x * (uint64_t)(b >> 64);
    return (__int128)((unsigned __int128)high << 64 | (two << 32 | (uint32_t)low));
}
