/* board.c - a machine without an operating system, for bare_metal_test.sh: its start, the two functions of C's library
 * that an emitted library calls, lines that go out by semihosting, and how much stack was used.  It is compiled with
 * -DCHECK=cnn_check -DSTEPS=50. */
#include "board.h"

#include <stddef.h>

void CHECK(int steps, void (*put)(const char *line));
_Noreturn void board_main(void);

/* ---- C's library ---- */

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
    for (size_t i = 0; i < n; i++) ((char *)to)[i] = ((const char *)from)[i];
    return to;
}

void *memset(void *to, int byte, size_t n)
{
    for (size_t i = 0; i < n; i++) ((char *)to)[i] = (char)byte;
    return to;
}

/* ---- semihosting ---- */

enum { WRITE_TEXT = 4, EXIT = 0x20 };

#if defined __arm__
static void host(uintptr_t operation, const void *argument)
{
    register uintptr_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}
#else
void host(uintptr_t operation, const void *argument);      /* three whole words in one page are the call */
__asm__(".text\n.option push\n.option norvc\n.option norelax\n.balign 16\n.global host\nhost:\nslli x0, x0, 0x1f\n"
        "ebreak\nsrai x0, x0, 7\nret\n.option pop");
#endif

static void put(const char *line) { host(WRITE_TEXT, line); }

static _Noreturn void leave(int code)
{
    const uintptr_t reason[2] = {0x20026, (uintptr_t)code};      /* the application has ended */
    for (;;) host(EXIT, reason);
}

/* ---- around calls ---- */

void board_kept(uint32_t arithmetic)
{
    board_arithmetic(1);
    const uint32_t odd = board_arithmetic(0);
    if (arithmetic != odd) put("the caller's arithmetic was not put back\n"), leave(1);
}

static struct { const char *function; size_t bytes; } most[4];

int board_measure(const char *function, const uint32_t *top, int status)
{
    const uint32_t *low = board_stack;
    while (low < top && *low == 0xa5a5a5a5u) low++;
    if (low == board_stack) put("the stack is full\n"), leave(1);
    const size_t bytes = (size_t)(top - low) * sizeof *low;
    for (int i = 0; i < 4; i++) {
        if (most[i].function && most[i].function != function) continue;
        most[i].function = function;
        if (bytes > most[i].bytes) most[i].bytes = bytes;
        break;
    }
    return status;
}

static void put_stack(void)
{
    for (int i = 0; i < 4 && most[i].function; i++) {
        char digits[24] = " 0000000\n";
        size_t rest = most[i].bytes;
        for (int k = 7; k > 0; k--, rest /= 10) digits[k] = (char)('0' + rest % 10);
        put("stack "), put(most[i].function), put(digits);
    }
}

/* ---- the start ---- */

void board_main(void)
{
    CHECK(STEPS, put);
    put_stack();
    leave(0);
}

#if defined __arm__

extern uint32_t board_top[];

static _Noreturn void fault(void)
{
    put("a fault of the processor\n");
    leave(1);
}

_Noreturn void board_start(void);
void board_start(void)
{
#if defined __ARM_FP
    *(volatile uint32_t *)0xe000ed88 |= 0xfu << 20;              /* CPACR: the floating-point unit is on */
    __asm__ volatile("dsb\nisb" : : : "memory");
#endif
    board_main();
}

__attribute__((section(".vectors"), used)) static const struct { uint32_t *stack; void (*of[15])(void); } vectors = {
    board_top, {board_start, fault, fault, fault, fault, fault}};

#else

/* FS of mstatus: the floating-point unit is on */
__asm__(".section .vectors,\"ax\"\n.global board_start\nboard_start:\nla sp, board_top\nli t0, 0x6000\n"
        "csrs mstatus, t0\nla t0, board_fault\ncsrw mtvec, t0\nj board_main\n.text");

_Noreturn void board_fault(void);
__attribute__((aligned(4))) void board_fault(void)
{
    put("a fault of the processor\n");
    leave(1);
}

#endif
