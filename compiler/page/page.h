/* page.h - reports: pages of HTML that need nothing else and ask for nothing.
 *
 *   html.c      the page: its style, sections, tables, pictures
 *   facts.c     a run, and what its run.json says
 *   stopped.c   a run that stopped at a number that is not finite: what it left
 *   run.c       the page of a run: what came out, how to make it again, costs, what to be careful about
 *   failed.c    the page of such a run
 *   curves.c    what it said of itself after each epoch
 *   watch.c     what it watched of values and gradients
 *   seen.c      its predictions: confusion, the worst images and their maps, metrics of maps
 *   code.c      its graph file and emitted C, line by line
 *   against.c   a run beside another one
 *   study.c     a sweep
 *
 * Names and texts may come from anywhere; all of them are escaped.  The same run gives the same bytes. */
#ifndef PAGE_H
#define PAGE_H

#include "base/csv.h"
#include "cam/picture.h"
#include "cam/network.h"
#include "draw/draw.h"
#include "emit/emission.h"
#include "report/report.h"

/* ---- html.c ---- */

typedef struct Page { Arena *arena; Text contents, body; bool open; } Page;

Page page_new(Arena *);
/* Begins a section, and ends the one before.  id: letters, digits and -. */
void page_section(Page *, const char *id, const char *title);
void page_add(Page *, const char *format, ...) __attribute__((format(printf, 2, 3)));      /* HTML as it is */
void page_paragraph(Page *, const char *text);                           /* text is escaped, as are cells of tables */
void page_code(Page *, const char *text);                                /* lines as they stand there */
void page_svg(Page *, const char *svg);                                  /* the page has its style sheet */
/* A picture of height x width colours, magnified so many times. */
const char *page_picture(Arena *, int height, int width, const void *colours, int factor, const char *words);
/* The same about as large as others, whatever the image's size is. */
const char *page_thumbnail(Arena *, int64_t height, int64_t width, const Colour *colours, const char *words);
void page_table(Page *, int columns, const char *const *heads);          /* the first column is of names */
void page_row(Page *, int columns, const char *const *cells);
void page_facts(Page *);                                                 /* a table without heads, of name and text */
void page_table_end(Page *);
/* The whole page; words: the line of verdict below the title. */
const char *page_finish(Page *, const char *title, const char *words);

/* ---- facts.c ---- */

typedef struct Stopped Stopped;

/* A run that ended, and what its graph file becomes under its options. */
typedef struct Run {
    const char *folder;
    RunRecord record;                  /* of one that stopped: what its emitted folder says */
    const RtJsonNode *top;
    const Experiment *experiment;
    const Emission *emission;
    const Stopped *stopped;            /* NULL: it came to its end */
} Run;

/* Reads the folder of a run.  Ends the program with a message when it holds none that ended. */
Run *run_read(Arena *, const char *folder);
bool run_has(const Run *, const char *key);
double run_number(const Run *, const char *object, const char *key);     /* of run.json; nan: it is not there */
const char *run_text(const Run *, const char *object, const char *key);  /* NULL: it is not there */
const char *run_setting(Arena *, const Run *, const char *name);         /* an option as --set takes it; "": none */
const char *shell_quoted(Arena *, const char *word);
const char *run_settings(Arena *, const Run *);                          /* " --set NAME=VALUE" for each */
/* The command that makes it again; with a data set that is not NULL, the one that trains the same graph on that. */
const char *run_command(Arena *, const Run *, const char *data);
const char *run_class(Arena *, const Run *, int class);                  /* its name for people, else its number */
/* The ends of Wilson's interval of 95% for k of n. */
void wilson(double k, double n, double ends[2]);

/* ---- stopped.c ---- */

/* Where a run stopped.  -1: a number that is not known. */
struct Stopped {
    const char *path, *where, *what;
    RtArrays batch;                    /* failed_batch.safetensors */
    bool training;                     /* in a step, else in an evaluation */
    int64_t step, epochs, steps_per_epoch;
    RtJson classes;                    /* a list of their names; no nodes where they have none */
    NotFinite first;
};

bool run_stopped(Arena *, const char *folder);                           /* no run.json, and a failed batch */
Run *stopped_read(Arena *, const char *folder);
const char *stopped_words(Arena *, const Run *);                         /* where it stopped, and at what */
const char *first_words(Arena *, const Run *);                           /* the first value that is not finite */
const char *stopped_where(Arena *, const char *folder);                  /* the same of a folder; NULL: it did not */

/* ---- failed.c ---- */

void page_stopped(Page *, const Run *);
void page_failed_batch(Page *, const Run *);
void page_next(Page *, const Run *);

/* ---- run.c, study.c: whole pages ---- */

const char *run_page(Arena *, const char *folder, const char *against, int threads);
const char *study_page(Arena *, const char *folder, int threads);

/* ---- curves.c, watch.c, seen.c, code.c, against.c: sections of a run's page ---- */

void page_curves(Page *, const Run *);
void page_watched(Page *, const Run *);                                  /* nothing, where there is none */
void page_predictions(Page *, const Run *, int threads);
void page_sources(Page *, const Run *);
/* The number of a graph file on the page, by its name in records; -1: there is none. */
int source_number(Arena *, const Experiment *, const char *base);
void page_against(Page *, const Run *, const Run *other);

#endif
