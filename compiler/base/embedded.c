/* embedded.c - files that are part of the program: the prelude, and the runtime's sources, which `emit` copies out.
 *
 * The Makefile lists them in embed_list.h as EMBED_ITEM(number, path, name). */
#include "base/base.h"

#include <string.h>

#define EMBED_ITEM(number, path, name) \
    __asm__(".section .rodata\n.global embedded_" #number "\n.global embedded_" #number "_end\nembedded_" #number \
            ":\n.incbin \"" path "\"\nembedded_" #number "_end:\n.byte 0\n.previous\n"); \
    extern const char embedded_##number[], embedded_##number##_end[];
#include "embed_list.h"
#undef EMBED_ITEM

int embedded_count(void)
{
    int n = 0;
#define EMBED_ITEM(number, path, name) n++;
#include "embed_list.h"
#undef EMBED_ITEM
    return n;
}

Embedded embedded_at(int i)
{
    static const Embedded files[] = {
#define EMBED_ITEM(number, path, name) {name, embedded_##number, embedded_##number##_end},
#include "embed_list.h"
#undef EMBED_ITEM
    };
    return files[i];
}

Embedded embedded_named(const char *name)
{
    for (int i = 0; i < embedded_count(); i++)
        if (!strcmp(embedded_at(i).name, name)) return embedded_at(i);
    bug("no part of the program is called %s", name);
}
