/* graph.c - blocks as SVG and as a table. */
#include "show/show.h"

#include <math.h>
#include <string.h>

/* "28 x 28 x 16" of one image, with the given sign between numbers. */
static const char *shape_of(Arena *arena, Type type, const char *times)
{
    Text text = text_new(arena);
    for (int i = 0; i < type.rank; i++) {
        if (type.dims[i] == BATCH_DIM) continue;
        if (type.dims[i] < 0) text_add(&text, "%s%lld b", text.length ? times : "", (long long)-type.dims[i]);
        else text_add(&text, "%s%lld", text.length ? times : "", (long long)type.dims[i]);
    }
    return text.length ? text.chars : "1";
}

/* The shape of what a block hands on. */
static const char *result_of(Arena *arena, const Blocks *b, const Block *block, const char *times)
{
    const Experiment *x = b->experiment;
    const Node *node = graph_at(x->graph, block->result);
    const char *shape = shape_of(arena, node->type, times);
    const int field = block->input ? field_of(x, node) : -1;
    if (field < 0 || !x->fields[field].classes) return shape;
    return arena_format(arena, "%s of %lld", shape, (long long)x->fields[field].classes);
}

/* Parameters and operations of a block; "" where it has neither. */
static const char *costs_of(Arena *arena, const Block *block)
{
    Text text = text_new(arena);
    if (block->parameters) text_add(&text, "%s params", count_text(arena, (double)block->parameters));
    if (block->frozen == block->parameters && block->frozen) text_add(&text, ", frozen");
    else if (block->frozen) text_add(&text, ", %s frozen", count_text(arena, (double)block->frozen));
    const char *between = text.length ? " \u00b7 " : "";
    if (block->flops) text_add(&text, "%s%s FLOPs", between, count_text(arena, (double)block->flops));
    return text.chars;
}

/* What a pointer over a block shows: its calls, each with its result and the line that made it. */
static const char *whole_of(Arena *arena, const Graph *g, const Block *block)
{
    Text text = text_new(arena);
    const Label *last = NULL;
    text_add(&text, "%s", shown_name(arena, block->name));
    for (int i = 0; i < block->n_values; i++) {
        const Value v = block->values[i];
        const Note *note = &g->notes[v];
        const Node *node = graph_at(g, v);
        if (node->op == &op_parameter) {
            text_add(&text, "\n  parameter %s", shape_of(arena, node->type, " x "));
            continue;
        }
        const bool ends = i + 1 == block->n_values || g->notes[block->values[i + 1]].label != note->label;
        if (!ends || node->op == &op_state || (note->label && note->label == last)) continue;
        last = note->label;
        text_add(&text, "\n%s%s%s: %s, %s", note->name ? shown_name(arena, note->name) : "", note->name ? " = " : "",
                 shown_name(arena, label_text(g, v)), shape_of(arena, node->type, " x "),
                 line_short(arena, note->line));
    }
    return text.chars;
}

/* Does the other graph have a block of that name, with the same calls, sizes and costs? */
static bool has_block(Arena *arena, const Blocks *b, const Block *block, const Blocks *other)
{
    for (int i = 0; other && i < other->n; i++) {
        const Block *one = &other->blocks[i];
        if (!strcmp(one->name, block->name))
            return !strcmp(one->calls, block->calls) && one->parameters == block->parameters &&
                   one->flops == block->flops &&
                   !strcmp(result_of(arena, b, block, "x"), result_of(arena, other, one, "x"));
    }
    return !other;
}

static void draw_block(Svg *svg, const Blocks *b, const Blocks *other, const Block *block, double left, double top)
{
    const Graph *g = b->experiment->graph;
    Arena *arena = svg->arena;
    const double x = left + block->x - BLOCK_WIDTH / 2, y = top + block->y, middle = left + block->x;
    const char *class = block->input ? "paper axis" : block->objective ? "band band2 line2" : "band band1 line1";
    svg_open(svg, "block", "", whole_of(arena, g, block));
    svg_box(svg, "paper", x, y, BLOCK_WIDTH, BLOCK_HEIGHT, 6); /* arrows end behind it */
    svg_box(svg, class, x, y, BLOCK_WIDTH, BLOCK_HEIGHT, 6);
    if (!has_block(arena, b, block, other))
        svg_path(svg, "interval line3",
                 arena_format(arena, "M%.1f,%.1fh%dv%dh%dz", x - 3, y - 3, BLOCK_WIDTH + 6, BLOCK_HEIGHT + 6,
                              -BLOCK_WIDTH - 6),
                 false);
    const char *name = shown_name(arena, block->name);
    svg_text(svg, "head mid", middle, y + 17, text_fit(arena, TITLE_SIZE, name, BLOCK_WIDTH - 16), NULL);
    const char *calls = block->backward ? arena_format(arena, "%s, with a backward pass", block->calls) : block->calls;
    svg_text(svg, "quiet mid", middle, y + 33, text_fit(arena, TEXT_SIZE, calls, BLOCK_WIDTH - 16), NULL);
    const char *shape = result_of(arena, b, block, " \u00d7 "), *costs = costs_of(arena, block);
    svg_text(svg, "mid", middle, y + 49,
             text_fit(arena, TEXT_SIZE, arena_format(arena, "%s%s%s", shape, *costs ? " \u00b7 " : "", costs),
                      BLOCK_WIDTH - 12),
             NULL);
    svg_close(svg);
}

static void draw_arrow(Svg *svg, const Arrow *arrow, double left, double top)
{
    static const char *const classes[] = {"axis", "curve line2", "axis"};
    Text path = text_new(svg->arena);
    const double *p = arrow->points;
    const int last = arrow->n_points - 1;
    const bool back = arrow->from > arrow->to;
    const double end = back ? 0 : 5; /* where the head begins */
    text_add(&path, "M%.1f,%.1f", left + p[0], top + p[1]);
    for (int i = 1; i <= last; i++) {
        const double x0 = left + p[2 * i - 2], y0 = top + p[2 * i - 1], x = left + p[2 * i],
                     y = top + p[2 * i + 1] - (i == last ? end : 0);
        if (back) text_add(&path, "C%.1f,%.1f %.1f,%.1f %.1f,%.1f", x0 + 40, y0, x + 40, y, x, y);
        else if (x0 == x) text_add(&path, "L%.1f,%.1f", x, y);
        else text_add(&path, "C%.1f,%.1f %.1f,%.1f %.1f,%.1f", x0, (y0 + y) / 2, x, (y0 + y) / 2, x, y);
    }
    svg_path(svg, classes[arrow->kind], path.chars, arrow->kind == ARROW_BACKWARD);
    if (back) return;
    const double x = left + p[2 * last], y = top + p[2 * last + 1];
    const double head[] = {x, y, x - 3.5, y - 6, x + 3.5, y - 6};
    svg_points(svg, "polygon", arrow->kind == ARROW_OBJECTIVE ? "mark2" : "quiet", 3, head);
}

static const char *subtitle_of(Arena *arena, const Emission *e)
{
    const int64_t all = parameter_floats(e->experiment, false), trained = parameter_floats(e->experiment, true);
    const char *forward = count_text(arena, (double)e->flops_forward);
    Text text = text_new(arena);
    text_add(&text, "%s parameters", count_text(arena, (double)all));
    if (trained < all) text_add(&text, ", %s of them trained", count_text(arena, (double)trained));
    text_add(&text, "; an image: %s FLOPs", forward);
    if (e->experiment->loss)
        text_add(&text, " forward, %s a step", count_text(arena, (double)e->flops_step));
    return text.chars;
}

/* A line of the legend for each kind of arrow that the picture has. */
static double draw_legend_of(Svg *svg, const Blocks *b, double x, double y)
{
    static const char *const words[] = {NULL, "the objective reads it: here its gradient enters the network",
                                        "only the backward pass inside the objective reads it"};
    for (int kind = ARROW_OBJECTIVE; kind <= ARROW_BACKWARD; kind++) {
        bool any = false;
        for (int i = 0; i < b->n_arrows; i++) any = any || (int)b->arrows[i].kind == kind;
        if (!any) continue;
        svg_path(svg, kind == ARROW_OBJECTIVE ? "curve line2" : "axis",
                 arena_format(svg->arena, "M%.1f,%.1fL%.1f,%.1f", x, y - 4, x + 26, y - 4), kind == ARROW_BACKWARD);
        y = svg_paragraph(svg, "quiet", x + 34, y, svg->width - x - 44, 14, words[kind]) + 2;
    }
    return y;
}

const char *blocks_svg(Arena *arena, const Emission *e) { return blocks_svg_against(arena, e, NULL); }

const char *blocks_svg_against(Arena *arena, const Emission *e, const Experiment *against)
{
    Blocks *b = blocks_of(arena, e->experiment);
    const Blocks *other = against ? blocks_of(arena, against) : NULL;
    layout(arena, b);
    const char *name = shown_name(arena, e->experiment->source.name), *title = arena_format(arena, "%s: graph", name);
    Svg svg = svg_new(arena, fmax(b->width + 24, 340));
    const double left = (svg.width - b->width) / 2;
    svg_text(&svg, "title", 12, 22, text_fit(arena, TITLE_SIZE, name, svg.width - 24), name);
    double top = svg_paragraph(&svg, "quiet", 12, 39, svg.width - 24, 14, subtitle_of(arena, e));
    top = draw_legend_of(&svg, b, 12, top + 3) + 2;
    for (int i = 0; i < b->n_arrows; i++) draw_arrow(&svg, &b->arrows[i], left, top);
    for (int i = 0; i < b->n; i++) draw_block(&svg, b, other, &b->blocks[i], left, top);
    return svg_finish(&svg, top + b->height + 14, title,
                      "Blocks of the network from the top down; each with its calls, the shape of its result, its "
                      "parameters and its operations. Those of the objective have another colour.");
}

/* ---- text ---- */

static const char *reads_of(Arena *arena, const Blocks *b, int block)
{
    Text text = text_new(arena);
    for (int i = 0; i < b->n_arrows; i++)
        if (b->arrows[i].to == block)
            text_add(&text, "%s%s%s", text.length ? ", " : "", shown_name(arena, b->blocks[b->arrows[i].from].name),
                     b->arrows[i].kind == ARROW_BACKWARD ? " (gradient)" : "");
    return text.chars;
}

const char *blocks_text(Arena *arena, const Emission *e, int width)
{
    const Blocks *b = blocks_of(arena, e->experiment);
    Text text = text_new(arena);
    int name_width = 5;
    for (int i = 0; i < b->n; i++) {
        const int columns = shown_width(shown_name(arena, b->blocks[i].name));
        if (columns > name_width) name_width = columns;
    }
    if (name_width > 24) name_width = 24;
    text_add(&text, "%s\n%s\n\n", shown_name(arena, e->experiment->source.name), subtitle_of(arena, e));
    text_add(&text, "%-*s  %-14s %8s %8s  %s\n", name_width, "block", "result", "params", "FLOPs", "reads");
    for (int i = 0; i < b->n; i++) {
        const Block *one = &b->blocks[i];
        const char *name = shown_within(arena, shown_name(arena, one->name), name_width);
        const int at = name_width + 36, room = width - at > 12 ? width - at : 12;
        const char *reads = shown_within(arena, reads_of(arena, b, i), room);
        text_add(&text, "%s%*s  %-14s %8s %8s%s%s\n", name, name_width - shown_width(name), "",
                 result_of(arena, b, one, "x"), one->parameters ? count_text(arena, (double)one->parameters) : "",
                 one->flops ? count_text(arena, (double)one->flops) : "", *reads ? "  " : "", reads);
    }
    return text.chars;
}
