/* export_weights.c - the weights of a finished run, which must be those of its record. */
#include "exchange/export.h"

#include <string.h>
#include <unistd.h>

#include "cam/network.h"

/* Parameters or states as the runtime knows them, one behind the other. */
static RtTensor *tensors_of(Arena *arena, const Experiment *x, int n, const Parameter *list)
{
    RtTensor *tensors = arena_array(arena, n, sizeof *tensors);
    int64_t offset = 0;
    for (int i = 0; i < n; i++) {
        const Type type = graph_at(x->graph, list[i].value)->type;
        tensors[i] = (RtTensor){
            .name = list[i].name, .rank = type.rank, .count = type_count(type, 1), .offset = offset};
        memcpy(tensors[i].dims, type.dims, (size_t)type.rank * sizeof *type.dims);
        offset += tensors[i].count;
    }
    return tensors;
}

/* The sha256 that the record has of the weights. */
static const char *recorded(const RunRecord *r, bool best)
{
    const RtJsonNode *of = best ? rt_json_get(&r->json, r->json.nodes, "best") : NULL,
                     *hash = of && of->kind == RT_JSON_OBJECT ? rt_json_get(&r->json, of, "sha256") : NULL;
    if (!best) return r->weights_sha256;
    if (!of) fail("%s: the run kept no best weights: it was trained without --keep best", r->path);
    if (!hash || hash->kind != RT_JSON_STRING) fail("%s: best has no sha256: it is the record of no run", r->path);
    return hash->string;
}

const float *const *export_weights(Arena *arena, const Experiment *x, const char *run, bool best)
{
    const RunRecord r = read_record(arena, run);
    const char *path = arena_format(arena, "%s/%s.safetensors", run, best ? "best" : "weights");
    const char *wanted = recorded(&r, best);
    char hash[65];
    RtError error = {0};
    RtWeights weights;
    const RtModel model = {.n_parameters = x->n_parameters,
                           .parameters = tensors_of(arena, x, x->n_parameters, x->parameters),
                           .n_states = x->n_states,
                           .states = tensors_of(arena, x, x->n_states, x->states)};
    if (access(path, F_OK)) fail("%s: there is no such file: a run without weights has no model", path);
    if (!rt_weights_open(&weights, &model, &error) || !rt_weights_read(path, &weights, &model, &error))
        fail("%s", error.text);
    rt_weights_sha256(&weights, &model, hash);
    if (strcmp(hash, wanted))
        fail("%s: its sha256 is %s, against %.64s of %s: the weights are not the run's", path, hash, wanted, r.path);
    const float **list = arena_array(arena, x->n_parameters + x->n_states, sizeof *list);
    for (int i = 0; i < x->n_parameters; i++) list[i] = weights.parameters + model.parameters[i].offset;
    for (int i = 0; i < x->n_states; i++) list[x->n_parameters + i] = weights.state + model.states[i].offset;
    return list;
}
