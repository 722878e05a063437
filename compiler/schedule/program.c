/* program.c - looking at a program and adding to it, for every pass. */
#include "schedule/program.h"

Slicing slicing_of(int64_t batch)
{
    enum { SLICES = 4 };
    Slicing s = {.batch = batch, .slices = batch < SLICES ? 1 : SLICES};
    s.slice = (batch + s.slices - 1) / s.slices;
    s.slices = (batch + s.slice - 1) / s.slice;
    return s;
}

int new_kernel(Program *p, KernelKind kind, BatchMode mode, bool backward)
{
    p->kernels = arena_grow(p->graph->arena, p->kernels, p->n_kernels, &p->kernels_capacity, sizeof *p->kernels);
    p->kernels[p->n_kernels] = (Kernel){.kind = kind, .mode = mode, .backward = backward, .outer = MAX_RANK,
                                        .packed = -1, .scratch = -1, .sum = -1, .parameter = -1};
    return p->n_kernels++;
}

const Segment *segment_of(const Program *p, int kernel)
{
    int first = 0, last = p->n_segments - 1;
    while (first < last) {
        const int middle = (first + last) / 2;
        if (kernel < p->segments[middle].last) last = middle;
        else first = middle + 1;
    }
    return &p->segments[first];
}

int count_kernels(const Program *p, KernelKind kind, int backward)
{
    int n = 0;
    for (int k = 0; k < p->n_kernels; k++)
        n += p->kernels[k].kind == kind && (backward < 0 || p->kernels[k].backward == backward);
    return n;
}

static const char *const kind_names[] = {"compute", "pack",   "combine", "unpack", "check",
                                         "norm",    "finite", "update",  "commit"};

void program_dump(const Program *p, const Plan *plan, Text *text)
{
    static const char *const modes[] = {"once", "sample", "reduce", "whole"}, *const owners[] = {"thread", "chunk",
                                                                                        "slice", "batch", "result"};
    for (int k = 0; k < p->n_kernels; k++) {
        const Kernel *kernel = &p->kernels[k];
        for (int s = 0; s < p->n_segments; s++)
            if (p->segments[s].first == k) text_add(text, "segment %s\n", p->segments[s].sliced ? "slices" : "once");
        text_add(text, "%3d %-7s %-6s %s", k, kind_names[kernel->kind], modes[kernel->mode],
                 kernel->name ? kernel->name : "");
        text_pad(text, 48);
        for (int i = 0; i < kernel->n_reads; i++) text_add(text, i ? ", %s" : "%s", p->buffers[kernel->reads[i]].name);
        text_add(text, " ->");
        for (int i = 0; i < kernel->n_writes; i++)
            text_add(text, i ? ", %s" : " %s", p->buffers[kernel->writes[i]].name);
        text_add(text, "\n");
        for (int i = 0; i < kernel->n_kept; i++) {
            Value v = kernel->kept[i];
            text_add(text, "        %%%d %s = %s\n", v,
                     p->buffer_of[v] >= 0 ? p->buffers[p->buffer_of[v]].name : "(local)", formula(p, p->names, k, v));
        }
    }
    for (int b = 0; b < p->n_buffers; b++) {
        const Buffer *buffer = &p->buffers[b];
        text_add(text, "buffer %s", buffer->name ? buffer->name : "?");
        text_pad(text, 40);
        const Owner owner = plan ? plan->of[b].owner : buffer->owner;
        text_add(text, "%-7s %s", owners[owner], type_text(p->graph->arena, buffer->type));
        if (plan) {
            const Placed *at = &plan->of[b];
            text_pad(text, 72);
            text_add(text, "[%d, %d) ", at->lower, at->upper);
            text_add(text, "%lld bytes at %lld", (long long)at->bytes, (long long)at->offset);
            if (at->in_place_of >= 0) text_add(text, " in place of %s", p->buffers[at->in_place_of].name);
        }
        text_add(text, "\n");
    }
}
