/* language.h - what the parts of the Lua front end share. */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include <lauxlib.h>
#include <lua.h>

#include "graph/op.h"
#include "language/load.h"

enum { HASH_BYTES = 32, MOST_DEPTH = 180, MOST_STRING = 1 << 20 };

/* A value as Lua sees it. */
typedef struct Handle {
    Value value;
    char hash[65];               /* of what the file's calls said */
    int line;
    const char *made_by;         /* constructor or operator */
} Handle;

/* A layer: one call that made parameters or a random stream.  Its name is known when a global depends on it. */
typedef struct Layer {
    const char *name;            /* NULL until it is known */
    const char *given;           /* name = "..." */
    const char *scope, *helper, *constructor;
    int line;
    bool reached;                /* a global that was assigned depends on it */
} Layer;

typedef struct Made { Value value; int layer; const char *suffix; } Made;   /* a parameter or stream of a layer */

/* A call of the file that made values: what they are called after. */
typedef struct Called {
    Label label;
    int layer, from;        /* that it made, or used again; whose values, within its scope, it goes on from; -1: none */
    const char *scope;
    Value first;                 /* how many values there were before it */
    struct Called *before;       /* the call before it */
} Called;

typedef struct SharedPart { Value value; const char *constructor, *suffix; } SharedPart;
typedef struct Shared { const char *name; int n, capacity, next; SharedPart *parts; bool calling, replay; } Shared;

/* Of a value, for names: whether an assigned global depends on it; the layer that made it, from 1. */
typedef struct Mark { bool seen; int layer; } Mark;

typedef struct Global { const char *name; int line; Value value; } Global;

typedef struct Front {
    Arena *arena;
    Graph *g;
    Experiment *x;
    lua_State *L;
    size_t memory, longest_string, largest_block;
    int64_t instructions, instruction;   /* that were counted; what one counts */
    bool limited, stopping;      /* the file runs; it has used up what it may, and ends at its next instruction */
    int n_lines;                 /* 0: they were not looked for yet */
    uint32_t *lines;             /* where each begins in the text */
    const char *said;            /* the last message of front_error, which has its place */
    int last_line;               /* that was seen running, for what has no place of its own */
    /* the user's call that is under way: everything made and every error belongs to it */
    int depth;
    const char *constructor;
    int line, layer;
    const char *helper, *layer_name;
    const char *scope;
    Called *called;              /* the last call */
    Shared *shared, **all_shared; /* the one that is being called; all of them */
    int n_shared, shared_capacity;
    int n_layers, layers_capacity, n_made_states, made_states_capacity, states_capacity, n_made, made_capacity,
        n_streams, streams_capacity, n_globals, globals_capacity;
    Layer *layers;
    Made *made, *made_states, *streams;
    Global *globals;
    NameTable global_numbers;    /* in globals, from 1 */
    NameTable output_numbers, metric_numbers, shared_numbers;   /* in x's outputs and metrics, in all_shared, from 1 */
    int n_open, open_capacity;   /* gradients given to the custom backwards that are running */
    Value *open;
    int n_marks, n_named;        /* layers before n_named have names */
    Mark *marks;
    Value *walk;                 /* n_marks values that are to be visited */
    int parameters_capacity, fields_capacity, values_capacity, metrics_capacity, outputs_capacity, options_capacity;
    struct HashText *identity;   /* of the call under way: which inputs, parameters and streams it made or used */
    int n_settings;
    const Setting *settings;
    bool has_option;
    char loss_hash[65];
    const char **metric_hashes, **output_hashes;
    const char *train_hash;
    const MapRequest *map;       /* of load_map, else NULL */
    MapPlace *place;
} Front;

static inline Front *front_of(lua_State *L) { return *(Front **)lua_getextraspace(L); }

/* errors.c */
extern const char value_type[], record_type[];                     /* names of the metatables */
Handle *to_value(lua_State *L, int index);                         /* NULL: it is none */
bool is_record(lua_State *L, int index);                           /* sgd{...}, cosine{...} */
/* int: for `return front_error(...)` */
int front_error(lua_State *L, const char *format, ...) __attribute__((noreturn, format(printf, 2, 3)));
/* what was raised, as a person reads it: its place, once */
const char *front_message(lua_State *L, const char *raised);
int front_line(lua_State *L, const char **helper);        /* the line of the graph file that is running; its function */
const char *shape_of(Front *, Type);                               /* without the batch of rank 0 */
void front_warn(Front *, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* limits.c */
void front_charge(lua_State *L, int64_t instructions);             /* work that C does for the file counts as its own */
void front_charge_table(lua_State *L);                     /* before all keys of a table of the file are gone through */
void *front_alloc(void *front, void *block, size_t old, size_t new);   /* of the Lua state */
void front_limit(lua_State *L);                                    /* from here on the file runs */
void front_unlimit(lua_State *L);
_Noreturn void front_out_of_memory(const Front *);                 /* Lua got less than it asked for */

/* sandbox.c */
/* a table whose metatable can not be had */
void protected_table(lua_State *L, lua_CFunction get, lua_CFunction set, lua_CFunction call);

/* sandbox.c, options.c, statements.c: each adds to the table on the stack, open_option pushes one */
void open_harmless(lua_State *L);
void open_option(lua_State *L);
void open_statements(lua_State *L);
void open_training(lua_State *L);
void open_scopes(lua_State *L);
const char *near_option(Front *, const char *name);                /* "; did you mean ...", or "" */

/* values.c */
void open_values(lua_State *L);                                    /* the metatables */
Handle *push_value(lua_State *L, Value);
Value value_argument(lua_State *L, int index, const char *what);   /* numbers become constants */
const char *stray_key(lua_State *L, int index);           /* what makes a table no list: a field 'x'; NULL: it is one */
const char *kind_text(lua_State *L, int index);                    /* for messages: number 3, a value [b, 10], nil */

int make_record(lua_State *L);                    /* record(table with kind): what a file can pass on, but not change */
int record_fields(lua_State *L);                                   /* fields(record): the table; nil when it is none */

/* primitives.c, leaves.c, functions.c: the first leaves a table on the stack, the others add to it */
void open_primitives(lua_State *L);
void open_leaves(lua_State *L);
void open_functions(lua_State *L);
Value value_at(lua_State *L, int index);                           /* an argument of a primitive */
Type type_at(lua_State *L, int index);
int dims_at(lua_State *L, int index, int64_t list[MAX_RANK]);      /* a list of whole numbers; returns how many */
int give(lua_State *L, Value);                                     /* what a primitive returns */

/* schema.c */
int make_closure(lua_State *L);                                    /* the same without a name in the file: returns it */
int define(lua_State *L);                                          /* define(name, arguments, options, function) */
int options_of(lua_State *L);                                     /* options(name, table, schema): those of an option */

/* names.c */
int new_layer(Front *, const char *constructor);
/* what its values get; its first operand, NULL: none */
Label *new_call(Front *, const char *constructor, const Handle *first);
Value new_parameter(Front *, Type, const char *suffix, RtInitKind, double value);
Value class_means(Front *, Type);                                   /* the one state of that kind, named class_means */
Value new_stream(Front *, Type);
Value new_state(Front *, Type, const char *suffix, double value);   /* a step may leave another value in it */
const Global *find_global(const Front *, const char *name);          /* one that was assigned; NULL: none was */
/* the same of an output or a metric */
const Named *named_before(const NameTable *numbers, const Named *list, const char *name);
void name_global(Front *, const char *name, Value);     /* a global was assigned: layers that it depends on get names */
void finish_names(Front *);
bool good_name(const char *);
void check_value_name(lua_State *L, const char *name);

/* map.c */
int add_map(lua_State *L);                                         /* when the file has run */

/* hash.c */
typedef struct HashText { RtSha256 sha; } HashText;
void hash_begin(HashText *, const char *what);
void hash_text(HashText *, const char *);
void hash_number(HashText *, double);
void hash_lua(lua_State *L, HashText *, int index);             /* any value: by what it says, not how it is laid out */
void hash_end(HashText *, char hex[65]);
void hash_value(Front *, HashText *, Value);                   /* by its structure: for what no call of the file says */
void hash_graph(Front *);

#endif
