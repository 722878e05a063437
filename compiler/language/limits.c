/* limits.c - the limits of a graph file: instructions and memory.
 *
 * A file has 50 million instructions of Lua.  All that takes time is counted in them, by its size:
 *
 *     an instruction               1; more once there are long strings, since any instruction may compare or join two;
 *                                  8 or 16 where the file has an operator that takes long for its one instruction
 *                                  (see front_limit)
 *     a call of any function       10 more; ipairs, a global and an operator of values are such calls, too
 *     a block of memory            its bytes, even when it replaces one of the same size (a table that is laid out
 *                                  again)
 *     a function of C              as much as it charges itself (front_charge)
 *     going through a table in C   the size of the largest table that was made: a table may be all gaps, which a count
 *                                  of its elements does not show
 *     arguments of a f(...)        their number: they are copied where f is entered, and where it passes them on
 *
 * Inside of Lua no error can be raised: a limit that is passed there ends the file at its next instruction.  Nothing
 * depends on the clock. */
#include "language/language.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHECK_EVERY = 1000,
    BYTES_AN_INSTRUCTION = 16,
    A_BLOCK = 4,
    LONG_STRING = 1024,
    FEW_ARGUMENTS = 16,
    A_TRAVERSAL = 512,
    A_CALL = 10
};
static const int64_t most_instructions = 50000000;
/* memory over this ends the file; memory far over it is refused */
static const size_t most_memory = (size_t)256 << 20, slack = (size_t)64 << 20;
static const size_t most_arena = (size_t)1 << 30;

static void check_limits(lua_State *L)
{
    Front *f = front_of(L);
    const Line line = front_line(L, NULL);
    if (line.number > 0) f->last_line = line;
    const bool too_long = f->longest_string > MOST_STRING, too_large = f->memory > most_memory;
    if (f->instructions <= most_instructions && !too_long && !too_large && arena_bytes(f->arena) <= most_arena) return;
    f->depth = 0;
    if (too_long) front_error(L, "a string of %zu bytes, against at most %d", f->longest_string, MOST_STRING);
    if (too_large) front_error(L, "the file needs more than %zu MB of memory", most_memory >> 20);
    if (f->instructions > most_instructions)
        front_error(L, "the file runs for more than %lld instructions: is there an endless loop?",
                    (long long)most_instructions);
    front_error(L, "what the file describes needs more than %zu MB of memory", most_arena >> 20);
}

static void spend(Front *f, int64_t instructions)
{
    f->instructions += instructions < most_instructions ? instructions : most_instructions + 1;
}

void front_charge(lua_State *L, int64_t instructions)
{
    Front *f = front_of(L);
    if (!f->limited) return;
    spend(f, instructions);
    check_limits(L);
}

void front_charge_table(lua_State *L) { front_charge(L, (int64_t)(front_of(L)->largest_block / A_TRAVERSAL)); }

/* The number of a function's arguments behind its named ones, or a number up to twice as large.  0: there are few. */
static int64_t further_arguments(lua_State *L, lua_Debug *ar)
{
    lua_getinfo(L, "u", ar);
    int n = FEW_ARGUMENTS;
    while (ar->isvararg && n < 1 << 24 && lua_getlocal(L, ar, -n)) lua_pop(L, 1), n *= 2;
    return n > FEW_ARGUMENTS ? n : 0;
}

static void on_hook(lua_State *L, lua_Debug *ar)
{
    Front *f = front_of(L);
    if (ar->event == LUA_HOOKCOUNT) {
        if (!f->stopping) spend(f, CHECK_EVERY * (f->instruction + (int64_t)(f->longest_string / LONG_STRING)));
    } else {
        lua_Debug caller;
        int64_t n = further_arguments(L, ar);
        if (lua_getstack(L, 1, &caller)) n += further_arguments(L, &caller);
        spend(f, A_CALL + n / 4);
    }
    check_limits(L);
}

/* It may be called at any time, as from a signal. */
static void stop_at_once(Front *f)
{
    if (f->stopping) return;
    f->stopping = true;
    lua_sethook(f->L, on_hook, LUA_MASKCALL | LUA_MASKCOUNT, 1);
}

void *front_alloc(void *context, void *block, size_t old, size_t new)
{
    Front *f = context;
    const bool is_string = !block && old == LUA_TSTRING;
    if (!block) old = 0;
    if (new == 0) {
        f->memory -= old;
        free(block);
        return NULL;
    }
    if (f->limited) {
        if (new > old && f->memory - old + new > most_memory + slack) return NULL;
        spend(f, A_BLOCK + (int64_t)(new / BYTES_AN_INSTRUCTION));
        if (is_string && new > f->longest_string) f->longest_string = new;
        if (!is_string && !block && new > f->largest_block) f->largest_block = new;
        if (f->instructions > most_instructions || f->longest_string > MOST_STRING ||
            f->memory - old + new > most_memory)
            stop_at_once(f);
    }
    void *result = realloc(block, new);
    if (result) f->memory += new - old;
    return result;
}

/* The number of instructions that one counts as.  Some operators take long: a remainder divides bit by bit; the length
 * of a table that is mostly gaps is searched for among them; a join writes its numbers as text, and takes no new memory
 * if the same text was made before.  No hook sees these, so the whole file pays if the operator is anywhere in its
 * text.  One in a comment matters only to files that run for millions of instructions. */
static int64_t an_instruction(const Source *source)
{
    int64_t most = 1;
    for (size_t i = 0; i < source->size; i++) {
        if (source->text[i] == '%' || source->text[i] == '#') return 16;
        if (source->text[i] == '.' && i > 0 && source->text[i - 1] == '.') most = 8;
    }
    return most;
}

void front_limit_file(Front *f, const Source *source)
{
    const int64_t one = an_instruction(source);
    if (one > f->instruction) f->instruction = one;
}

void front_limit(lua_State *L)
{
    Front *f = front_of(L);
    f->limited = true;
    lua_sethook(L, on_hook, LUA_MASKCALL | LUA_MASKCOUNT, CHECK_EVERY);
}

void front_unlimit(lua_State *L)
{
    front_of(L)->limited = false;
    lua_sethook(L, NULL, 0, 0);
}

void front_out_of_memory(const Front *f)
{
    fail_at(f->last_line, "the file needs more than %zu MB of memory", most_memory >> 20);
}
