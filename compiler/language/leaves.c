/* leaves.c - the primitives that make values that no op computes: parameters, states, random streams, the training
 * set's class means, tables of numbers, and the run-time scalars of a step. */
#include "language/language.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { MOST_NUMBERS = 1 << 20 };

static int p_parameter(lua_State *L)   /* shape, suffix or nil, kind of initial values, number */
{
    int64_t dims[MAX_RANK];
    Type type = {.elem = REAL, .rank = dims_at(L, 1, dims)};
    for (int i = 0; i < type.rank; i++) {
        if (dims[i] < 1 || dims[i] > (int64_t)1 << 31) front_error(L, "an axis of %lld elements", (long long)dims[i]);
        type.dims[i] = dims[i];
    }
    if (type_count(type, 1) < 0 || type_count(type, 1) > (int64_t)1 << 31)
        front_error(L, "a parameter of more than 2^31 elements");
    static const char *const kinds[] = {"constant", "uniform", "normal", "truncated", NULL};
    const char *suffix = lua_isnil(L, 2) ? NULL : arena_copy(front_of(L)->arena, luaL_checkstring(L, 2));
    return give(L, new_parameter(front_of(L), type, suffix, (RtInitKind)luaL_checkoption(L, 3, NULL, kinds),
                                 luaL_checknumber(L, 4)));
}

static int p_state(lua_State *L)   /* shape, suffix, the number that it begins with */
{
    int64_t dims[MAX_RANK];
    Type type = {.elem = REAL, .rank = dims_at(L, 1, dims)};
    memcpy(type.dims, dims, sizeof dims);
    return give(L, new_state(front_of(L), type, arena_copy(front_of(L)->arena, luaL_checkstring(L, 2)),
                             luaL_checknumber(L, 3)));
}

static Parameter *state_at(lua_State *L, int index)
{
    Front *f = front_of(L);
    Value v = value_at(L, index);
    for (int i = 0; i < f->x->n_states; i++)
        if (f->x->states[i].value == v) return &f->x->states[i];
    bug("the prelude updates what is no state");
}

static int p_latest(lua_State *L)   /* state: the value that the step has left in it so far */
{
    const Parameter *state = state_at(L, 1);
    return give(L, state->next ? state->next : state->value);
}

static int p_update(lua_State *L)   /* state, its value after the step */
{
    state_at(L, 1)->next = make_reshape_like(front_of(L)->g, value_at(L, 2), type_at(L, 1));
    return 0;
}

static int p_random(lua_State *L)   /* like a value, or axes */
{
    Type type = {.elem = REAL};
    if (!lua_istable(L, 1)) type = type_at(L, 1);
    else {
        int64_t dims[MAX_RANK];
        type.rank = dims_at(L, 1, dims);
        memcpy(type.dims, dims, sizeof dims);
    }
    return give(L, new_stream(front_of(L), type));
}

/* The input that takes the data set's images. */
static Value first_image(lua_State *L)
{
    Front *f = front_of(L);
    for (int i = 0; i < f->x->n_fields; i++)
        if (f->x->fields[i].kind == RT_FIELD_IMAGE && graph_at(f->g, f->x->fields[i].value)->type.rank == 4)
            return f->x->fields[i].value;
    front_error(L, "the file has no input{h, w, c}, whose images it takes");
}

static int p_first_image(lua_State *L) { return give(L, first_image(L)); }

static int p_class_means(lua_State *L)   /* classes: the mean training image of each, [classes, h, w, c] */
{
    Front *f = front_of(L);
    Type type = graph_at(f->g, first_image(L))->type;
    type.dims[0] = (Dim)luaL_checkinteger(L, 1);
    return give(L, class_means(f, type));
}

static int p_index(lua_State *L)   /* the row-major number of each element of that shape */
{
    int64_t dims[MAX_RANK];
    Type type = {.elem = INT, .rank = dims_at(L, 1, dims)};
    memcpy(type.dims, dims, sizeof dims);
    return give(L, make_index(front_of(L)->g, type));
}

static int p_table(lua_State *L)   /* numbers in row-major order, shape */
{
    Front *f = front_of(L);
    int64_t dims[MAX_RANK];
    Type type = {.elem = REAL, .rank = dims_at(L, 2, dims)};
    memcpy(type.dims, dims, sizeof dims);
    int64_t n = type_count(type, 1);
    if (n < 1 || n != (int64_t)lua_rawlen(L, 1)) front_error(L, "the table's rows do not have one length");
    if (n > MOST_NUMBERS) front_error(L, "a table of %lld numbers, against at most 2^20", (long long)n);
    double *numbers = arena_array(f->arena, n, sizeof *numbers);
    for (int64_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, i + 1);
        if (lua_type(L, -1) != LUA_TNUMBER || !(fabs(lua_tonumber(L, -1)) <= FLT_MAX))
            front_error(L, "an element is %s, not a finite number", kind_text(L, -1));
        numbers[i] = lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    return give(L, make_table(f->g, type, numbers));
}

static int p_progress(lua_State *L) { return give(L, graph_add(front_of(L)->g, &op_progress, 0, NULL, (Attr){0})); }
static int p_training(lua_State *L) { return give(L, graph_add(front_of(L)->g, &op_training, 0, NULL, (Attr){0})); }
static int p_statistics(lua_State *L)
{
    return give(L, graph_add(front_of(L)->g, &op_batch_statistics, 0, NULL, (Attr){0}));
}

void open_leaves(lua_State *L)
{
    static const luaL_Reg primitives[] = {{"parameter", p_parameter},
                                          {"state", p_state},
                                          {"latest", p_latest},
                                          {"update", p_update},
                                          {"random", p_random},
                                          {"first_image", p_first_image},
                                          {"class_means", p_class_means},
                                          {"index", p_index},
                                          {"table", p_table},
                                          {"progress", p_progress},
                                          {"training", p_training},
                                          {"statistics", p_statistics},
                                          {NULL, NULL}};
    luaL_setfuncs(L, primitives, 0);
}
