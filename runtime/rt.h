/* rt.h - what emitted training code and its trainer stand on.
 *
 * Emitted code (NAME.c) is self-contained C11 that needs this header for its tables and the kernel headers
 * (rt_vec.h rt_math.h rt_matmul.h rt_conv.h) for its arithmetic.  The rest of the runtime reads data, runs the training
 * loop and keeps checkpoints; it knows a model only through the RtModel table that ends NAME.c.
 *
 *   model tables      RtTensor RtField RtValue RtEntry RtModel          written by the compiler
 *   a call            RtBatch RtStep RtCall                             what an entry is given
 *   rt_error.c        RtError RtText                                    every failure is returned, with its message
 *   rt_file.c         RtFile                                            files written whole or not at all; folders
 *   rt_lock.c         RtLock                                            one process at a time in the folder of a run
 *   rt_random.h       Philox 4x32-10 streams                            a pure function of (seed, stream, ...)
 *   rt_update.h       SGD, Adam, AdamW, clipping, combining slices      part of emitted code
 *   rt_settings.c     RtSetting                                         the settings of train{}, a row each
 *   rt_exact.h        what equal bits rest on, however a file is compiled
 *   rt_types.h        RtTensor RtStep
 *   rt_init.h         initial values                                    part of emitted code
 *   rt_schedule.h     learning rate, progress, Adam's corrections       part of emitted code
 *   rt_save.h         RtSaved                                           a run as bytes; part of emitted code
 *   rt_schedule.c     the scalars of a step as train{} has them
 *   rt_model.c        RtWeights                                         memory; initial values; hash; weights files
 *   rt_init.c         RtInit                                            weights of a file that a run begins with
 *   rt_sha256.c       RtSha256                                          content hashes
 *   rt_json.c         RtJsonWriter                                      writing JSON
 *   rt_json_read.c    RtJson                                            a strict reader for small files
 *   rt_number.c       RtType                                            numbers of every type that files hold
 *   rt_tensors.c      RtArrays                                          safetensors files
 *   rt_images.c       RtImages                                          images in memory
 *   rt_stream.c       RtStream                                          the content of a file, plain or gzipped
 *   rt_zlib.h         zlib, or none
 *   rt_content.c      RtContent                                         elements of an array as images or labels
 *   rt_idx.c          IDX files
 *   rt_npy.c          NumPy's .npy files
 *   rt_png.c          RtPng                                             PNG files
 *   rt_class_folders.c                                                  PNG files in a folder for each class
 *   rt_formats.c      RtFormat                                          the images of a folder: IDX, .npy, CIFAR, PNG
 *   rt_digits.c       the embedded data set
 *   rt_decoy.c        RtDecoy                                           sets with a patch that gives the class away;
 *                                                                       masks
 *   rt_data.c         RtData                                            data sets by name, checked
 *   rt_split.c        train / validation split, the order of an epoch, balanced batches
 *   rt_augment.c      RtShape                                           what train{} does to an image
 *   rt_loader.c       RtLoader                                          batches, prepared by a thread
 *   rt_train.c        RtRun                                             the training loop
 *   rt_evaluate.c     RtMeans                                           loss and metrics over a set
 *   rt_checkpoint.c   everything a run needs to go on with the same bits
 *   rt_best.c         RtBest                                            the weights of the best epoch
 *   rt_record.c       run.json, log.csv
 *   rt_trace.c        trace.csv: losses and hashes of weights, to compare runs by
 *   rt_watch.c        RtWatch                                           statistics of values after each epoch; only
 *                                                                       where that is asked for
 *   rt_benchmark.c    steps timed on synthetic data
 *   rt_profile.c      RtProfile                                         time of each kernel of a step; only where that
 *                                                                       is asked for
 *   rt_main.c         the trainer's main, with the files below the only part that prints, exits, or handles signals
 *   rt_flags.c        its command line
 *   rt_show.c         progress and results
 *   rt_display.c      RtDisplay                                         a line on a terminal
 *
 * Sizes are in elements unless a name says bytes; images are NHWC; nothing here has mutable static state.
 */
#ifndef RT_H
#define RT_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "rt_types.h"

#ifdef __cplusplus
#define RT_C_BEGIN extern "C" {
#define RT_C_END }
#define RT_STATIC_ASSERT static_assert
#else
#define RT_C_BEGIN
#define RT_C_END
#define RT_STATIC_ASSERT _Static_assert
#endif

RT_C_BEGIN

enum { RT_MAX_FIELDS = 16, RT_MAX_PATH = 4096 };

/* The arithmetic of emitted code and kernels: raised when some graph gets other bits by the same seed, so that runs of
 * before and after are not compared as equals.  run.json has it; tests/golden/numerics has hashes of weights under
 * it. */
#define TAILOR_NUMERICS 1

/* ---- errors (rt_error.c) -------------------------------------------------------------------------------------- */

/* A message of one line: the fault, against the value that should be there.  Functions that can fail take an RtError
 * and return false after filling it in; the first message wins. */
typedef struct RtError { char text[1024]; } RtError;

bool rt_fail(RtError *error, const char *format, ...) __attribute__((format(printf, 2, 3)));  /* returns false */

/* ---- model tables, written by the compiler -------------------------------------------------------------------- */

/* Models compute with and write the first five types; files may hold any. */
typedef enum RtType {
    RT_F32, RT_I32, RT_U8, RT_I64, RT_F64, RT_BOOL, RT_I8, RT_I16, RT_U16, RT_U32, RT_U64, RT_F16, RT_BF16
} RtType;

typedef enum RtFieldKind {
    RT_FIELD_IMAGE,
    RT_FIELD_LABEL,
    RT_FIELD_MASK,                     /* [h][w][1] of 1 or 0, made by rt_mask and moved as the image is */
    RT_FIELD_VIEW,                     /* the image again, augmented by draws of its own */
    RT_FIELD_NUMBER                    /* the number of the sample in its data set */
} RtFieldKind;

/* An input of the model, bound to a field of the data. */
typedef struct RtField {
    const char *name;
    RtFieldKind kind;
    RtType type;                       /* images f32 (byte / 255), masks f32, labels and numbers i32 */
    int rank;                          /* without the batch axis: {28, 28, 1}; 0 for a label */
    int64_t dims[RT_MAX_RANK];
    int64_t classes;                   /* labels: number of classes, else 0 */
} RtField;

/* A result of an entry.  It lies at `offset` bytes of the entry's result struct. */
typedef struct RtValue {
    const char *name;
    RtType type;
    bool per_sample;                   /* the first axis is the batch: dims[0] is the model's batch */
    int rank;
    int64_t dims[RT_MAX_RANK];
    size_t offset;
} RtValue;

/* Samples for an entry.  Every array has the model's full batch; the first n samples are valid. */
typedef struct RtBatch {
    int n;
    const int64_t *sample;             /* numbers of the samples in the data set: they key random streams */
    const void *field[RT_MAX_FIELDS];  /* in the order of the model's fields */
} RtBatch;

typedef struct RtProfile RtProfile;    /* rt_profile.h */

typedef struct RtCall {
    void *work;                        /* `threads` workspaces of the entry's work_bytes, 64-byte aligned */
    int threads;
    float *parameters;
    float *state;
    /* the optimizer's moments, arrays like the parameters that are not frozen, then the average, one like all */
    float *optimizer;
    const RtBatch *batch;
    const RtStep *step;
    void *result;
    RtProfile *profile;                /* where a step that profiles puts its times; NULL: nowhere */
} RtCall;

/* One function of the model: "train" (a step), "evaluate" (loss and metrics), "predict" (outputs), "grad", "watch".  A
 * step returns false when its loss, a gradient or a new state is not finite; then only workspace and result were
 * changed. */
typedef struct RtEntry {
    const char *name;
    size_t work_bytes, result_bytes;
    int n_values;
    const RtValue *values;             /* "loss" first in train, evaluate and grad */
    bool (*run)(const RtCall *call);
} RtEntry;

/* Schedules of train{}, each with its constructor in the graph file. */
#define RT_SCHEDULES(ONE) \
    ONE(RT_CONSTANT, "constant") ONE(RT_STEPPED, "step") ONE(RT_COSINE, "cosine") ONE(RT_ONE_CYCLE, "one_cycle")
#define RT_ENUMERATOR(id, word) id,
typedef enum RtScheduleKind { RT_SCHEDULES(RT_ENUMERATOR) } RtScheduleKind;

/* Changes to the images of training batches, applied in this order; 0 or false: none. */
typedef struct RtAugment {
    int64_t shift, crop;               /* pixels */
    bool flip;
    double rotate;                     /* degrees each way, at most 180 */
    int64_t cutout;                    /* side of the square */
} RtAugment;

/* A batch has `classes` classes with `per_class` images each; 0: batches of all images, in a new order each epoch. */
typedef struct RtSampler { int64_t classes, per_class; } RtSampler;

/* (byte / 255 - mean) / sd, for all images.  n: 0 leaves images as they are; 1 is one mean for all channels; else there
 * is one mean for each channel. */
typedef struct RtNormalize {
    bool by_name;                      /* mean and sd are looked up by the data set's name; n is 0 until then */
    int n;
    const double *mean, *sd;
} RtNormalize;

/* train{} of the graph file, options resolved; rt_settings.c has a row for each. */
typedef struct RtTrain {
    const char *data;                  /* default data set */
    int64_t epochs;
    uint64_t seed;
    double validation;                 /* share of the training images held back */
    const char *optimizer;             /* its constructor in the graph file: sgd, adam, ... */
    double lr, momentum, beta1, beta2, eps, weight_decay;
    bool nesterov;
    double clip;                       /* global norm; 0: none */
    double ema;                 /* decay of the moving average of the parameters, which evaluation then uses; 0: none */
    bool skip_not_finite;              /* a step that is not finite is skipped; else the run stops at it */
    RtScheduleKind schedule;
    double warmup, final, peak, factor;
    int64_t every;                     /* epochs between steps of RT_STEPPED */
    RtSampler sampler;                 /* classes * per_class is the model's batch, or 0 */
    RtAugment augment;
    RtNormalize normalize;
    int64_t batch, views;              /* for the compiler alone, like accuracy: 0 in emitted tables */
    const char *accuracy;              /* the algorithms that a convolution may use: exact, f2, f4 */
    const char *freeze;                /* "", or names of parameters that stay as they are, separated by commas */
    const char *storage;               /* what waits in memory from forward to backward: fp32, bf16 */
} RtTrain;

typedef struct RtKernelChoice { const char *layer, *algorithm; } RtKernelChoice;
typedef struct RtOption { const char *name, *json; } RtOption;   /* value as JSON text */

/* The cost of a kernel in one step, by the compiler's model. */
typedef struct RtKernelCost {
    const char *kernel, *function;     /* its name; the C function, which equal kernels share */
    const char *lines;                 /* of the graph file and of files that it uses: "net.lua:24, 26, part.lua:3" */
    int64_t calls;
    /* operations of the plain algorithm; operations carried out, fewer with minimal filtering */
    double flops, executed;
    double cache_bytes, memory_bytes;
} RtKernelCost;

/* What a step's kernels move of a tensor, by the same model; the sums over tensors are those over kernels. */
typedef struct RtTensorTraffic {
    const char *tensor;                /* its name, as in the plan */
    double bytes;                      /* its own */
    double written, read;              /* how often, as a whole */
    double cache_bytes, memory_bytes;  /* that all these touches move */
    double least_bytes;                /* from and to memory, if each pass over the batch touched it there once */
} RtTensorTraffic;

typedef struct RtProfiler RtProfiler;  /* defined below */
typedef struct RtWatcher RtWatcher;    /* likewise */

/* What is watched: results of the entry "watch", by their numbers among its values.  gradient -1: it has none. */
typedef struct RtWatched { const char *name; int value, gradient; } RtWatched;
typedef struct RtWatch { int n; const RtWatched *of; const RtWatcher *by; } RtWatch;

typedef struct RtModel {
    const char *name;                  /* name of the graph file, without folder and .lua */
    const char *graph_file;            /* base name of the graph file */
    const char *graph_hash;            /* 64 hexadecimal digits */
    const char *tailor_version;
    int batch;                         /* samples in a full batch */
    int n_options;    const RtOption *options;
    int n_parameters; const RtTensor *parameters;
    int n_states;     const RtTensor *states;
    int n_fields;     const RtField *fields;
    int n_metrics;    const char *const *metrics;    /* each is also a value of "train" and "evaluate" */
    int n_moments;            /* number of the optimizer's arrays, 0 to 3; with train.ema the last one is the average */
    int n_entries;    const RtEntry *entries;
    int n_kernels;    const RtKernelChoice *kernels;
    const char *tuned;       /* hash of the tuned choices, 64 hexadecimal digits; NULL: the cost model chose */
    const char *(*openblas)(void);                   /* the OpenBLAS that kernels use; NULL: they use none */
    int n_costs;      const RtKernelCost *costs;     /* costs of a step's kernels, if it was emitted to be profiled */
    int n_tensors;    const RtTensorTraffic *tensors;  /* likewise, what they move */
    const RtProfiler *profiler;                      /* likewise; else NULL, and rt_profile.c is not needed */
    const RtWatch *watch;                            /* NULL: nothing is watched, and rt_watch.c is not needed */
    int64_t flops_forward, flops_step;               /* per image */
    int64_t workspace_bytes, workspace_lower_bound;  /* of the train entry, one thread */
    RtTrain train;
} RtModel;

const RtEntry *rt_entry(const RtModel *model, const char *name);           /* NULL when there is none */
int64_t rt_tensor_floats(int n, const RtTensor *tensors);                  /* sum of counts */
int64_t rt_optimizer_floats(const RtModel *model);                         /* of moments and average */
int rt_moments(const RtModel *model);                                      /* how many arrays of moments */

/* ---- text that grows (rt_error.c) ------------------------------------------------------------------------------ */

/* Starts as {0}.  Running out of memory is remembered in `failed`, so that only the last use need be checked. */
typedef struct RtText { char *data; size_t length, capacity; bool failed; } RtText;

void rt_text_add(RtText *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void rt_text_bytes(RtText *text, const char *bytes, size_t n);
/* Adds a word of a shell's command line, in quotes where it needs them. */
void rt_text_word(RtText *text, const char *word);
void rt_text_free(RtText *text);
size_t rt_utf8(const char *text, size_t n);         /* bytes of the well-formed character at text; 0: there is none */

/* ---- files (rt_file.c) ----------------------------------------------------------------------------------------- */

/* A file under construction, PATH.tmp until it is complete: begin, any number of adds, then commit.  When one of them
 * fails, it has already removed the temporary file, and the old PATH, if any, is as it was. */
typedef struct RtFile { FILE *stream; bool synced; char path[RT_MAX_PATH], temporary[RT_MAX_PATH]; } RtFile;

bool rt_file_begin(RtFile *file, const char *path, RtError *error);
bool rt_file_add(RtFile *file, const void *bytes, size_t n, RtError *error);
bool rt_file_commit(RtFile *file, RtError *error);              /* syncs the file, renames it, and syncs the folder */
/* Completes the file but for its name.  For many files, which then wait for the device together. */
bool rt_file_sync(RtFile *file, RtError *error);
/* Syncs the file and renames it.  For many files in a folder, which is to be synced after the last one. */
bool rt_file_place(RtFile *file, RtError *error);
bool rt_folder_sync(const char *folder, RtError *error);
void rt_file_abandon(RtFile *file);
bool rt_file_write(const char *path, const void *bytes, size_t n, RtError *error);   /* begin, add and commit */
bool rt_file_append(const char *path, const void *bytes, size_t n, RtError *error);  /* makes it where it is not */
/* Reads a regular file of at most `limit` bytes. */
bool rt_file_read(const char *path, size_t limit, RtText *text, RtError *error);
/* A descriptor for reading a regular file; -1: there is none. */
int rt_file_open(const char *path, int64_t *size, RtError *error);
/* Reads n bytes, or fewer where the file ends: *got. */
bool rt_file_take(int descriptor, const char *path, void *to, size_t n, size_t *got, RtError *error);
bool rt_path(char path[RT_MAX_PATH], const char *folder, const char *name, RtError *error);   /* folder/name */
bool rt_is_folder(const char *path);
bool rt_folder_make(const char *path, RtError *error);          /* and its parents */
/* A folder counts as empty if it does not exist, or holds nothing but a lock. */
bool rt_folder_empty(const char *path, bool *empty, RtError *error);

/* FOLDER/lock holds the number of the process that writes into a run's folder.  The lock of a dead process does not
 * count.  A program that is started with the lock, its descriptor in $TAILOR_LOCK, takes it over. */
typedef struct RtLock { int descriptor; bool taken_over, held; char path[RT_MAX_PATH]; } RtLock;

/* Returns false when another process holds the lock, held, or when the folder can not be written. */
bool rt_lock_take(RtLock *lock, const char *folder, RtError *error);
void rt_lock_release(RtLock *lock);

/* ---- content hashes (rt_sha256.c) ------------------------------------------------------------------------------- */

typedef struct RtSha256 { uint32_t state[8]; uint64_t length; uint8_t block[64]; } RtSha256;

void rt_sha256_begin(RtSha256 *hash);
void rt_sha256_add(RtSha256 *hash, const void *bytes, size_t n);
void rt_sha256_end(RtSha256 *hash, char hex[65]);
void rt_sha256(const void *bytes, size_t n, char hex[65]);

/* ---- JSON (rt_json.c, rt_json_read.c) ---------------------------------------------------------------------------- */

/* Members of the outer two levels stand on lines of their own; deeper ones stay on their parent's line.  Starts as {0};
 * `key` is NULL in arrays and at the top.  The result is writer.text. */
typedef struct RtJsonWriter { RtText text; int depth; bool more; } RtJsonWriter;

void rt_json_quote(RtText *text, const char *string);                     /* the string as JSON text, with its quotes */
void rt_json_open(RtJsonWriter *writer, const char *key, char bracket);       /* '{' or '[' */
void rt_json_close(RtJsonWriter *writer, char bracket);
void rt_json_string(RtJsonWriter *writer, const char *key, const char *value);
void rt_json_integer(RtJsonWriter *writer, const char *key, int64_t value);
void rt_json_unsigned(RtJsonWriter *writer, const char *key, uint64_t value);
/* Writes the shortest number that reads back; NaN and Inf as null. */
void rt_json_number(RtJsonWriter *writer, const char *key, double value);
void rt_json_bool(RtJsonWriter *writer, const char *key, bool value);
void rt_json_raw(RtJsonWriter *writer, const char *key, const char *json);

typedef enum RtJsonKind {
    RT_JSON_NULL, RT_JSON_BOOL, RT_JSON_NUMBER, RT_JSON_STRING, RT_JSON_ARRAY, RT_JSON_OBJECT
} RtJsonKind;

/* A value in a JSON text.  Nodes lie in one array in the order of the text; the first is the top. */
typedef struct RtJsonNode {
    RtJsonKind kind;
    bool boolean, is_integer;
    const char *key;                   /* key of a member of an object, else NULL */
    const char *string;                /* UTF-8, no zero byte inside */
    double number;
    int64_t integer;                   /* value of a number that has no fraction or exponent and fits */
    int n, first, next;                /* children; index of the first child and of the next sibling, 0: none */
    int line;                          /* line of the text where it begins */
} RtJsonNode;

/* wrong_line: where parsing failed */
typedef struct RtJson { RtJsonNode *nodes; int n; char *strings; int wrong_line; } RtJson;

/* `what` names the text in messages. */
bool rt_json_parse(const char *text, size_t n, const char *what, RtJson *json, RtError *error);
void rt_json_free(RtJson *json);
const RtJsonNode *rt_json_get(const RtJson *json, const RtJsonNode *object, const char *key);   /* NULL: not there */

/* ---- numbers (rt_number.c) ------------------------------------------------------------------------------------- */

size_t rt_type_bytes(RtType type);
const char *rt_type_name(RtType type);                                       /* as safetensors spells it: "F32" */
bool rt_type_named(const char *name, RtType *type);                          /* false: no type has that name */
bool rt_type_is_whole(RtType type);                                          /* integers and BOOL */

/* Reads element i of an aligned array. */
double rt_number(RtType type, const void *array, int64_t i);                 /* rounded only beyond 2^53 */
/* Takes the nearest float.  false: the number is finite, but too large for a float. */
bool rt_number_float(RtType type, const void *array, int64_t i, float *to);
/* false: the number is not a whole one from 0 to most; most < 2^53. */
bool rt_number_whole(RtType type, const void *array, int64_t i, int64_t most, int64_t *to);
void rt_number_text(char text[32], RtType type, const void *array, int64_t i);

void rt_numbers_swap(RtType type, void *array, int64_t n);                   /* reverses the bytes of each number */

/* ---- safetensors (rt_tensors.c) ---------------------------------------------------------------------------------- */

typedef struct RtArray {
    const char *name;
    RtType type;
    int rank;
    int64_t dims[RT_MAX_RANK];
    const void *data;
} RtArray;
typedef struct RtPair { const char *key, *value; } RtPair;

/* A file in memory: arrays in the order of the file, each aligned to 64 bytes; metadata as pairs. */
typedef struct RtArrays {
    int n, n_pairs;
    RtArray *arrays;
    RtPair *pairs;
    RtJson header;                     /* owns the names */
    void *bytes;                       /* owns the data */
} RtArrays;

int64_t rt_array_count(const RtArray *array);
bool rt_tensors_read(const char *path, RtArrays *arrays, RtError *error);
bool rt_tensors_read_hashed(const char *path, RtArrays *arrays, char sha256[65], RtError *error);   /* of the file */
void rt_tensors_free(RtArrays *arrays);
const RtArray *rt_tensors_find(const RtArrays *arrays, const char *name);    /* NULL: not there */
const char *rt_tensors_pair(const RtArrays *arrays, const char *key);        /* NULL: not there */
bool rt_tensors_write(const char *path, int n, const RtArray *arrays, int n_pairs, const RtPair *pairs, RtError *error);

/* ---- memory and weights of a model (rt_model.c) ---------------------------------------------------------------- */

/* Zeros, 64-byte aligned; pages that are never touched take no memory.  NULL with a message that names `what`. */
void *rt_allocate(size_t count, size_t bytes, const char *what, RtError *error);
void rt_release(void *memory);
/* As malloc, and free() gives them back; many of them lie in large pages, of which the kernel clears one in the time
 * that a hundred small ones take. */
void *rt_bytes(size_t n);

typedef struct RtWeights { float *parameters, *state, *optimizer; } RtWeights;

bool rt_weights_open(RtWeights *weights, const RtModel *model, RtError *error);
void rt_weights_close(RtWeights *weights);
/* The weights to evaluate with: the averages where train{} asks for them.  The memory stays that of `weights`. */
RtWeights rt_weights_evaluated(const RtWeights *weights, const RtModel *model);
void rt_weights_initialise(RtWeights *weights, const RtModel *model, uint64_t seed);
void rt_weights_begin_average(const RtWeights *weights, const RtModel *model);   /* the averages are the parameters */
void rt_weights_sha256(const RtWeights *weights, const RtModel *model, char hex[65]);
/* Are these, of the file at path, the weights whose sha256 the record of a run has? */
bool rt_weights_are(const RtWeights *weights, const RtModel *model, const char *path, const char *sha256,
                    const char *record, RtError *error);
/* The name of a tensor with a number that is not finite; NULL: there is none. */
const char *rt_weights_not_finite(const RtWeights *weights, const RtModel *model);
bool rt_weights_write(const char *path, const RtWeights *weights, const RtModel *model, RtError *error);
/* The weights to evaluate with: where the file has averages, average/NAME, it is these that become the parameters. */
bool rt_weights_read(const char *path, RtWeights *weights, const RtModel *model, RtError *error);
/* The array of a file whose name is prefix + tensor->name.  NULL: it is missing, or has another shape than the tensor,
 * or is not of floats of some size. */
const RtArray *rt_tensor_stored(const RtArrays *file, const char *path, const char *prefix, const RtTensor *tensor,
                                RtError *error);
/* Reads the stored array as the nearest F32.  Returns false also where a number is finite but too large for F32. */
bool rt_tensor_load(const RtArrays *file, const char *path, const char *prefix, const RtTensor *tensor, float *values,
                    RtError *error);
RtArray rt_tensor_array(const RtTensor *tensor, const char *name, const float *values);

const RtValue *rt_value(const RtEntry *entry, const char *name);                          /* NULL when there is none */

/* ---- weights to begin with (rt_init.c) -------------------------------------------------------------------------- */

/* Does the whole name fit the pattern, in which each * stands for any characters, dots among them? */
bool rt_pattern_fits(const char *pattern, const char *name);
/* Takes parameters and states from a file that must hold each of them, but for those that a pattern of `except` fits
 * (separated by commas; NULL: none).  weights NULL: only checks.  Of the model, its tensors and graph_file count. */
bool rt_init_read(const RtModel *model, const char *path, const char *except, const RtWeights *weights,
                  char sha256[65], RtError *error);

/* The file that a run began with: its name without folder, "" where there is none, and the sha256 of its bytes. */
typedef struct RtInit { char file[256], sha256[65], except[1024]; } RtInit;

/* ---- schedules (rt_schedule.c) --------------------------------------------------------------------------------- */

/* Fills in step->progress, learning_rate, correction1 and correction2 for step `number`, from 0, of `steps`. */
void rt_schedule(const RtTrain *train, int64_t number, int64_t steps, int64_t steps_per_epoch, RtStep *step);

/* ---- data (rt_images.c, rt_stream.c, rt_content.c, rt_idx.c, rt_npy.c, rt_png.c, rt_class_folders.c,
 *            rt_formats.c, rt_digits.c, rt_decoy.c, rt_data.c, rt_split.c, rt_loader.c) -------------------------- */

/* The content of PATH, or of PATH.gz where only that exists, uncompressed if it is gzip data.  All functions report
 * errors to the RtError given to rt_stream_open. */
typedef struct RtStream RtStream;

RtStream *rt_stream_open(const char *path, RtError *error);               /* NULL: it cannot be opened, or is no file */
const char *rt_stream_path(const RtStream *stream);                              /* path of the file that is read */
bool rt_stream_take(RtStream *stream, void *to, size_t n, size_t *got);          /* got < n: the content ended */
int64_t rt_stream_left(const RtStream *stream);                             /* bytes left; -1: unknown, for gzip data */
/* Can the rest be so many bytes?  If not, the result is false, and the message says that `what` asks for them: "sizes
 * ask". */
bool rt_stream_expect(RtStream *stream, int64_t bytes, const char *what);
bool rt_stream_end(RtStream *stream, char sha256[65]);     /* true: there is no more; sha256 is the hash of all of it */
void rt_stream_close(RtStream *stream);                                          /* NULL is allowed */

/* The layout of an array in a file. */
typedef struct RtLayout { RtType type; bool big_endian, fortran; int rank; int64_t dims[4]; } RtLayout;

/* An array of images or labels, in C order.  Images are bytes, which arrive as byte / 255, or floats, which arrive as
 * they are.  Labels are one for each image, the first of each row where the array has columns.  sha256 is the hash of
 * the whole file, uncompressed. */
typedef struct RtContent {
    int rank;
    int64_t dims[4];
    uint8_t *bytes;
    float *floats;
    uint16_t *labels;
    char sha256[65];
} RtContent;

enum { RT_MOST_INFLATED = 1032 };               /* bytes that one byte of deflated data can become, at most */
extern const char *const rt_scale_file;        /* scale.txt */

/* Reads the rest of a file.  Images are divided by `scale`; 0: no scale is known.  With `head_only` nothing is read,
 * but it is checked that everything can be there. */
bool rt_content_read(RtStream *stream, const RtLayout *layout, bool labels, double scale, bool head_only,
                     const char *what, RtContent *content, RtError *error);
bool rt_idx_read(const char *path, bool labels, double scale, bool head_only, RtContent *content, RtError *error);
bool rt_npy_read(const char *path, bool labels, double scale, bool head_only, RtContent *content, RtError *error);
void rt_content_free(RtContent *content);

enum { RT_SET_FILES = 5 };             /* files of a training or a test set, at most */
typedef struct RtSource { const char *name; char sha256[65]; } RtSource;   /* a file of a set */

typedef enum RtDecoy { RT_NO_DECOY, RT_DECOY_TRAIN, RT_DECOY_TEST } RtDecoy;

typedef struct RtImages {
    int64_t n, height, width, channels;
    uint8_t *pixels;                   /* arrive as byte / 255; NULL: the images are floats */
    float *floats;                     /* arrive as they are */
    uint16_t *labels;
    /* files in the set's folder, for messages; labels_name "": several files */
    const char *pixels_name, *labels_name;
    char pixels_sha256[65], labels_sha256[65];
    int n_sources;
    RtSource source[RT_SET_FILES];
    RtDecoy decoy;                     /* patches in the pixels; sha256 is the hash from before they were added */
    RtNormalize normalize;             /* the model's normalization, with by_name resolved */
    int n_classes;                     /* of a training set whose classes have names, each ended by a zero; else 0 */
    char *classes;
} RtImages;

void rt_images_source(RtImages *images, const char *name, const char *sha256);   /* adds one */
void rt_images_free(RtImages *images);
const char *rt_class_name(const RtImages *images, int class);            /* NULL: it has none */
void rt_image(const RtImages *images, int64_t sample, float *image);   /* [height][width][channels], before normalize */

/* A PNG image of at most 8 bits a channel, not interlaced.  Transparency is an error, since a transparent pixel has no
 * colour.  `channels` is 1 where the image is gray, else 3; a gray image can be read as 3 channels too. */
typedef struct RtPng { int64_t width, height; int channels; } RtPng;
bool rt_png_head(const char *path, RtPng *head, RtError *error);
bool rt_png_read(const char *path, const RtPng *wanted, uint8_t *pixels, RtError *error);

/* Reads folder/train/CLASS/NAME.png or folder/test/CLASS/NAME.png.  The classes are those of train, in the order of
 * their names' bytes. */
bool rt_class_folders_read(const char *folder, bool test, bool head_only, RtImages *images, RtError *error);

/* The form in which a folder holds a set. */
typedef struct RtFormat RtFormat;
/* Finds the format.  The format's own folder inside `folder`, if it has one, is added to the path.  NULL: no file of a
 * set is there. */
const RtFormat *rt_format_of(char folder[RT_MAX_PATH]);
const char *rt_format_name(const RtFormat *format);
bool rt_format_has_test(const RtFormat *format, const char *folder);   /* is any file of a test set there */
bool rt_format_read(const RtFormat *format, const char *folder, bool test, bool head_only, RtImages *images,
                    RtError *error);

enum { RT_DIGITS_TRAIN = 10000, RT_DIGITS_TEST = 2000 };
bool rt_digits(bool test, RtImages *images, RtError *error);

/* Puts the patches of a decoy set into images of at least 4 x 4 with labels 0 to 9. */
void rt_decoy(RtDecoy decoy, RtImages *images);
/* Fills in height * width numbers: 1 on the patch, or, in images without patches, 1 where a channel is above 0.1; else
 * 0. */
void rt_mask(const RtImages *images, int64_t sample, float *mask);

/* A set with known content: the sha256 of each of its four files, uncompressed, in the order of rt_set_files. */
typedef struct RtKnownSet { const char *name, *sha256[4]; } RtKnownSet;

typedef struct RtData {
    char name[256], folder[RT_MAX_PATH];     /* folder "": the embedded set */
    const RtFormat *format;
    const RtKnownSet *known;               /* the known set whose hashes were checked; NULL: its hashes are not known */
    bool decoy;                              /* name is decoy-NAME, where NAME is the known set */
    bool no_test;                            /* the set has no file of a test set */
    RtImages train, test;                    /* test is empty until rt_data_test() */
    int64_t n_training, n_validation;
    int64_t *training, *validation;          /* the split: ascending numbers of samples in `train` */
} RtData;

extern const char *const rt_set_files[4];        /* names of IDX files, as they are fetched */
int rt_known_sets(void);
const RtKnownSet *rt_known_set(int i);
/* The known set of that name, or the known set from which the decoy set of that name is made; NULL: there is none. */
const RtKnownSet *rt_known_set_of(const char *name);

/* Is there a data set of that name, or in that folder?  Reads none of it. */
bool rt_data_exists(const char *name, RtError *error);
/* Opens the data set for a model.  The training images are read and split; the test files, where there are any, are
 * only looked at. */
bool rt_data_open(RtData *data, const char *name, const RtModel *model, uint64_t seed, RtError *error);
/* The same without a look at any file of the test set; there must be validation images. */
bool rt_data_open_training(RtData *data, const char *name, const RtModel *model, uint64_t seed, RtError *error);
/* For a state of RT_INIT_CLASS_MEANS: the mean image of each class over the training split, from bytes / 255, divided
 * by its largest element.  A class without images stays zero.  false: the state's shape is not that of the data. */
bool rt_class_means(const RtData *data, const RtTensor *tensor, float *means, RtError *error);
/* Opens the set and reads only its test images. */
bool rt_data_test(RtData *data, const char *name, const RtModel *model, RtError *error);
/* Finds name, files and numbers of images of a set as a run of it records them, without a model and without keeping the
 * images.  test: also of its test images, where there are any.  A known set is not read: a run checks its content. */
bool rt_data_content(RtData *data, const char *name, bool test, RtError *error);
void rt_data_close(RtData *data);

/* A stratified split: round(share * n) samples go to validation, from each class in proportion.  Both lists ascend.
 * The arrays have room for n numbers each. */
bool rt_split(int64_t n, const uint16_t *labels, double share, uint64_t seed, int64_t *training, int64_t *n_training,
              int64_t *validation, int64_t *n_validation, RtError *error);
/* A permutation of 0 .. n-1 that is a function of (seed, stream, epoch). */
void rt_permutation(int64_t n, uint64_t seed, uint64_t stream, int64_t epoch, int64_t *order);

/* Samples by class, for the n classes that have any.  Class i has label label[i] and the samples member[start[i]] ..
 * member[start[i + 1] - 1], ascending. */
typedef struct RtClasses { int n; int64_t *start, *member, *order; uint16_t *label; } RtClasses;

/* samples is as in RtLoaderPlan.  false: out of memory, or fewer classes than the sampler wants. */
bool rt_classes_open(RtClasses *classes, const uint16_t *labels, const int64_t *samples, int64_t n,
                     const RtSampler *sampler, RtError *error);
void rt_classes_close(RtClasses *classes);
/* The samples of batch `number`, counted over epochs, class after class: a function of (seed, number).  No class comes
 * twice.  No sample comes twice either, except in a class of fewer than per_class samples, which are drawn with
 * repetition. */
void rt_balanced(const RtClasses *classes, const RtSampler *sampler, uint64_t seed, int64_t number, int64_t *sample);

/* ---- images (rt_augment.c): channels are interleaved, what comes from outside is zero ---- */

typedef struct RtShape { int64_t height, width, channels; } RtShape;

void rt_translate(const RtShape *shape, int64_t down, int64_t right, float *image);
void rt_flip(const RtShape *shape, float *image);                                              /* left and right */
void rt_rotate(const RtShape *shape, double degrees, const float *image, float *turned);       /* clockwise; bilinear */
/* Sets a square to zero: rows y - n/2 .. y - n/2 + n - 1, and columns likewise. */
void rt_cutout(const RtShape *shape, int64_t y, int64_t x, int64_t n, float *image);
/* Applies all augmentations, with the random numbers of (seed, epoch, sample).  `spare` is a second image, used to
 * rotate. */
void rt_augment(const RtAugment *augment, const RtShape *shape, uint64_t seed, int64_t epoch, int64_t sample,
                float *image, float *spare);
void rt_normalize(const RtNormalize *by, const RtShape *shape, float *image);            /* by->n is 0, 1 or channels */

/* Batches of a set.  A thread prepares each while the one before is in use. */
typedef struct RtLoader RtLoader;
typedef struct RtLoaderPlan {
    const RtModel *model;
    const RtImages *images;
    const int64_t *samples;            /* numbers of the images to take; NULL: all */
    int64_t n;                         /* number of samples */
    bool shuffle;        /* whole batches as train{}'s sampler says; else each sample once, with a smaller last batch */
    bool augment;                      /* as train{} says; for training only */
    uint64_t seed;
    int64_t first, last;               /* numbers of batches, counted over epochs, half-open; used with shuffle */
} RtLoaderPlan;

RtLoader *rt_loader_open(const RtLoaderPlan *plan, RtError *error);
const RtBatch *rt_loader_next(RtLoader *loader);   /* NULL: no more; ends the life of the batch before */
void rt_loader_close(RtLoader *loader);

/* ---- a run (rt_train.c, rt_evaluate.c, rt_checkpoint.c, rt_record.c, rt_trace.c) ------------------------------- */

/* Sums over samples, of the loss first and then of each metric. */
typedef struct RtMeans {
    int64_t samples;
    double *sum;
    /* a bit for each sample, the first one highest: the metric `accuracy`; NULL: none are kept */
    uint8_t *correct;
} RtMeans;

/* Does a run keep best.safetensors, the weights after the epoch with the least validation loss?  Of equal epochs the
 * first counts. */
typedef enum RtKeep { RT_KEEP_AS_BEGUN, RT_KEEP_LAST, RT_KEEP_BEST } RtKeep;

typedef struct RtSettings {
    const char *data;                  /* name or folder of a data set */
    uint64_t seed;
    int64_t epochs;
    int64_t stop;                      /* step, from 1, after which it is interrupted; 0: none */
    bool longer;                       /* the run may have more epochs than it began with */
    RtKeep keep;
    bool validation;                   /* measures on the validation images; no file of the test set is ever opened */
    const char *correct;               /* file for the bits of the metric accuracy over the test set, or NULL */
    const char *init, *init_except;    /* file of weights to begin with, and what is left out of it; or NULL */
    int threads;
    const char *folder;                /* run directory, which exists */
    RtProfile *profile;                /* for the steps, or NULL */
} RtSettings;

/* The best epoch so far: its weights are in best.safetensors.  epoch is 0 before the first. */
typedef struct RtBest { bool kept; int64_t epoch; double loss; char sha256[65]; } RtBest;

/* The history of a run that was made longer.  Up to step `steps` it followed the schedule of `epochs` epochs; both
 * ascend.  The schedule that it ends by is not in the list. */
enum { RT_MAX_LINEAGE = 256 };
typedef struct RtLineage { int n; struct { int64_t epochs, steps; } part[RT_MAX_LINEAGE]; } RtLineage;

typedef struct RtRun RtRun;

/* A listener to the loop of a run.  `stop` is looked at after every step. */
typedef struct RtListener {
    void *context;
    void (*step)(void *context, const RtRun *run);       /* after every step */
    void (*epoch)(void *context, const RtRun *run);      /* after every epoch, when its line is in the log */
    const volatile sig_atomic_t *stop;                   /* may be NULL */
} RtListener;

struct RtRun {
    const RtModel *model;
    RtSettings settings;
    RtListener listener;
    RtData data;
    RtWeights weights;
    RtCall call;                       /* workspace and result for every entry */
    int64_t steps_per_epoch, steps;
    int64_t step, epoch;               /* number done */
    /* steps among them that were not finite and changed nothing; their samples are in no mean */
    int64_t skipped;
    RtMeans train;                     /* of the epoch under way */
    RtMeans epoch_train, validation;   /* of the last epoch that is done */
    RtMeans test;                      /* without samples until the end, and where the data has no test set */
    RtBest best;
    RtLineage lineage;
    RtInit init;
    double train_seconds;              /* spent in training steps, waiting for data included */
    double earlier_seconds, started;   /* before this process; rt_seconds() when it began */
    RtText log;                        /* log.csv */
    RtText trace;                      /* trace.csv, of which the first `traced` bytes are in the file */
    size_t traced;
    RtText watch;                      /* watch.csv, where something is watched */
    bool untraced;                     /* it went on from a checkpoint without a trace, and has none */
    char weights_sha256[65];
};

typedef enum RtOutcome {
    RT_DONE,
    RT_FAILED,                         /* error says why */
    RT_INTERRUPTED,                    /* the checkpoint is written */
    RT_NOT_FINITE                      /* error says where; failed_batch.safetensors holds the batch */
} RtOutcome;

bool rt_run_open(RtRun *run, const RtModel *model, const RtSettings *settings, const RtListener *listener,
                 RtError *error);
/* The training batches of steps first to last - 1. */
RtLoader *rt_run_loader(const RtRun *run, int64_t first, int64_t last, RtError *error);
RtOutcome rt_run(RtRun *run, RtError *error);    /* goes on from a checkpoint if there is one; ends with the test set */
void rt_run_close(RtRun *run);

/* Workspace and result, with room for every entry. */
bool rt_call_open(RtCall *call, const RtModel *model, int threads, const RtWeights *weights, RtError *error);
void rt_call_close(RtCall *call);

bool rt_means_open(RtMeans *means, const RtModel *model, RtError *error);
void rt_means_close(RtMeans *means);
/* Keeps `correct` for n samples, if the metric accuracy is a number for each.  Where one is neither 0 nor 1, there are
 * no such bits: correct becomes NULL. */
bool rt_means_keep_correct(RtMeans *means, const RtModel *model, int64_t n, RtError *error);
bool rt_means_write_correct(const RtMeans *means, const char *path, RtError *error);    /* nothing where none are */
void rt_means_clear(RtMeans *means, const RtModel *model);
void rt_means_add(RtMeans *means, const RtModel *model, const RtEntry *entry, const void *result, int n);
double rt_mean(const RtMeans *means, int i);       /* 0 the loss, 1 + i metric i; NaN without samples */
/* Where a batch is kept for which a number is not finite.  where: the part of the run that it is of. */
typedef struct RtFailed { const RtRun *run; const char *path, *where; } RtFailed;
/* Runs entry "evaluate" over a set.  When *stop becomes true, it returns RT_INTERRUPTED, and means is not complete. */
RtOutcome rt_evaluate(const RtModel *model, RtCall *call, const RtImages *images, const int64_t *samples, int64_t n,
                      uint64_t seed, const volatile sig_atomic_t *stop, RtMeans *means, const RtFailed *failed,
                      RtError *error);
/* Writes failed_batch.safetensors: all that the interpreter needs to find the first value that is not finite, and what
 * the run was.  what: what is not finite. */
bool rt_failed_batch_write(const RtFailed *failed, const RtModel *model, const RtCall *call, const char *entry,
                           const char *what, RtError *error);

/* Reads the weights that the settings name, where they name any, into a run whose weights are drawn. */
bool rt_init_begin(RtRun *run, RtError *error);
/* Is what the settings name also what is recorded in `path`?  sha256 NULL: nothing is. */
bool rt_init_check(const RtRun *run, const char *path, const char *sha256, const char *except, RtError *error);

bool rt_checkpoint_write(const RtRun *run, RtError *error);
bool rt_checkpoint_read(RtRun *run, bool *found, RtError *error);    /* checks that it belongs to this run */
/* The epochs of the run whose checkpoint lies in the folder; 0: there is none, or a damaged one. */
int64_t rt_checkpoint_epochs(const RtRun *run);

/* rt_best.c, called around the checkpoint.  The checkpoint's record of the best epoch always fits the file: either the
 * file holds those weights, or the checkpoint's own weights are those of the best epoch. */
bool rt_best_begin(RtRun *run, bool resumed, RtError *error);        /* after the search for a checkpoint */
bool rt_best_note(RtRun *run);               /* after an epoch, before its checkpoint; returns whether it is the best */
bool rt_best_write(const RtRun *run, RtError *error);                /* writes the present weights */

bool rt_log_begin(RtRun *run, RtError *error);     /* writes the header line, or the log that a checkpoint brought */
bool rt_log_epoch(RtRun *run, RtError *error);     /* adds the line of the epoch that just ended */
bool rt_trace_begin(RtRun *run, RtError *error);   /* writes the trace that a checkpoint brought, or an empty one */
void rt_trace_step(RtRun *run, float loss);        /* a step is done, before run->step says so */
void rt_trace_epoch(RtRun *run);                   /* an epoch is done */
bool rt_trace_write(RtRun *run, RtError *error);   /* adds what came since to the file */
/* Writes weights.safetensors, then run.json, and returns the text of the latter. */
bool rt_record_write(RtRun *run, RtText *json, RtError *error);
/* Reads run.json of a folder and checks that it belongs to this experiment.  *finished is false when there is none, or
 * when the run goes on to more epochs. */
bool rt_record_finished(const RtRun *run, bool *finished, RtText *json, RtError *error);
/* What is trained, by meaning: all that a run depends on apart from the version of tailor.  lineage NULL: none. */
typedef struct RtIdentity {
    const char *graph_hash;
    uint64_t seed;
    int64_t epochs;
    double validation;
    bool untested;                     /* measured on the validation images; the test set is left alone */
    const RtData *data;                /* its name, and the files that are read: rt_data_open or rt_data_content */
    const RtLineage *lineage;
    const RtInit *init;                /* NULL: values drawn from the seed */
} RtIdentity;
/* Adds the identity as lines of text.  Their sha256 is the run's experiment_hash. */
void rt_experiment_text(RtText *text, const RtIdentity *of);
const char *rt_compiler(void);                     /* "gcc 12.2.0" */
int64_t rt_peak_rss(void);                         /* bytes */
double rt_seconds(void);                           /* a clock that only goes forward */
double rt_run_seconds(const RtRun *run);           /* seconds so far, with the time before a resume */

/* ---- the trainer (rt_benchmark.c, rt_main.c) --------------------------------------------------------------------- */

typedef struct RtBenchmark { double min_ms, median_ms, images_per_second; } RtBenchmark;
bool rt_benchmark(const RtModel *model, const RtSettings *settings, int64_t steps, RtBenchmark *result, RtError *error);

/* A trainer's functions for a profile.  They are reached through its model, so a trainer without profile is linked
 * without them. */
struct RtProfiler {
    RtProfile *(*open)(const RtModel *model, int threads, RtError *error);
    void (*table)(RtProfile *profile, RtText *text);
    void (*json)(RtProfile *profile, const char *key, RtJsonWriter *json);
    void (*close)(RtProfile *profile);
};

/* And for what is watched. */
struct RtWatcher {
    bool (*begin)(RtRun *run, RtError *error);           /* begins the file, or writes what a checkpoint brought */
    bool (*epoch)(RtRun *run, RtError *error);           /* adds the lines of the epoch that just ended */
};

extern const RtWatcher rt_watcher;     /* rt_watch.c */

/* For a main of its own, before rt_trainer_main.  Begins the process anew, once, with threads that give up their core
 * when they have to wait.  Returns when that has been done already, or cannot be done. */
void rt_wait_politely(char **argv);

/* Exit codes: 0 done, 1 the input is wrong, 2 usage, 4 a value was not finite, 130 interrupted. */
int rt_trainer_main(const RtModel *model, int argc, char **argv);

RT_C_END

#endif
