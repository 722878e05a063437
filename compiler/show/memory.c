/* memory.c - the plan of a step's memory as SVG and as bars: kernels in sequence across, bytes up. */
#include "show/show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {[BUFFER_VALUE] = "value", [BUFFER_GRADIENT] = "gradient",
                                    [BUFFER_STATE] = "state", [BUFFER_SCRATCH] = "packed weights, scratch"};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* A buffer that lies in the workspace at a place of its own: a row of NAME.plan.csv. */
static bool is_placed(const Placed *at)
{
    return at->owner != OWNER_RESULT && at->upper != 0 && at->in_place_of < 0;
}

/* What the entry does: a graph without a loss has no step. */
static const char *work_of(const Program *p) { return p->goal->training ? "a step" : "a prediction"; }

static const char *bytes_text(Arena *arena, int64_t bytes)
{
    return arena_format(arena, "%s%s", count_text(arena, (double)bytes), bytes < 1000 ? " bytes" : "B");
}

static const char *whole_of(Arena *arena, const Plan *plan, int buffer)
{
    const Program *p = plan->program;
    const Buffer *b = &p->buffers[buffer];
    const Placed *at = &plan->of[buffer];
    Text text = text_new(arena);
    text_add(&text, "%s: %s", b->name, kinds[b->kind]);
    if (b->value) {
        text_add(&text, " %s", type_text(arena, b->type));
        if (b->comment) text_add(&text, "\n%s", shown_name(arena, b->comment));
    }
    text_add(&text, "\n%lld bytes from %lld on\nkernels %d, %s, to %d, %s", (long long)at->bytes, (long long)at->offset,
             at->lower, p->kernels[at->lower].name, at->upper - 1, p->kernels[at->upper - 1].name);
    for (int i = 0; i < p->n_buffers; i++)
        if (plan->of[i].in_place_of == buffer && plan->of[i].upper)
            text_add(&text, "\nits bytes become those of %s", p->buffers[i].name);
    if (b->value) {
        const char *line = line_short(arena, p->graph->notes[b->value].line);
        if (p->graph->notes[b->value].line.number) text_add(&text, "\n%s", line);
    }
    return text.chars;
}

/* ---- SVG ---- */

typedef struct Frame { double left, right, top, bottom; int kernels; int64_t bytes; } Frame;

static double at_kernel(const Frame *f, int kernel)
{
    return f->left + (f->right - f->left) * kernel / (f->kernels ? f->kernels : 1);
}

static double at_byte(const Frame *f, int64_t byte)
{
    return f->bottom - (f->bottom - f->top) * (double)byte / (f->bytes ? (double)f->bytes : 1);
}

static void draw_buffer(Svg *svg, const Frame *f, const Plan *plan, int buffer)
{
    const Placed *at = &plan->of[buffer];
    const Buffer *b = &plan->program->buffers[buffer];
    const double x = at_kernel(f, at->lower), width = at_kernel(f, at->upper) - x;
    const double y = at_byte(f, at->offset + at->bytes), height = at_byte(f, at->offset) - y;
    const int style = 1 + (int)b->kind;
    svg_open(svg, "buffer",
             arena_format(svg->arena, " data-name=\"%s\" data-bytes=\"%lld\"", b->name, (long long)at->bytes),
             whole_of(svg->arena, plan, buffer));
    /* edges would be all that is seen of a thin one */
    svg_rectangle(svg, arena_format(svg->arena, width < 4 || height < 4 ? "seed seed%d" : "band band%d line%d", style,
                                    style), x, y, width, height);
    if (height >= TEXT_SIZE + 2 && text_pixels(TEXT_SIZE, b->name) <= width - 6)
        svg_text(svg, "", x + 3, y + height / 2 + 4, b->name, NULL);
    svg_close(svg);
}

/* Runs of kernels forward, backward and of the update below the axis. */
static void draw_phases(Svg *svg, const Frame *f, const Program *p)
{
    static const char *const names[] = {"forward", "backward", "update"};
    int first = 0, last_phase = 0;
    for (int k = 0; k <= p->n_kernels; k++) {
        int phase = last_phase;
        if (k < p->n_kernels) {
            const Kernel *kernel = &p->kernels[k];
            if (kernel->kind == KERNEL_COMPUTE) phase = kernel->backward ? 1 : 0;
            if (kernel->kind == KERNEL_UPDATE || kernel->kind == KERNEL_COMMIT) phase = 2;
        }
        if (k < p->n_kernels && phase == last_phase) continue;
        const double x0 = at_kernel(f, first), x1 = at_kernel(f, k);
        if (text_pixels(TEXT_SIZE, names[last_phase]) < x1 - x0)
            svg_text(svg, "quiet mid", (x0 + x1) / 2, f->bottom + 17, names[last_phase], NULL);
        if (k < p->n_kernels) svg_line(svg, "grid", x1, f->top, x1, f->bottom + 20);
        first = k, last_phase = phase;
    }
}

static void draw_levels(Svg *svg, const Frame *f, const Plan *plan)
{
    for (int i = 0; i <= 4; i++) {
        const int64_t bytes = f->bytes / 4 * i;
        svg_line(svg, "grid", f->left, at_byte(f, bytes), f->right, at_byte(f, bytes));
        svg_text(svg, "quiet end", f->left - 6, at_byte(f, bytes) + 4, bytes_text(svg->arena, bytes), NULL);
    }
    svg_line(svg, "axis", f->left, f->bottom, f->right, f->bottom);
    const double peak = at_byte(f, plan->workspace_bytes), bound = at_byte(f, plan->lower_bound);
    svg_line(svg, "interval line2", f->left, peak, f->right, peak);
    svg_line(svg, "zero", f->left, bound, f->right, bound);
}

static double draw_kinds(Svg *svg, const Program *p, double x, double y)
{
    for (int kind = 0; kind < KINDS; kind++) {
        bool any = false;
        for (int b = 0; b < p->n_buffers; b++) any = any || (int)p->buffers[b].kind == kind;
        if (!any) continue;
        svg_rectangle(svg, arena_format(svg->arena, "band band%d line%d", kind + 1, kind + 1), x, y - 9, 16, 10);
        svg_text(svg, "quiet", x + 22, y, kinds[kind], NULL);
        x += 40 + text_pixels(TEXT_SIZE, kinds[kind]);
    }
    return y;
}

const char *memory_svg(Arena *arena, const Emission *e)
{
    const Plan *plan = e->entries[0];
    const Program *p = plan->program;
    const char *name = shown_name(arena, e->experiment->source.name);
    Svg svg = svg_new(arena, 1180);
    const Frame f = {.left = 74, .right = svg.width - 16, .top = 92, .bottom = 640, .kernels = p->n_kernels,
                     .bytes = plan->workspace_bytes};
    svg_text(&svg, "title", 12, 22,
             text_fit(arena, TITLE_SIZE, arena_format(arena, "%s: memory of %s", name, work_of(p)), 800),
             NULL);
    svg_text(&svg, "quiet", 12, 39,
             arena_format(arena, "%s entry, %d kernels from left to right; batch %lld, %lld slices", p->goal->name,
                          p->n_kernels, (long long)p->slicing.batch, (long long)p->slicing.slices), NULL);
    svg_text(&svg, "quiet", 12, 55,
             arena_format(arena, "peak %lld bytes (line), lower bound %lld (dashed): %.2f %% above",
                          (long long)plan->workspace_bytes, (long long)plan->lower_bound,
                          plan->lower_bound ? 100.0 * (double)(plan->workspace_bytes - plan->lower_bound) /
                                                  (double)plan->lower_bound : 0.0), NULL);
    draw_kinds(&svg, p, 12, 75);
    draw_phases(&svg, &f, p);
    draw_levels(&svg, &f, plan);
    for (int b = 0; b < p->n_buffers; b++)
        if (is_placed(&plan->of[b])) draw_buffer(&svg, &f, plan, b);
    return svg_finish(&svg, f.bottom + 30, arena_format(arena, "%s: memory of %s", name, work_of(p)),
                      "Each buffer of the workspace as a rectangle: from the first to the last kernel that uses it, "
                      "at its place in bytes.");
}

/* ---- text ---- */

typedef struct Sized { int buffer; int64_t bytes; } Sized;

static int by_bytes(const void *a, const void *b)
{
    const Sized *one = a, *other = b;
    return one->bytes > other->bytes ? -1 : one->bytes < other->bytes ? 1 : one->buffer - other->buffer;
}

const char *memory_text(Arena *arena, const Emission *e, int width)
{
    enum { MOST = 20, NAME = 28 };
    const Plan *plan = e->entries[0];
    const Program *p = plan->program;
    Sized *sized = arena_array(arena, p->n_buffers, sizeof *sized);
    int n = 0;
    int64_t rest = 0;
    const int bar = width - NAME - 13 > 10 ? width - NAME - 13 : 10;
    for (int b = 0; b < p->n_buffers; b++)
        if (is_placed(&plan->of[b])) sized[n++] = (Sized){b, plan->of[b].bytes};
    qsort(sized, (size_t)n, sizeof *sized, by_bytes);
    Text text = text_new(arena);
    text_add(&text, "memory of %s: peak %lld bytes, lower bound %lld\n%d buffers over %d kernels\n\n", work_of(p),
             (long long)plan->workspace_bytes, (long long)plan->lower_bound, n, p->n_kernels);
    for (int i = 0; i < n; i++) {
        const Placed *at = &plan->of[sized[i].buffer];
        if (i >= MOST) {
            rest += at->bytes;
            continue;
        }
        const char *name = shown_within(arena, p->buffers[sized[i].buffer].name, NAME);
        text_add(&text, "%s%*s %9s  ", name, NAME - shown_width(name), "", bytes_text(arena, at->bytes));
        const int first = (int)((int64_t)at->lower * bar / p->n_kernels);
        const int last = (int)(((int64_t)at->upper * bar + p->n_kernels - 1) / p->n_kernels);
        for (int c = 0; c < last; c++) text_add(&text, "%c", c < first ? ' ' : '#');
        text_add(&text, "\n");
    }
    if (n > MOST) text_add(&text, "and %d smaller ones, %s\n", n - MOST, bytes_text(arena, rest));
    return text.chars;
}
