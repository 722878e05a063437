/* board.h - around a call of the library: the stack below it is painted before, and looked through behind; numbers are
 * rounded toward zero and subnormal ones are lost, as far as the processor can: the call must undo that, and put it
 * back. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

extern uint32_t board_stack[];         /* the stack's lowest word (the linker's script) */

void board_kept(uint32_t arithmetic);          /* the board stops unless this is the odd one */
int board_measure(const char *function, const uint32_t *top, int status);      /* returns the status */

static inline __attribute__((always_inline)) uint32_t *board_paint(void)
{
    uint32_t *top;
#if defined __arm__
    __asm__ volatile("mov %0, sp" : "=r"(top));
#else
    __asm__ volatile("mv %0, sp" : "=r"(top));
#endif
    for (volatile uint32_t *word = board_stack; word < top; word++) *word = 0xa5a5a5a5u;
    return top;
}

/* Sets the odd arithmetic, or the default; returns what was set before. */
static inline uint32_t board_arithmetic(int odd)
{
    uint32_t before = 0;
#if defined __ARM_FP
    __asm__ volatile("vmrs %0, fpscr" : "=r"(before));
    __asm__ volatile("vmsr fpscr, %0" : : "r"(odd ? 0x1c00000u : 0u) : "memory");
    before &= 0x1c00000u;
#elif defined __riscv_flen
    unsigned long found;
    __asm__ volatile("fsrm %0, %1" : "=r"(found) : "r"(odd ? 1ul : 0ul) : "memory");
    before = (uint32_t)found;
#else
    (void)odd;
#endif
    return before;
}

#define AROUND_CALL(function, call) \
    __extension__({ \
        uint32_t *const top_ = board_paint(); \
        board_arithmetic(1); \
        const int status_ = call; \
        board_kept(board_arithmetic(0)); \
        board_measure(#function, top_, status_); \
    })

#endif
