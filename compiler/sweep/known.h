/* known.h - the way from an experiment file to its cells.
 *
 *   reading.c  graph files, read in processes of their own: reading.h
 *   known.c    facts about graphs, asked for once
 *   match.c    an option that gives a variant the baseline's parameters
 *   check.c    an experiment against its graphs: check.h
 *   cells.c    the cells
 *   costs.c    what they cost, before any runs; shards */
#ifndef KNOWN_H
#define KNOWN_H

#include "base/base.h"
#include "sweep/reading.h"

/* Facts that were asked for. */
typedef struct Known {
    Arena *arena;
    NameTable numbers;                 /* of the questions, from 1 */
    int n, capacity;
    const Facts **facts;
} Known;

Known known_new(Arena *);
/* facts[i] answers question i; equal questions have one answer. */
void known_facts(Known *, int n, const Question *, const Facts **facts);
/* The question with one option more. */
Question with_setting(Arena *, const Question *, Setting);

/* Solves for study->match_option, of which the baseline has the value `from`: the answer to the question with the value
 * that gives the count of parameters nearest to `target`, the smaller of two that are as near.  *question becomes that
 * question.  NULL: the graph takes no value that was tried. */
const Facts *match_parameters(Known *, const char *option, int64_t from, int64_t target, Question *question);

#endif
