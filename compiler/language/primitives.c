/* primitives.c - the primitives in which the prelude is written; there each is named prim.NAME.  A primitive is a C
 * function that makes nodes of its arguments, or tells about an argument. */
#include "language/language.h"

#include <string.h>

Value value_at(lua_State *L, int index) { return value_argument(L, index, "an argument"); }
Type type_at(lua_State *L, int index) { return graph_at(front_of(L)->g, value_at(L, index))->type; }
int give(lua_State *L, Value v) { return push_value(L, v), 1; }

int dims_at(lua_State *L, int index, int64_t list[MAX_RANK])
{
    luaL_checktype(L, index, LUA_TTABLE);
    int n = (int)lua_rawlen(L, index);
    if (n > MAX_RANK) front_error(L, "%d axes, at most %d are possible", n, MAX_RANK);
    for (int i = 0; i < n; i++) {
        lua_rawgeti(L, index, i + 1);
        if (!lua_isinteger(L, -1)) front_error(L, "an axis is %s, not a whole number", kind_text(L, -1));
        list[i] = lua_tointeger(L, -1);
        lua_pop(L, 1);
    }
    return n;
}

static const Op *find_op(lua_State *L, const char *name)
{
    for (int i = 0; i < op_count(); i++)
        if (!strcmp(op_at(i)->name, name)) return op_at(i);
    bug("the prelude asks for an op %s", name);
    (void)L;
}

static int p_pointwise(lua_State *L)   /* op, a [, b [, c]] */
{
    const Op *op = find_op(L, luaL_checkstring(L, 1));
    Graph *g = front_of(L)->g;
    if (op->arity == 1) return give(L, make_unary(g, op, value_at(L, 2)));
    if (op->arity == 2) return give(L, make_binary(g, op, value_at(L, 2), value_at(L, 3)));
    return give(L, make_where(g, value_at(L, 2), value_at(L, 3), value_at(L, 4)));
}

/* words(): {name, number of inputs, whether they may be labels} of each op that is a word of the graph language. */
static int p_words(lua_State *L)
{
    lua_Integer n = 0;
    lua_newtable(L);
    for (int i = 0; i < op_count(); i++) {
        const Op *op = op_at(i);
        if (!op->word) continue;
        lua_createtable(L, 3, 0);
        lua_pushstring(L, op->name), lua_rawseti(L, -2, 1);
        lua_pushinteger(L, op->arity), lua_rawseti(L, -2, 2);
        lua_pushboolean(L, op->c_same != NULL), lua_rawseti(L, -2, 3);     /* comparisons */
        lua_rawseti(L, -2, ++n);
    }
    return 1;
}

static int p_dims(lua_State *L)   /* all axes, the batch as -1 */
{
    Type type = type_at(L, 1);
    lua_createtable(L, type.rank, 0);
    for (int i = 0; i < type.rank; i++) {
        lua_pushinteger(L, type.dims[i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

/* numbers(v): the numbers of a constant, as a flat list; nil when v is no constant. */
static int p_numbers(lua_State *L)
{
    const Node *node = graph_at(front_of(L)->g, value_at(L, 1));
    if (node->op != &op_constant) return 0;
    const int64_t n = type_count(node->type, 1);
    lua_createtable(L, (int)n, 0);
    for (int64_t i = 0; i < n; i++) {
        lua_pushnumber(L, node->attr.reals[node->attr.n_reals == 1 ? 0 : i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int p_stray(lua_State *L)   /* a key for which a table is no list; nil when it is one */
{
    lua_pushstring(L, stray_key(L, 1));
    return 1;
}

/* keys(t): a list of the table's keys, in an order that does not depend on how the table was made. */
static int p_keys(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_newtable(L);
    lua_Integer n = 0;
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        if (n >= 256) return front_error(L, "a table with more than 256 names");
        front_charge(L, 10 + n);
        lua_Integer at = ++n;
        const char *key = kind_text(L, -2);
        for (; at > 1; at--) {                       /* insertion: there are few */
            lua_rawgeti(L, 2, at - 1);
            bool behind = strcmp(kind_text(L, -1), key) > 0;
            if (behind) lua_rawseti(L, 2, at);
            else lua_pop(L, 1);
            if (!behind) break;
        }
        lua_pushvalue(L, -2);
        lua_rawseti(L, 2, at);
    }
    return 1;
}

static int p_whole(lua_State *L)
{
    Handle *h = to_value(L, 1);
    lua_pushboolean(L, h && graph_at(front_of(L)->g, h->value)->type.elem == INT);
    return 1;
}

static int p_is_value(lua_State *L)
{
    lua_pushboolean(L, to_value(L, 1) != NULL);
    return 1;
}

/* A list of axes (names, positions) as a bit mask; nil: all. */
static int p_axes(lua_State *L)
{
    Type type = type_at(L, 1);
    uint32_t mask = 0;
    if (lua_isnoneornil(L, 2)) mask = (1u << type.rank) - 1;
    if (lua_istable(L, 2) && (lua_rawlen(L, 2) == 0 || stray_key(L, 2)))
        front_error(L, "the axes are %s, not a list of names or positions", kind_text(L, 2));
    int n = lua_istable(L, 2) ? (int)lua_rawlen(L, 2) : 1;
    for (int i = 1; i <= n && !lua_isnoneornil(L, 2); i++) {
        if (lua_istable(L, 2)) lua_rawgeti(L, 2, i);
        else lua_pushvalue(L, 2);
        int axis = -1;
        static const char *const image[] = {"b", "h", "w", "c"}, *const row[] = {"b", "c"};
        if (lua_type(L, -1) == LUA_TSTRING) {
            const char *name = lua_tostring(L, -1);
            for (int k = 0; k < type.rank; k++)
                if ((type.rank == 4 && !strcmp(name, image[k])) || (type.rank == 2 && !strcmp(name, row[k]))) axis = k;
            if (axis < 0)
                front_error(L, "there is no axis '%s' in %s%s", name, shape_of(front_of(L), type),
                            type.rank == 4   ? ": its axes are b, h, w, c"
                            : type.rank == 2 ? ": its axes are b, c"
                                             : "; say its position, 1 is the batch");
        } else if (lua_isinteger(L, -1)) {
            lua_Integer position = lua_tointeger(L, -1);
            if (position < 1 || position > type.rank)
                front_error(L, "there is no axis %lld in %s", (long long)position, shape_of(front_of(L), type));
            axis = (int)position - 1;
        } else front_error(L, "an axis is %s, not a name or a position", kind_text(L, -1));
        if (mask >> axis & 1) front_error(L, "axis %d is named twice", axis + 1);
        mask |= 1u << axis;
        lua_pop(L, 1);
    }
    lua_pushinteger(L, mask);
    return 1;
}

static int p_sum(lua_State *L)
{
    return give(L, make_sum(front_of(L)->g, value_at(L, 1), (uint32_t)luaL_checkinteger(L, 2)));
}
static int p_mean(lua_State *L)
{
    return give(L, make_mean(front_of(L)->g, value_at(L, 1), (uint32_t)luaL_checkinteger(L, 2)));
}
static int p_max(lua_State *L)
{
    return give(L, make_max(front_of(L)->g, value_at(L, 1), (uint32_t)luaL_checkinteger(L, 2)));
}
static int p_argmax(lua_State *L)
{
    return give(L, make_argmax(front_of(L)->g, value_at(L, 1), (uint32_t)luaL_checkinteger(L, 2)));
}

static int p_reshape(lua_State *L)
{
    int64_t dims[MAX_RANK];
    int n = dims_at(L, 2, dims);
    for (int i = 0; i < n; i++)
        if (dims[i] < -((int64_t)1 << 40) || dims[i] == 0 || dims[i] > (int64_t)1 << 40)
            front_error(L, "an axis of %lld elements", (long long)dims[i]);
    return give(L, make_reshape(front_of(L)->g, value_at(L, 1), n, dims));
}

static int p_broadcast(lua_State *L)   /* axes of size 1 become those of the shape */
{
    int64_t dims[MAX_RANK];
    Type type = {.rank = dims_at(L, 2, dims)};
    memcpy(type.dims, dims, sizeof dims);
    return give(L, make_broadcast(front_of(L)->g, value_at(L, 1), type));
}

static int p_drop(lua_State *L)   /* axes of size 1 leave the shape */
{
    Type type = type_at(L, 1);
    uint32_t mask = (uint32_t)luaL_checkinteger(L, 2);
    Dim dims[MAX_RANK];
    int n = 0;
    for (int i = 0; i < type.rank; i++)
        if (!(mask >> i & 1)) dims[n++] = type.dims[i];
    return give(L, make_reshape(front_of(L)->g, value_at(L, 1), n, dims));
}

static int p_permute(lua_State *L)
{
    int64_t list[MAX_RANK];
    int positions[MAX_RANK], n = dims_at(L, 2, list);
    Type type = type_at(L, 1);
    bool seen[MAX_RANK] = {false};
    if (n != type.rank) front_error(L, "%d positions for %s", n, shape_of(front_of(L), type));
    for (int i = 0; i < n; i++) {
        if (list[i] < 1 || list[i] > n || seen[list[i] - 1])
            front_error(L, "the positions are no permutation of 1 to %d", n);
        seen[list[i] - 1] = true;
        positions[i] = (int)list[i] - 1;
    }
    return give(L, make_permute(front_of(L)->g, value_at(L, 1), positions));
}

static int p_slice(lua_State *L)
{
    return give(L, make_slice(front_of(L)->g, value_at(L, 1), (int)luaL_checkinteger(L, 2), luaL_checkinteger(L, 3),
                              luaL_checkinteger(L, 4)));
}
static int p_pad(lua_State *L)
{
    return give(L, make_pad(front_of(L)->g, value_at(L, 1), (int)luaL_checkinteger(L, 2), luaL_checkinteger(L, 3),
                            luaL_checkinteger(L, 4), luaL_checknumber(L, 5)));
}

static int p_concat(lua_State *L)
{
    Value list[64];
    int n = (int)lua_rawlen(L, 1);
    if (n < 1 || n > 64) front_error(L, "%d values, 1 to 64 are possible", n);
    for (int i = 0; i < n; i++) {
        lua_rawgeti(L, 1, i + 1);
        list[i] = value_argument(L, -1, "a part");
        lua_pop(L, 1);
    }
    return give(L, make_concat(front_of(L)->g, n, list, (int)luaL_checkinteger(L, 2)));
}

static int p_matmul(lua_State *L)
{
    return give(L,
                make_matmul(front_of(L)->g, value_at(L, 1), value_at(L, 2), lua_toboolean(L, 3), lua_toboolean(L, 4)));
}
static int p_pick(lua_State *L) { return give(L, make_pick(front_of(L)->g, value_at(L, 1), value_at(L, 2))); }
static int p_one_hot(lua_State *L)
{
    return give(L, make_one_hot(front_of(L)->g, value_at(L, 1), luaL_checkinteger(L, 2)));
}

/* op, first, second or nil, attributes: convolutions and windows */
static int p_node(lua_State *L)
{
    Front *f = front_of(L);
    int64_t ints[16];
    luaL_checktype(L, 4, LUA_TTABLE);
    int n = (int)lua_rawlen(L, 4);
    if (n > 16) bug("a node of %d attributes", n);
    for (int i = 0; i < n; i++) {
        lua_rawgeti(L, 4, i + 1);
        ints[i] = lua_tointeger(L, -1);
        if (ints[i] < 0 || ints[i] > 1 << 24)
            front_error(L, "a size of %lld, against at most 2^24", (long long)ints[i]);
        lua_pop(L, 1);
    }
    Value in[2] = {value_at(L, 2), lua_isnil(L, 3) ? 0 : value_at(L, 3)};
    return give(L,
                graph_add(f->g, find_op(L, luaL_checkstring(L, 1)), in[1] ? 2 : 1, in, attr_ints(f->arena, n, ints)));
}

static int p_count(lua_State *L)   /* elements along the axes, a number */
{
    return give(L, make_count(front_of(L)->g, type_at(L, 1), (uint32_t)luaL_checkinteger(L, 2)));
}

static int p_grad(lua_State *L)   /* y, x or a list */
{
    Front *f = front_of(L);
    Value y = value_at(L, 1), x[64], dx[64];
    bool list = lua_istable(L, 2);
    int n = list ? (int)lua_rawlen(L, 2) : 1;
    if (n < 1 || n > 64) front_error(L, "%d values to differentiate by, 1 to 64 are possible", n);
    for (int i = 0; i < n; i++) {
        if (list) lua_rawgeti(L, 2, i + 1);
        else lua_pushvalue(L, 2);
        x[i] = value_argument(L, -1, "what to differentiate by");
        lua_pop(L, 1);
    }
    differentiate(f->g, y, n, x, dx, true);
    if (!list) return give(L, dx[0]);
    lua_createtable(L, n, 0);
    for (int i = 0; i < n; i++) {
        push_value(L, dx[i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int p_float(lua_State *L)   /* a number rounded to float */
{
    lua_pushnumber(L, (double)(float)luaL_checknumber(L, 1));
    return 1;
}

static int p_error(lua_State *L) { return front_error(L, "%s", luaL_checkstring(L, 1)); }

static int p_text(lua_State *L)   /* the text of a value, or of anything else, in a message */
{
    Handle *h = to_value(L, 1);
    lua_pushstring(L, h ? shape_of(front_of(L), graph_at(front_of(L)->g, h->value)->type) : kind_text(L, 1));
    return 1;
}

void open_primitives(lua_State *L)
{
    static const luaL_Reg primitives[] = {{"pointwise", p_pointwise},
                                          {"words", p_words},
                                          {"sum", p_sum},
                                          {"mean", p_mean},
                                          {"max", p_max},
                                          {"argmax", p_argmax},
                                          {"reshape", p_reshape},
                                          {"drop", p_drop},
                                          {"broadcast", p_broadcast},
                                          {"float", p_float},
                                          {"permute", p_permute},
                                          {"slice", p_slice},
                                          {"pad", p_pad},
                                          {"concat", p_concat},
                                          {"matmul", p_matmul},
                                          {"pick", p_pick},
                                          {"one_hot", p_one_hot},
                                          {"node", p_node},
                                          {"count", p_count},
                                          {"grad", p_grad},
                                          {"dims", p_dims},
                                          {"axes", p_axes},
                                          {"numbers", p_numbers},
                                          {"whole", p_whole},
                                          {"is_value", p_is_value},
                                          {"keys", p_keys},
                                          {"stray", p_stray},
                                          {"text", p_text},
                                          {"error", p_error},
                                          {"record", make_record},
                                          {"fields", record_fields},
                                          {"closure", make_closure},
                                          {"define", define},
                                          {"options", options_of},
                                          {NULL, NULL}};
    lua_newtable(L);
    luaL_setfuncs(L, primitives, 0);
}
