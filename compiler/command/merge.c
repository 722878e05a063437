/* merge.c - `tailor merge`: the records of other machines, by key. */
#include "command/command.h"
#include "sweep/record.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const Flag merge_flags[] = {{.shared = &flag_json, .help = "a count for each state, in place of a line of text"},
                                   {0}};

const CommandLine merge_line = {
    "merge", "DIR FROM...",
    "Adds to the record in DIR, which is made if need be, the rows of others: folders of sweeps, or files that\n"
    "`tailor table DIR --dump` wrote.  All of them or, when one does not fit, none.  The order does not matter: of a\n"
    "cell that several have, a done one counts before a failed one and that before one to be run; what one dump lacks\n"
    "comes from another.  The same cell with other weights or metrics is refused, a done one without metrics, and\n"
    "another experiment of the same name.  Run folders stay where they are.\n",
    merge_flags,
    .examples = "tailor merge sweeps/all sweeps/experiment"};

int command_merge(int argc, char **argv)
{
    Arguments a = {0};
    arguments_parse(argc, argv, &merge_line, &a);
    Arena *arena = arena_new();
    for (int i = 0; i < a.n_further; i++)                 /* now: DIR may be one of them, and would be there then */
        if (access(a.further[i], F_OK) != 0) fail("%s: cannot open: %s", a.further[i], strerror(errno));
    const bool new = access(a.argument, F_OK) != 0;
    if (new) guard_folder(a.argument);                    /* a folder with nothing in it would be half a result */
    Record *record = record_open(arena, a.argument, true);
    record_check(record);
    record_merge(record, a.n_further, a.further);
    if (new) keep_folder(a.argument);
    const int64_t n = record_number(record, "SELECT count(*) FROM cell", "");
    if (!a.json) printf("%s: %lld cell%s, %lld of them done\n", a.argument, (long long)n, n == 1 ? "" : "s",
                        (long long)record_number(record, "SELECT count(*) FROM cell WHERE state = 'done'", ""));
    record_close(record);
    const int code = a.json ? sweep_status(arena, a.argument, true) : 0;
    arena_free(arena);
    return code;
}
