/* web_library.h - what the runtime's sources name of C's library, for a page, which has none: web_library.c.
 *
 * It stands before each file that is compiled for a page; the headers of C's library are empty files there. */
#ifndef WEB_LIBRARY_H
#define WEB_LIBRARY_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

typedef int sig_atomic_t;
typedef struct FILE FILE;
struct stat;

#define NAN __builtin_nanf("")
#define INFINITY __builtin_inff()
#define isnan(x) __builtin_isnan(x)
#define isfinite(x) __builtin_isfinite(x)

/* memory: it is given back all at once */
void *malloc(size_t);
void *calloc(size_t, size_t);
void *realloc(void *, size_t);
void *aligned_alloc(size_t, size_t);
void free(void *);
void *web_mark(void);                          /* the memory that is taken so far */
void web_release(void *mark);                  /* gives back what was taken since */

void *memcpy(void *restrict, const void *restrict, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
int memcmp(const void *, const void *, size_t);
size_t strlen(const char *);
size_t strspn(const char *, const char *);
char *strchr(const char *, int);
char *strcpy(char *restrict, const char *restrict);
int strcmp(const char *, const char *);
int strncmp(const char *, const char *, size_t);
void qsort(void *, size_t n, size_t bytes, int (*)(const void *, const void *));

/* %s %d %c %x %g, with flags and sizes; a width of 8 and a precision of strings are the only ones that are kept */
int snprintf(char *restrict, size_t, const char *restrict, ...) __attribute__((format(printf, 3, 4)));
int vsnprintf(char *restrict, size_t, const char *restrict, va_list);

/* of an environment, and of files: there are none */
char *getenv(const char *);
char *strerror(int);
extern int errno;

double fma(double, double, double);

#endif
