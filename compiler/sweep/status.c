/* status.c - how far a sweep is: a count for each state, each experiment, and the cells that failed. */
#include "sweep/record.h"

static void print_json(Record *r)
{
    RtJsonWriter w = {0};
    rt_json_open(&w, NULL, '{');
    for (int i = 0; i < CELL_STATES; i++)
        rt_json_integer(&w, cell_state_names[i],
                        record_number(r, "SELECT count(*) FROM cell WHERE state = ?", "t", cell_state_names[i]));
    rt_json_close(&w, '}');
    if (w.text.failed) fail("tailor: out of memory");
    fputs(w.text.data, stdout);
    rt_text_free(&w.text);
}

static void print_counts(Record *r)
{
    int64_t gone = 0;
    sqlite3_stmt *s = record_query(r, "SELECT owner FROM lease", "");
    while (record_row(r, s)) gone += record_owner_gone(r, record_text(r, s, 0));
    const int64_t stale = record_number(r, "SELECT count(*) FROM cell WHERE state = 'done' AND numerics < ?", "i",
                                        (int64_t)TAILOR_NUMERICS);
    const int64_t n = record_number(r, "SELECT count(*) FROM cell", "");
    printf("%s: %lld cell%s\n", r->folder, (long long)n, n == 1 ? "" : "s");
    for (int i = 0; i < CELL_STATES; i++) {
        const int64_t so = record_number(r, "SELECT count(*) FROM cell WHERE state = ?", "t", cell_state_names[i]);
        if (!so && (i == CELL_FAILED || i == CELL_INTERRUPTED)) continue;
        printf("  %-12s %6lld", cell_state_names[i], (long long)so);
        if (i == CELL_RUNNING && gone)
            printf("   %lld of a sweep that has ended: the next one goes on", (long long)gone);
        if (i == CELL_DONE && stale)
            printf("   %lld stale, of numerics before %d: --rerun=stale runs them again", (long long)stale,
                   TAILOR_NUMERICS);
        printf("\n");
    }
}

static void print_experiments(Record *r)
{
    sqlite3_stmt *s = record_query(r,
        "SELECT experiment, count(*), sum(state = 'done'), sum(state = 'failed') FROM member JOIN cell USING (key) "
        "GROUP BY experiment ORDER BY experiment", "");
    for (bool first = true; record_row(r, s); first = false) {
        if (first) printf("\n%-32s %7s %7s %7s\n", "experiment", "cells", "done", "failed");
        printf("%-32s %7lld %7lld %7lld\n", record_text(r, s, 0), (long long)sqlite3_column_int64(s, 1),
               (long long)sqlite3_column_int64(s, 2), (long long)sqlite3_column_int64(s, 3));
    }
}

static void print_failed(Record *r)
{
    sqlite3_stmt *s = record_query(r,
        "SELECT substr(cell.key, 1, 12), cell.graph, cell.data, variant, cell.seed, reason, folder FROM cell "
        "LEFT JOIN member ON member.key = cell.key WHERE state = 'failed' GROUP BY cell.key ORDER BY cell.key", "");
    for (bool first = true; record_row(r, s); first = false) {
        const char *variant = record_text(r, s, 3), *folder = record_text(r, s, 6);
        printf("%s%s  %s %s%s%s, seed %lld: %s", first ? "\nfailed:\n" : "", record_text(r, s, 0), record_text(r, s, 1),
               record_text(r, s, 2), *variant ? " " : "", variant, (long long)sqlite3_column_int64(s, 4),
               record_text(r, s, 5));
        if (*folder) printf("; its run: %s/%s", r->folder, folder);
        printf("\n");
    }
}

int sweep_status(Arena *arena, const char *folder, bool json)
{
    Record *r = record_open(arena, folder, false);
    if (json) print_json(r);
    else print_counts(r), print_experiments(r), print_failed(r);
    record_close(r);
    return 0;
}
