/* rt_exact.h - the arithmetic that equal bits rest on: binary32 and binary64, each operation rounded once to nearest,
 * subnormal numbers kept.
 *
 * Every file of arithmetic includes this first.  It holds however the file is compiled: contraction is turned off here,
 * options that would change the arithmetic are errors, and what a processor can be set to is set back at each entry. */
#ifndef RT_EXACT_H
#define RT_EXACT_H

#include <float.h>
#include <stdint.h>

#if defined __FAST_MATH__ || (defined __FINITE_MATH_ONLY__ && __FINITE_MATH_ONLY__)
#error "compiled with -ffast-math or a part of it, against the arithmetic of IEEE 754: leave it out"
#endif
#if FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 16      /* 16 tells of half precision alone */
#error "float and double are evaluated in a wider type, against their own: on i386, -msse2 -mfpmath=sse"
#endif

/* a * b + c is rounded twice, unless the code says rt_fma */
#if defined __clang__
#pragma STDC FP_CONTRACT OFF
#elif defined __GNUC__
#pragma GCC optimize("fp-contract=off")
#endif

/* The register that controls rounding, and the bits of it that are 0 by default: the direction of rounding,
 * flush-to-zero, denormals-are-zero, and what else would give other numbers. */
#if defined __SSE__
#define RT_CONTROL_BITS 0xe040u
static inline uint64_t rt_control(void) { return __builtin_ia32_stmxcsr(); }
static inline void rt_control_set(uint64_t bits) { __builtin_ia32_ldmxcsr((unsigned)bits); }
#elif defined __aarch64__
#define RT_CONTROL_BITS 0x3c80003u
static inline uint64_t rt_control(void) { uint64_t bits; __asm__ volatile("mrs %0, fpcr" : "=r"(bits)); return bits; }
static inline void rt_control_set(uint64_t bits) { __asm__ volatile("msr fpcr, %0" : : "r"(bits)); }
#elif defined __arm__ && defined __ARM_FP
#define RT_CONTROL_BITS 0x3c80000u
static inline uint64_t rt_control(void) { uint32_t bits; __asm__ volatile("vmrs %0, fpscr" : "=r"(bits)); return bits; }
static inline void rt_control_set(uint64_t bits) { __asm__ volatile("vmsr fpscr, %0" : : "r"((uint32_t)bits)); }
#elif defined __riscv_flen
#define RT_CONTROL_BITS 7u
static inline uint64_t rt_control(void) { unsigned long bits; __asm__ volatile("frrm %0" : "=r"(bits)); return bits; }
static inline void rt_control_set(uint64_t bits) { __asm__ volatile("fsrm %0" : : "r"((unsigned long)bits)); }
#else                                                  /* nothing that could be set is known */
#define RT_CONTROL_BITS 0u
static inline uint64_t rt_control(void) { return 0; }
static inline void rt_control_set(uint64_t bits) { (void)bits; }
#endif

/* Sets the default for the thread that calls; returns what it found, for rt_exact_end. */
static inline uint64_t rt_exact_begin(void)
{
    const uint64_t found = rt_control();
    if (found & RT_CONTROL_BITS) rt_control_set(found & ~(uint64_t)RT_CONTROL_BITS);
    __asm__ volatile("" : : : "memory");               /* no arithmetic on memory moves before this */
    return found;
}

static inline void rt_exact_end(uint64_t found)
{
    __asm__ volatile("" : : : "memory");
    if (found & RT_CONTROL_BITS) rt_control_set(found);
}

#endif
