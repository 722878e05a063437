/* show.h - a graph and its plan of memory, as pictures and as text for a terminal.
 *
 *   blocks.c   values folded into blocks, as a person would draw them
 *   layout.c   where blocks and the arrows between them lie
 *   graph.c    blocks as SVG and as a table
 *   memory.c   the plan as SVG and as bars
 *
 * The same graph gives the same bytes. */
#ifndef SHOW_H
#define SHOW_H

#include "draw/draw.h"
#include "emit/emission.h"

/* ---- blocks.c ---- */

/* Values that are drawn as one: the layers of a scope and what follows them there, the values of a call, an input. */
typedef struct Block {
    const char *name;                  /* of a scope, a layer, a call or an input */
    const char *calls;                 /* the constructors in it, each once: "conv2d x 2, batch_norm x 2, relu" */
    bool input;
    bool objective;                    /* no prediction is computed from it */
    bool backward;                     /* gradients that the objective itself asks for are computed in it */
    Value result;                      /* the last value that others read */
    int64_t parameters, frozen;        /* frozen: those of the parameters that training leaves as they are */
    int64_t flops;                     /* forward, of an image's share of a batch */
    int n_values;
    Value *values;                     /* in the order of the file */
    int layer;                         /* layout.c fills in the rest */
    double x, y;                       /* its middle, its upper edge */
} Block;

typedef enum ArrowKind {
    ARROW_DATA,
    ARROW_OBJECTIVE,                   /* the objective reads what has parameters: its gradient enters here */
    ARROW_BACKWARD                     /* only a gradient inside the objective reads it */
} ArrowKind;

typedef struct Arrow {
    int from, to;                      /* blocks */
    ArrowKind kind;
    int n_points;
    double *points;                    /* x, y: from the lower edge of a block to the upper edge of another one */
} Arrow;

typedef struct Blocks {
    const Experiment *experiment;
    int n, capacity, n_arrows, arrows_capacity;
    Block *blocks;
    Arrow *arrows;
    double width, height;              /* of the drawing */
} Blocks;

enum { MOST_BLOCKS = 40 };             /* more of them are folded by shorter scopes */

/* The values that the loss and the outputs need, folded. */
Blocks *blocks_of(Arena *, const Experiment *);

/* ---- layout.c ---- */

enum { BLOCK_WIDTH = 296, BLOCK_HEIGHT = 58, BLOCK_GAP = 24 };

/* Places the blocks in rows, each below those that it reads. */
void layout(Arena *, Blocks *);

/* ---- graph.c ---- */

const char *blocks_svg(Arena *, const Emission *);
/* The same; blocks that the other experiment does not have, or has with other calls or sizes, get a thick edge. */
const char *blocks_svg_against(Arena *, const Emission *, const Experiment *other);
const char *blocks_text(Arena *, const Emission *, int width);

/* ---- memory.c ---- */

const char *memory_svg(Arena *, const Emission *);
const char *memory_text(Arena *, const Emission *, int width);

#endif
