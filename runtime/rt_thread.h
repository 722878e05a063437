/* rt_thread.h - threads for emitted code's loop over slices.
 *
 * Threads share out the slices of a batch.  Results do not depend on the number of threads, since every slice has
 * accumulators of its own that are combined in a fixed order. */
#ifndef RT_THREAD_H
#define RT_THREAD_H

#ifdef _OPENMP
#include <omp.h>
#define RT_PRAGMA(text) _Pragma(#text)
#define RT_PARALLEL(threads) RT_PRAGMA(omp parallel for schedule(static) num_threads(threads))
static inline int rt_thread_number(void) { return omp_get_thread_num(); }
#else
#define RT_PARALLEL(threads) (void)(threads);
static inline int rt_thread_number(void) { return 0; }
#endif

static inline int rt_min_int(int a, int b) { return a < b ? a : b; }

#endif
