/* costs.c - what builds cost, before any runs. */
#include "sweep/reading.h"
#include "sweep/sweep.h"

void count_costs(Arena *arena, const Cells *cells, const bool *wanted)
{
    Question *questions = arena_array(arena, cells->n_builds, sizeof *questions);
    Facts *facts = arena_array(arena, cells->n_builds, sizeof *facts);
    int n = 0;
    for (int i = 0; i < cells->n_builds; i++) {
        const Build *b = &cells->builds[i];
        if (!wanted || wanted[i])
            questions[n++] = (Question){.path = b->path, .n_settings = b->n_settings, .settings = b->settings,
                                        .costs = true};
    }
    read_graphs(arena, n, questions, facts);
    for (int i = 0, k = 0; i < cells->n_builds; i++) {
        Build *b = &cells->builds[i];
        if (wanted && !wanted[i]) continue;
        const Facts *f = &facts[k++];
        if (f->fault) fail("%s: its graph can not be compiled\n%s", b->path, f->fault);
        b->flops_forward = f->flops_forward, b->flops_step = f->flops_step;
        b->workspace_bytes = f->workspace_bytes, b->step_seconds = f->step_seconds;
    }
}
