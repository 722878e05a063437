/* web.h - a run as a page in which its network sees, shows where it looks, and is trained again, by WebAssembly.
 *
 *   build.c    the run's C, compiled by clang for WebAssembly
 *   module.c   the module as it stands in the page: without what only tools read; where its calls of rt_fma_call are
 *   examples.c test images that the page holds
 *   words.c    what the page says
 *   page.c     the page
 *
 * wasm/ has what is compiled along: web_module.c, whose functions the page calls, and web_library.c, the little of C's
 * library that these need.  page.html, page.css and page.js are the page's texts. */
#ifndef WEB_H
#define WEB_H

#include "base/base.h"
#include "page/page.h"

/* Bytes, as arena memory. */
typedef struct Bytes { const unsigned char *at; size_t n; } Bytes;

/* A run, and what a page can do with it. */
typedef struct WebRun {
    const Run *run;
    const Experiment *mapped;              /* as load_map() makes it */
    MapPlace place;
    bool at_image;                         /* the map is at the image itself: there is no feature map */
    int64_t height, width, channels;       /* of images */
    RtNormalize normalize;                 /* of images, as the run had it */
    bool draws;                            /* images are of the size of drawn digits */
    int64_t steps;                         /* of a training on digits */
    int n_examples;
    Bytes examples;                        /* [n_examples][height][width][channels] */
    const char *untrained;                 /* why it cannot be trained on digits; NULL: it can */
} WebRun;

WebRun *web_read(Arena *, const char *folder);
const char *web_page(Arena *, const WebRun *);                   /* HTML */

/* ---- examples.c ---- */

/* Fills in the examples, and how images are normalized. */
void web_examples(Arena *, WebRun *);

/* ---- words.c ---- */

const char *web_verdict(Arena *, const WebRun *);
const char *web_training(Arena *, const WebRun *);
const char *web_about(Arena *, const WebRun *);                     /* HTML */
int64_t web_weights(const WebRun *);                                /* how many numbers */
const char *web_facts(Arena *, const WebRun *);                     /* JSON, as it may stand in a page */

/* ---- build.c ---- */

/* The module of a run.  Ends the program with a message where there is no compiler for it. */
Bytes web_build(Arena *, const WebRun *);

/* ---- module.c ---- */

typedef struct Module {
    Bytes bytes;
    int n_calls;
    const uint32_t *calls;                 /* where, in bytes, a call of the function begins: 6 bytes each */
} Module;

/* callee: the exported function whose calls are looked for. */
Module web_module(Arena *, Bytes built, const char *callee);

#endif
