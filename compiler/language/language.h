/* language.h - the state and the functions that the files of the Lua front end share. */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include <lauxlib.h>
#include <lua.h>

#include "graph/op.h"
#include "language/load.h"
#include "language/study.h"

enum { HASH_BYTES = 32, MOST_DEPTH = 180, MOST_STRING = 1 << 20 };

/* A value as Lua sees it. */
typedef struct Handle {
    Value value;
    char hash[65];               /* over the file's calls that made it */
    Line line;
    const char *made_by;         /* constructor or operator */
} Handle;

/* A layer is one call that made parameters or a random stream.  Its name is known once a global depends on it. */
typedef struct Layer {
    const char *name;            /* NULL until it is known */
    const char *given;           /* the text of name = "...", or NULL */
    const char *scope, *helper, *constructor;
    Line line;
    bool reached;                /* a global that was assigned depends on it */
} Layer;

typedef struct Made { Value value; int layer; const char *suffix; } Made;   /* a parameter or stream of a layer */

/* A call of the file that made values, which are named after it. */
typedef struct Called {
    Label label;
    /* layer: the one that the call made or used again.  from: the layer of its first operand, when both are in one
     * scope.  -1: none. */
    int layer, from;
    const char *scope;
    Value first;                 /* the number of values before it */
    struct Called *before;       /* the call before it */
} Called;

typedef struct SharedPart { Value value; const char *constructor, *suffix; } SharedPart;
typedef struct Shared { const char *name; int n, capacity, next; SharedPart *parts; bool calling, replay; } Shared;

/* A value's mark, for names.  seen: an assigned global depends on it.  layer: the one that made it, from 1. */
typedef struct Mark { bool seen; int layer; } Mark;

typedef struct Global { const char *name; Line line; Value value; } Global;

/* The graph file, or one that it uses. */
typedef struct GraphFile {
    Source *source;
    /* Absolute, without links in folders; NULL before the first use.  place: in the folder that its uses start from.
     * real: without any link, and NULL for standard input. */
    const char *place, *folder, *real;
    bool running;
    int n_lines;                 /* 0: the lines were not looked for yet */
    uint32_t *lines;             /* the start of each line in the text */
} GraphFile;

typedef struct Front {
    Arena *arena;
    Graph *g;
    Experiment *x;
    lua_State *L;
    size_t memory, longest_string, largest_block;
    int64_t instructions, instruction;   /* the count so far; what one instruction adds to it */
    bool limited, stopping;      /* the file runs; it is over its limit, and ends at its next instruction */
    int n_files, files_capacity;
    GraphFile **files;           /* the graph file first, then those that it uses, in the order in which they began */
    bool from_stdin;             /* the graph file is standard input */
    /* The folder in which files that are used must lie; as messages name it; the deepest one that holds all files.
     * NULL: none was used yet. */
    const char *root, *shown_root, *common;
    NameTable use_numbers;       /* numbers in files, of "FILE:PATH" */
    int nested, uses_capacity;   /* files that use one another */
    const char *said;            /* the last message of front_error, which begins with its place */
    Line last_line;              /* the last line seen running: the place of errors that have none */
    /* The user's call that is under way.  All values made and all errors belong to it. */
    int depth;
    const char *constructor;
    Line line;                   /* number 0: no call is under way */
    int layer;
    const char *helper, *layer_name;
    const char *scope;
    Called *called;              /* the last call */
    Shared *shared, **all_shared;   /* the shared function that is being called; all of them */
    int n_shared, shared_capacity;
    int n_layers, layers_capacity, n_made_states, made_states_capacity, states_capacity, n_made, made_capacity,
        n_streams, streams_capacity, n_globals, globals_capacity;
    Layer *layers;
    Made *made, *made_states, *streams;
    Global *globals;
    NameTable global_numbers;    /* numbers in globals, from 1 */
    NameTable output_numbers, metric_numbers, shared_numbers;   /* in x->outputs, x->metrics, all_shared, from 1 */
    int n_open, open_capacity;   /* gradients given to the custom backwards that are running */
    Value *open;
    int n_marks, n_named;        /* layers before n_named have names */
    Mark *marks;
    Value *walk;                 /* [n_marks]: values that are still to be visited */
    int parameters_capacity, fields_capacity, values_capacity, metrics_capacity, outputs_capacity, options_capacity;
    struct HashText *identity;   /* the inputs, parameters and streams that the call under way made or used */
    int n_settings;
    const Setting *settings;
    bool has_option;
    char loss_hash[65];
    const char **metric_hashes, **output_hashes;
    const char *train_hash;
    const MapRequest *map;       /* the request of load_map, else NULL */
    MapPlace *place;
    StudyFile *studies;          /* the experiments of an experiment file; NULL: it is a graph file */
    int studies_capacity;
} Front;

static inline Front *front_of(lua_State *L) { return *(Front **)lua_getextraspace(L); }

/* errors.c */
extern const char value_type[], record_type[];                     /* names of the metatables */
Handle *to_value(lua_State *L, int index);                         /* NULL: it is no value */
bool is_record(lua_State *L, int index);                           /* sgd{...}, cosine{...} */
/* Raises an error.  It has a type so that one can write `return front_error(...)`. */
int front_error(lua_State *L, const char *format, ...) __attribute__((noreturn, format(printf, 2, 3)));
/* The end of a message that a graph's call stands in an experiment file: is it a graph file? */
const char *hint_of_graph(const Front *);
void refuse_in_part(lua_State *L, const char *what);               /* an error where a file that is used calls it */
/* The message for a person: a raised text with its place, once. */
const char *front_message(lua_State *L, const char *raised);
Line front_line(lua_State *L, const char **helper);        /* the line of a file that is running; its function */
const char *shape_of(Front *, Type);                               /* for messages; "one number" for rank 0 */
void front_warn(Front *, Line, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* limits.c */
void front_charge(lua_State *L, int64_t instructions);             /* counts work that C does for the file */
void front_charge_table(lua_State *L);                     /* to call before a loop over all keys of a file's table */
void *front_alloc(void *front, void *block, size_t old, size_t new);   /* the allocator of the Lua state */
void front_limit(lua_State *L);                                    /* the file runs from here on */
void front_unlimit(lua_State *L);
void front_limit_file(Front *, const Source *);                    /* a further file's text is about to run */
_Noreturn void front_out_of_memory(const Front *);                 /* Lua got less than it asked for */

/* sandbox.c */
/* Pushes a table whose metatable the file can not get at. */
void protected_table(lua_State *L, lua_CFunction get, lua_CFunction set, lua_CFunction call);

/* sandbox.c, options.c, statements.c: each adds to the table on the stack; open_option pushes one */
void open_harmless(lua_State *L);
void open_option(lua_State *L);
void open_use(lua_State *L);
void open_statements(lua_State *L);
void open_training(lua_State *L);
void settle_frozen(Experiment *);                          /* when all parameters have their names */
void open_experiments(lua_State *L);
void open_scopes(lua_State *L);
/* options.c */
const char *option_fault(lua_State *L, int index);      /* why a value can be no option's: "is nil"; NULL: it can */
const char *option_text(lua_State *L, int index);       /* the value of an option as --set takes it */
const char *near_option(Front *, const char *name);                /* "; did you mean ...", or "" */

/* source.c */
/* The text of a regular file, or of standard input for NULL.  NULL: *fault says the path and why. */
const char *graph_text(Arena *, const char *path, const char **fault);
/* The text, with _ in place of any character that is no letter, digit, _, . or - and is not in `also`. */
const char *harmless(Arena *, const char *text, const char *also);
const char *text_fault(const char *);                              /* why it can not go into records; NULL: it can */
int add_file(Front *, Source *);                                   /* returns its number */
void push_chunk(lua_State *L, int file);                           /* pushes its chunk, to be called */

/* use.c */
const char *real_path(Arena *, const char *path);       /* without links, of / ""; NULL: errno says why there is none */
bool holds(const char *folder, const char *path);       /* of two such paths: is it the folder, or in it? */
const char *root_folder(lua_State *L);                  /* in which all files that the file names must lie */
void finish_uses(Front *);                                         /* names all files for records */

/* values.c */
void open_values(lua_State *L);                                    /* the metatables */
Handle *push_value(lua_State *L, Value);
Value value_argument(lua_State *L, int index, const char *what);   /* numbers become constants */
const char *stray_key(lua_State *L, int index);                    /* a key for which a table is no list; NULL: none */
const char *kind_text(lua_State *L, int index);                    /* for messages: number 3, a value [b, 10], nil */

int make_record(lua_State *L);                    /* record(table with kind): a file can pass it on, not change it */
int record_fields(lua_State *L);                                   /* fields(record): the table; nil: it is no record */

/* primitives.c, leaves.c, functions.c: the first leaves a table on the stack, the others add to it */
void open_primitives(lua_State *L);
void open_leaves(lua_State *L);
void open_functions(lua_State *L);
Value value_at(lua_State *L, int index);                           /* an argument of a primitive */
Type type_at(lua_State *L, int index);
int dims_at(lua_State *L, int index, int64_t list[MAX_RANK]);      /* a list of whole numbers; returns how many */
int give(lua_State *L, Value);                                     /* the value is the result of a primitive */

/* schema.c */
int make_closure(lua_State *L);                                    /* closure(...): a constructor without a name */
int define(lua_State *L);                                          /* define(name, arguments, options, function) */
int options_of(lua_State *L);                                      /* options(name, table, schema) of an option */

/* names.c */
int new_layer(Front *, const char *constructor);
/* Returns the label for the values of a call.  first: the call's first operand, or NULL. */
Label *new_call(Front *, const char *constructor, const Handle *first);
Value new_parameter(Front *, Type, const char *suffix, RtInitKind, double value);
Value class_means(Front *, Type);                                   /* the one state of that kind, named class_means */
Value new_stream(Front *, Type);
Value new_state(Front *, Type, const char *suffix, double value);   /* a step may leave another value in it */
const Global *find_global(const Front *, const char *name);          /* NULL: none of that name was assigned */
/* The output or metric of that name, by the numbers of the list.  NULL: there is none yet. */
const Named *named_before(const NameTable *numbers, const Named *list, const char *name);
void name_global(Front *, const char *name, Value);     /* after an assignment: names the layers that it depends on */
void finish_names(Front *);
bool good_name(const char *);
void check_value_name(lua_State *L, const char *name);

/* map.c */
int add_map(lua_State *L);                                         /* after the file has run */

/* hash.c */
typedef struct HashText { RtSha256 sha; } HashText;
void hash_begin(HashText *, const char *what);
void hash_text(HashText *, const char *);
void hash_number(HashText *, double);
void hash_lua(lua_State *L, HashText *, int index);             /* any value: by its content, not its layout */
void hash_end(HashText *, char hex[65]);
void hash_value(Front *, HashText *, Value);                   /* by its structure: of a value that no call made */
void hash_graph(Front *);

#endif
