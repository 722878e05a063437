/* board.h - around a call of the library: the stack below it is painted before, and looked through behind. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

extern uint32_t board_stack[];         /* the stack's lowest word (the linker's script) */

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

#define AROUND_CALL(function, call) \
    __extension__({ uint32_t *const top_ = board_paint(); board_measure(#function, top_, call); })

#endif
