/* match.c - an integer option that gives a variant the baseline's parameters.
 *
 * Counts mostly grow with such an option, or fall.  So values on both sides of the target are looked for by doubling
 * and halving, and the step between them is halved.  A graph may refuse values (a width that is not even): they are
 * stepped over.  A count may go up and down by a little: the neighbours of the best value are tried too. */
#include "sweep/known.h"

#include <stdlib.h>

enum { MOST_VALUE = 1 << 20, MOST_REFUSED = 64, NEIGHBOURS = 3 };

typedef struct Search {
    Known *known;
    const Question *question;          /* without the option */
    const char *option;
    int64_t from, target;
    /* the last values found whose counts are at most, at least the target; 0: none */
    int64_t below, above;
    int64_t best;                      /* 0: none yet */
    const Facts *facts;                /* of the best */
    Question answered;
} Search;

static int64_t distance(int64_t a, int64_t b) { return a > b ? a - b : b - a; }

/* Is the value better than the best so far? */
static bool is_better(const Search *s, int64_t value, const Facts *facts)
{
    if (!s->best) return true;
    const int64_t is = distance(facts->parameters, s->target), was = distance(s->facts->parameters, s->target);
    if (is != was) return is < was;
    if (facts->parameters != s->facts->parameters) return facts->parameters < s->facts->parameters;
    return distance(value, s->from) < distance(s->best, s->from);
}

/* Tries values from 1 on; count[i] is what value i comes to, -1 where the graph refuses it. */
static void try_values(Search *s, int n, const int64_t *values, int64_t *count)
{
    Arena *arena = s->known->arena;
    Question *questions = arena_array(arena, n, sizeof *questions);
    const Facts **facts = arena_array(arena, n, sizeof *facts);
    for (int i = 0; i < n; i++)
        questions[i] = with_setting(arena, s->question,
                                    (Setting){s->option, arena_format(arena, "%lld", (long long)values[i]),
                                              SETTING_NUMBER});
    known_facts(s->known, n, questions, facts);
    for (int i = 0; i < n; i++) {
        count[i] = facts[i]->fault ? -1 : facts[i]->parameters;
        if (facts[i]->fault) continue;
        if (count[i] <= s->target) s->below = values[i];
        if (count[i] >= s->target) s->above = values[i];
        if (is_better(s, values[i], facts[i]))
            s->best = values[i], s->facts = facts[i], s->answered = questions[i];
    }
}

static int64_t try_value(Search *s, int64_t value)
{
    int64_t count;
    try_values(s, 1, &value, &count);
    return count;
}

/* Doubles or halves the value as long as its count comes nearer to the target; by less where the graph refuses that. */
static void go(Search *s, int64_t count, bool up)
{
    for (int64_t at = s->from, last = count; !s->below || !s->above; last = count) {
        int64_t value = up ? 2 * at : at / 2;
        if (value < 1 || value > MOST_VALUE) return;
        for (count = try_value(s, value); count < 0 && distance(value, at) > 1; count = try_value(s, value))
            value = at + (value - at) / 2;
        if (count < 0 || distance(count, s->target) >= distance(last, s->target)) return;
        at = value;
    }
}

/* Tries values between below and above from their middle on, until the graph takes one; false: it takes none. */
static bool halve(Search *s)
{
    const int64_t low = s->below < s->above ? s->below : s->above, high = s->below < s->above ? s->above : s->below;
    const int64_t middle = low + (high - low) / 2;
    for (int64_t i = 0; i < MOST_REFUSED; i++) {
        const int64_t value = middle + (i % 2 ? -(i + 1) / 2 : i / 2);
        if (value > low && value < high && try_value(s, value) >= 0) return true;
    }
    return false;
}

const Facts *match_parameters(Known *known, const char *option, int64_t from, int64_t target, Question *question)
{
    Search s = {.known = known, .question = question, .option = option, .from = from, .target = target};
    const int64_t count = try_value(&s, from);
    if (count >= 0 && count != target) {
        go(&s, count, true);
        go(&s, count, false);
    }
    while (s.below && s.above && s.below != s.above && distance(s.below, s.above) > 1 && halve(&s)) continue;
    int64_t values[2 * NEIGHBOURS], counts[2 * NEIGHBOURS];
    int n = 0;
    for (int64_t i = 1; i <= NEIGHBOURS && (!s.best || s.facts->parameters != target); i++) {
        const int64_t at = s.best ? s.best : from;
        values[n++] = at + i;
        if (at > i) values[n++] = at - i;
    }
    try_values(&s, n, values, counts);
    if (s.best) *question = s.answered;
    return s.facts;
}
