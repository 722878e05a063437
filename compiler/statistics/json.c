/* json.c - statistics as JSON, with all digits. */
#include "statistics/statistics.h"

#include <math.h>

static void write_interval(RtJsonWriter *w, double low, double high)
{
    if (isnan(low) || isnan(high)) {
        rt_json_raw(w, "ci", "null");
        return;
    }
    rt_json_open(w, "ci", '[');
    rt_json_number(w, NULL, low);
    rt_json_number(w, NULL, high);
    rt_json_close(w, ']');
}

void statistics_json(RtJsonWriter *w, const Statistics *s)
{
    rt_json_open(w, "variants", '[');
    for (int i = 0; i < s->n_variants; i++) {
        const VariantStatistics *v = &s->variants[i];
        rt_json_open(w, NULL, '{');
        rt_json_string(w, "name", v->name);
        rt_json_integer(w, "n", v->n);
        rt_json_number(w, "mean", v->n ? v->mean : (double)NAN);
        rt_json_number(w, "sd", v->sd);
        write_interval(w, v->low, v->high);
        rt_json_close(w, '}');
    }
    rt_json_close(w, ']');
    rt_json_open(w, "comparisons", '[');
    for (int i = 0; i < s->n_comparisons; i++) {
        const Comparison *c = &s->comparisons[i];
        rt_json_open(w, NULL, '{');
        rt_json_string(w, "variant", s->variants[c->variant].name);
        rt_json_string(w, "baseline", s->variants[c->baseline].name);
        rt_json_integer(w, "n", c->n);
        rt_json_number(w, "difference", c->n ? c->difference : (double)NAN);
        write_interval(w, c->low, c->high);
        rt_json_number(w, "t", c->t);
        rt_json_number(w, "p", c->p);
        rt_json_number(w, "p_holm", c->p_holm);
        rt_json_number(w, "p_signflip", c->p_signflip);
        rt_json_number(w, "p_wilcoxon", c->p_wilcoxon);
        rt_json_number(w, "dz", c->dz);
        rt_json_number(w, "g", c->g);
        rt_json_number(w, "p_better", c->p_better);
        rt_json_number(w, "p_equivalent", c->p_equivalent);
        rt_json_number(w, "p_not_worse", c->p_not_worse);
        rt_json_number(w, "detectable", c->detectable);
        if (c->reason) rt_json_string(w, "reason", c->reason);
        rt_json_close(w, '}');
    }
    rt_json_close(w, ']');
}
