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
 *   rt_schedule.c     the scalars of a step: learning rate, progress, Adam's corrections
 *   rt_model.c        RtWeights                                         memory; initial values; hash; weights files
 *   rt_sha256.c       RtSha256                                          content hashes
 *   rt_json.c         RtJsonWriter                                      writing JSON
 *   rt_json_read.c    RtJson                                            a strict reader for small files
 *   rt_number.c       RtType                                            numbers of every type that files hold
 *   rt_tensors.c      RtArrays                                          safetensors files
 *   rt_images.c       RtImages                                          images in memory
 *   rt_stream.c       RtStream                                          the content of a file, plain or gzipped
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
 *   rt_benchmark.c    steps timed on synthetic data
 *   rt_profile.c      RtProfile                                         time of each kernel of a step; only where that
 *                                                                       is asked for
 *   rt_main.c         the trainer's main, with the two files below the only part that prints, exits, or handles signals
 *   rt_flags.c        its command line
 *   rt_show.c         progress and results on a terminal
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

enum { RT_MAX_RANK = 8, RT_MAX_FIELDS = 16, RT_MAX_PATH = 4096 };

/* ---- errors (rt_error.c) -------------------------------------------------------------------------------------- */

/* One line that says what is, against what should be.  Functions that can fail take an RtError and return false after
 * filling it in; the first message wins. */
typedef struct RtError { char text[1024]; } RtError;

bool rt_fail(RtError *error, const char *format, ...) __attribute__((format(printf, 2, 3)));  /* returns false */

/* ---- model tables, written by the compiler -------------------------------------------------------------------- */

/* The first five are what models compute with and write; files may hold any. */
typedef enum RtType {
    RT_F32, RT_I32, RT_U8, RT_I64, RT_F64, RT_BOOL, RT_I8, RT_I16, RT_U16, RT_U32, RT_U64, RT_F16, RT_BF16
} RtType;

typedef enum RtInitKind {
    RT_INIT_CONSTANT,         /* value */
    RT_INIT_UNIFORM,          /* uniform in [-value, value) */
    RT_INIT_NORMAL,           /* mean 0, standard deviation value */
    RT_INIT_TRUNCATED_NORMAL, /* the same, redrawn outside two standard deviations */
    RT_INIT_CLASS_MEANS       /* of a state [classes][h][w][c]: the mean image of each class, once the data is there */
} RtInitKind;

/* A parameter, or a state that a step updates.  Its floats lie at `offset` of the model's parameter (state) struct,
 * which is a plain array of floats in order of creation; the layout is that of files. */
typedef struct RtTensor {
    const char *name;                  /* dotted path: names the tensor in files and keys its random stream */
    int rank;
    int64_t dims[RT_MAX_RANK];
    int64_t offset, count;             /* in floats */
    RtInitKind init;
    double value;
    bool decay;                        /* weight decay applies */
} RtTensor;

typedef enum RtFieldKind {
    RT_FIELD_IMAGE,
    RT_FIELD_LABEL,
    RT_FIELD_MASK,                     /* [h][w][1] as rt_mask has it, moved as the image is: 1 or 0 */
    RT_FIELD_VIEW,                     /* the image again, augmented by draws of its own */
    RT_FIELD_NUMBER                    /* of the sample in its data set */
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

/* A result of an entry: lies at `offset` bytes of the entry's result struct. */
typedef struct RtValue {
    const char *name;
    RtType type;
    bool per_sample;                   /* the first axis is the batch: dims[0] is the model's batch */
    int rank;
    int64_t dims[RT_MAX_RANK];
    size_t offset;
} RtValue;

/* Samples that an entry is given.  Every array has the model's full batch; the first n samples are valid. */
typedef struct RtBatch {
    int n;
    const int64_t *sample;             /* numbers of the samples in the data set: they key random streams */
    const void *field[RT_MAX_FIELDS];  /* in the order of the model's fields */
} RtBatch;

/* Run-time scalars of a step.  rt_schedule() fills in what depends on the step's number. */
typedef struct RtStep {
    uint64_t seed;
    int64_t step;                      /* from 0 */
    float progress;                    /* share of the run's steps done, 0 .. 1 */
    float learning_rate;
    float correction1, correction2;    /* Adam: 1 / (1 - beta^(step+1)) */
    int64_t skipped;                   /* of the steps before this one: those that changed nothing */
} RtStep;

typedef struct RtProfile RtProfile;    /* rt_profile.h */

typedef struct RtCall {
    void *work;                        /* `threads` workspaces of the entry's work_bytes, 64-byte aligned */
    int threads;
    float *parameters;
    float *state;
    float *optimizer;              /* the optimizer's moments, then the average: n_moments arrays like the parameters */
    const RtBatch *batch;
    const RtStep *step;
    void *result;
    RtProfile *profile;                /* where a step that profiles puts its times; NULL: nowhere */
} RtCall;

/* One thing the model can do: "train" (a step), "evaluate" (loss and metrics), "predict" (outputs), "grad".
 * A step returns false when its loss, a gradient or a new state is not finite; then nothing but workspace and result
 * was changed. */
typedef struct RtEntry {
    const char *name;
    size_t work_bytes, result_bytes;
    int n_values;
    const RtValue *values;             /* "loss" first in train, evaluate and grad */
    bool (*run)(const RtCall *call);
} RtEntry;

/* What train{} can say, and the constructor in the graph file that says it. */
#define RT_OPTIMIZERS(ONE) ONE(RT_SGD, "sgd") ONE(RT_ADAM, "adam") ONE(RT_ADAMW, "adamw")
#define RT_SCHEDULES(ONE) \
    ONE(RT_CONSTANT, "constant") ONE(RT_STEPPED, "step") ONE(RT_COSINE, "cosine") ONE(RT_ONE_CYCLE, "one_cycle")
#define RT_ENUMERATOR(id, word) id,
typedef enum RtOptimizerKind { RT_OPTIMIZERS(RT_ENUMERATOR) } RtOptimizerKind;
typedef enum RtScheduleKind { RT_SCHEDULES(RT_ENUMERATOR) } RtScheduleKind;

/* Of images of training batches, in this order; 0, false: nothing. */
typedef struct RtAugment {
    int64_t shift, crop;               /* pixels */
    bool flip;
    double rotate;                     /* degrees each way, at most 180 */
    int64_t cutout;                    /* side of the square */
} RtAugment;

/* Batches of `classes` classes with `per_class` images each; 0: of all images in a new order each epoch. */
typedef struct RtSampler { int64_t classes, per_class; } RtSampler;

/* (byte / 255 - mean) / sd, for all images.  n is 0: as they are; 1: one mean for all channels; else one for each. */
typedef struct RtNormalize {
    bool by_name;                      /* the data set's name says mean and sd; n is 0 until it is known */
    int n;
    const double *mean, *sd;
} RtNormalize;

/* train{} of the graph file, options resolved; rt_settings.c has a row for each. */
typedef struct RtTrain {
    const char *data;                  /* default data set */
    int64_t epochs;
    uint64_t seed;
    double validation;                 /* share of the training images held back */
    RtOptimizerKind optimizer;
    double lr, momentum, beta1, beta2, eps, weight_decay;
    bool nesterov;
    double clip;                       /* global norm; 0: none */
    double ema;                       /* of the moving average of the parameters, which evaluation then uses; 0: none */
    bool skip_not_finite;              /* a step that is not finite is skipped; else the run stops there */
    RtScheduleKind schedule;
    double warmup, final, peak, factor;
    int64_t every;                     /* epochs between steps of RT_STEPPED */
    RtSampler sampler;                 /* classes * per_class is the model's batch, or 0 */
    RtAugment augment;
    RtNormalize normalize;
    int64_t batch, views;              /* of the compiler alone, like accuracy: 0 in emitted tables */
    const char *accuracy;              /* which algorithms a convolution may use: exact, f2, f4 */
} RtTrain;

typedef struct RtKernelChoice { const char *layer, *algorithm; } RtKernelChoice;
typedef struct RtOption { const char *name, *json; } RtOption;   /* value as JSON text */

/* What a kernel costs in one step, as the compiler has it. */
typedef struct RtKernelCost {
    const char *kernel, *function;     /* its name; the C function, which equal kernels share */
    const char *lines;                 /* of the graph file: "24, 26" */
    int64_t calls;
    /* operations of the plain algorithm; those that it carries out, fewer for minimal filtering */
    double flops, executed;
    double cache_bytes, memory_bytes;
} RtKernelCost;

typedef struct RtProfiler RtProfiler;  /* below */

typedef struct RtModel {
    const char *name;                  /* of the graph file, without folder and .lua */
    const char *graph_file;            /* base name */
    const char *graph_hash;            /* 64 hexadecimal digits */
    const char *tailor_version;
    int batch;                         /* samples in a full batch */
    int n_options;    const RtOption *options;
    int n_parameters; const RtTensor *parameters;
    int n_states;     const RtTensor *states;
    int n_fields;     const RtField *fields;
    int n_metrics;    const char *const *metrics;    /* each is also a value of "train" and "evaluate" */
    int n_moments;                 /* arrays of the optimizer's state, 0 to 3; with train.ema the last is the average */
    int n_entries;    const RtEntry *entries;
    int n_kernels;    const RtKernelChoice *kernels;
    const char *tuned;       /* what contractions were tuned to, as 64 hexadecimal digits; NULL: the cost model chose */
    const char *(*openblas)(void);                   /* which OpenBLAS kernels use; NULL: none does */
    int n_costs;      const RtKernelCost *costs;     /* of the kernels of a step, where it was emitted to be profiled */
    const RtProfiler *profiler;                      /* the same; else NULL, and rt_profile.c is not needed */
    int64_t flops_forward, flops_step;               /* per image */
    int64_t workspace_bytes, workspace_lower_bound;  /* of the train entry, one thread */
    RtTrain train;
} RtModel;

const RtEntry *rt_entry(const RtModel *model, const char *name);           /* NULL when there is none */
int64_t rt_tensor_floats(int n, const RtTensor *tensors);                  /* sum of counts */

/* ---- text that grows (rt_error.c) ------------------------------------------------------------------------------ */

/* Starts as {0}.  Running out of memory is remembered in `failed`, so that only the last use need be checked. */
typedef struct RtText { char *data; size_t length, capacity; bool failed; } RtText;

void rt_text_add(RtText *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void rt_text_bytes(RtText *text, const char *bytes, size_t n);
/* as one word of a shell's command line, in quotes where it has to be */
void rt_text_word(RtText *text, const char *word);
void rt_text_free(RtText *text);
size_t rt_utf8(const char *text, size_t n);         /* bytes of the well-formed character at text; 0: there is none */

/* ---- files (rt_file.c) ----------------------------------------------------------------------------------------- */

/* A file under construction, PATH.tmp until it is complete.  begin, any number of adds, then commit; when one of them
 * fails it has already removed the temporary file, and the old PATH, if any, is as it was. */
typedef struct RtFile { FILE *stream; bool synced; char path[RT_MAX_PATH], temporary[RT_MAX_PATH]; } RtFile;

bool rt_file_begin(RtFile *file, const char *path, RtError *error);
bool rt_file_add(RtFile *file, const void *bytes, size_t n, RtError *error);
bool rt_file_commit(RtFile *file, RtError *error);              /* synced, renamed, and the folder synced */
/* complete, and nothing but its name is missing: of many files, which wait for the device together */
bool rt_file_sync(RtFile *file, RtError *error);
/* synced and renamed: of many files in a folder, which is synced behind the last */
bool rt_file_place(RtFile *file, RtError *error);
bool rt_folder_sync(const char *folder, RtError *error);
void rt_file_abandon(RtFile *file);
bool rt_file_write(const char *path, const void *bytes, size_t n, RtError *error);   /* all of the above */
/* a regular file, at most limit bytes */
bool rt_file_read(const char *path, size_t limit, RtText *text, RtError *error);
/* descriptor of a regular file, to read; -1: there is none */
int rt_file_open(const char *path, int64_t *size, RtError *error);
/* got < n: the file ended */
bool rt_file_take(int descriptor, const char *path, void *to, size_t n, size_t *got, RtError *error);
bool rt_path(char path[RT_MAX_PATH], const char *folder, const char *name, RtError *error);   /* folder/name */
bool rt_folder_make(const char *path, RtError *error);          /* with its parents */
/* a folder that does not exist is empty, and so is one with a lock alone */
bool rt_folder_empty(const char *path, bool *empty, RtError *error);

/* FOLDER/lock, held by the process that writes into a run's folder and by no dead one; it holds that process's number.
 * A program that is started with the lock, its descriptor in $TAILOR_LOCK, takes it over. */
typedef struct RtLock { int descriptor; bool taken_over; char path[RT_MAX_PATH]; } RtLock;

/* false: another process holds it, or the folder can not be written */
bool rt_lock_take(RtLock *lock, const char *folder, RtError *error);
void rt_lock_release(RtLock *lock);

/* ---- content hashes (rt_sha256.c) ------------------------------------------------------------------------------- */

typedef struct RtSha256 { uint32_t state[8]; uint64_t length; uint8_t block[64]; } RtSha256;

void rt_sha256_begin(RtSha256 *hash);
void rt_sha256_add(RtSha256 *hash, const void *bytes, size_t n);
void rt_sha256_end(RtSha256 *hash, char hex[65]);
void rt_sha256(const void *bytes, size_t n, char hex[65]);

/* ---- JSON (rt_json.c, rt_json_read.c) ---------------------------------------------------------------------------- */

/* Members of the outer two levels stand on lines of their own, what is deeper stays on its line.  Starts as {0}; `key`
 * is NULL in arrays and at the top.  The result is writer.text. */
typedef struct RtJsonWriter { RtText text; int depth; bool more; } RtJsonWriter;

void rt_json_quote(RtText *text, const char *string);                         /* what a JSON text has for a string */
void rt_json_open(RtJsonWriter *writer, const char *key, char bracket);       /* '{' or '[' */
void rt_json_close(RtJsonWriter *writer, char bracket);
void rt_json_string(RtJsonWriter *writer, const char *key, const char *value);
void rt_json_integer(RtJsonWriter *writer, const char *key, int64_t value);
void rt_json_unsigned(RtJsonWriter *writer, const char *key, uint64_t value);
/* shortest that reads back; NaN, Inf: null */
void rt_json_number(RtJsonWriter *writer, const char *key, double value);
void rt_json_bool(RtJsonWriter *writer, const char *key, bool value);
void rt_json_raw(RtJsonWriter *writer, const char *key, const char *json);

typedef enum RtJsonKind {
    RT_JSON_NULL, RT_JSON_BOOL, RT_JSON_NUMBER, RT_JSON_STRING, RT_JSON_ARRAY, RT_JSON_OBJECT
} RtJsonKind;

/* Nodes lie in one array in the order of the text; the first is the top. */
typedef struct RtJsonNode {
    RtJsonKind kind;
    bool boolean, is_integer;
    const char *key;                   /* of a member of an object, else NULL */
    const char *string;                /* UTF-8, no zero byte inside */
    double number;
    int64_t integer;                   /* of a number without fraction and exponent that fits */
    int n, first, next;                /* children; index of the first child and of the next sibling, 0: none */
    int line;                          /* of the text, where it begins */
} RtJsonNode;

/* wrong_line: where parsing failed */
typedef struct RtJson { RtJsonNode *nodes; int n; char *strings; int wrong_line; } RtJson;

/* `what` names the text in messages. */
bool rt_json_parse(const char *text, size_t n, const char *what, RtJson *json, RtError *error);
void rt_json_free(RtJson *json);
const RtJsonNode *rt_json_get(const RtJson *json, const RtJsonNode *object, const char *key);   /* NULL: not there */

/* ---- numbers (rt_number.c)
 * ------------------------------------------------------------------------------------------ */

size_t rt_type_bytes(RtType type);
const char *rt_type_name(RtType type);                                       /* as safetensors spells it: "F32" */
bool rt_type_named(const char *name, RtType *type);                          /* false: there is none of that name */
bool rt_type_is_whole(RtType type);                                          /* integers and BOOL */

/* Of element i of an aligned array. */
double rt_number(RtType type, const void *array, int64_t i);                 /* rounded only beyond 2^53 */
/* the nearest; false: finite, and too large for a float */
bool rt_number_float(RtType type, const void *array, int64_t i, float *to);
/* false: not among 0 .. most < 2^53 */
bool rt_number_whole(RtType type, const void *array, int64_t i, int64_t most, int64_t *to);
void rt_number_text(char text[32], RtType type, const void *array, int64_t i);

void rt_numbers_swap(RtType type, void *array, int64_t n);                   /* the other order of bytes */

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
void rt_tensors_free(RtArrays *arrays);
const RtArray *rt_tensors_find(const RtArrays *arrays, const char *name);    /* NULL: not there */
const char *rt_tensors_pair(const RtArrays *arrays, const char *key);        /* NULL: not there */
bool rt_tensors_write(const char *path, int n, const RtArray *arrays, int n_pairs, const RtPair *pairs, RtError *error);

/* ---- memory and weights of a model (rt_model.c)
 * ------------------------------------------------------------------- */

/* Zeros, 64-byte aligned; pages that are never touched take no memory.  NULL with a message that says what for. */
void *rt_allocate(size_t count, size_t bytes, const char *what, RtError *error);
void rt_release(void *memory);

typedef struct RtWeights { float *parameters, *state, *optimizer; } RtWeights;

bool rt_weights_open(RtWeights *weights, const RtModel *model, RtError *error);
void rt_weights_close(RtWeights *weights);
/* with the averages where train{} asks for them; borrowed */
RtWeights rt_weights_evaluated(const RtWeights *weights, const RtModel *model);
void rt_weights_initialise(RtWeights *weights, const RtModel *model, uint64_t seed);
void rt_initial_values(const RtTensor *tensor, uint64_t seed, float *values);             /* tensor->count of them */
void rt_weights_sha256(const RtWeights *weights, const RtModel *model, char hex[65]);
/* name of a tensor; NULL: all are */
const char *rt_weights_not_finite(const RtWeights *weights, const RtModel *model);
bool rt_weights_write(const char *path, const RtWeights *weights, const RtModel *model, RtError *error);
bool rt_weights_read(const char *path, RtWeights *weights, const RtModel *model, RtError *error);
/* One tensor of a file, which is there as prefix + tensor->name; NULL: it is not, or not with the tensor's shape and as
 * floats of some size. */
const RtArray *rt_tensor_stored(const RtArrays *file, const char *path, const char *prefix, const RtTensor *tensor,
                                RtError *error);
/* Its values as the nearest F32.  false also where one is finite and too large for it. */
bool rt_tensor_load(const RtArrays *file, const char *path, const char *prefix, const RtTensor *tensor, float *values,
                    RtError *error);
RtArray rt_tensor_array(const RtTensor *tensor, const char *name, const float *values);

const RtValue *rt_value(const RtEntry *entry, const char *name);                          /* NULL when there is none */

/* ---- schedules (rt_schedule.c)
 * ------------------------------------------------------------------------------------ */

/* Fills in step->progress, learning_rate, correction1 and correction2 for step number `number` (from 0) of `steps`. */
void rt_schedule(const RtTrain *train, int64_t number, int64_t steps, int64_t steps_per_epoch, RtStep *step);

/* ---- data (rt_images.c, rt_stream.c, rt_content.c, rt_idx.c, rt_npy.c, rt_png.c, rt_class_folders.c, rt_formats.c,
 * rt_digits.c, rt_decoy.c,
 *            rt_data.c, rt_split.c, rt_loader.c)
 *            ---------------------------------------------------------------------------------- */

/* The content of PATH, or of PATH.gz where only that exists, uncompressed if it is gzip data.  Errors go to the one
 * given first. */
typedef struct RtStream RtStream;

RtStream *rt_stream_open(const char *path, RtError *error);                  /* NULL: cannot be opened, or is no file */
const char *rt_stream_path(const RtStream *stream);                              /* of the file that is read */
bool rt_stream_take(RtStream *stream, void *to, size_t n, size_t *got);          /* got < n: the content ended */
int64_t rt_stream_left(const RtStream *stream);                               /* bytes; -1: of gzip data nobody knows */
/* Can the rest be so many bytes?  false if not, with a message in which `what` says who asks for them: "sizes ask". */
bool rt_stream_expect(RtStream *stream, int64_t bytes, const char *what);
bool rt_stream_end(RtStream *stream, char sha256[65]);                     /* there is no more; the hash of all of it */
void rt_stream_close(RtStream *stream);                                          /* NULL too */

/* How an array lies in a file. */
typedef struct RtLayout { RtType type; bool big_endian, fortran; int rank; int64_t dims[4]; } RtLayout;

/* An array of images, as bytes that arrive as byte / 255 or as floats that arrive as they are; or labels, one for each
 * image, the first of each row where the array has columns.  In C order; sha256 of the whole file, uncompressed. */
typedef struct RtContent {
    int rank;
    int64_t dims[4];
    uint8_t *bytes;
    float *floats;
    uint16_t *labels;
    char sha256[65];
} RtContent;

extern const char *const rt_scale_file;        /* scale.txt */

/* The rest of a file.  scale: what all values of images are divided by; 0: it is not said.  With `head_only` nothing is
 * read, but it is checked that all can be there. */
bool rt_content_read(RtStream *stream, const RtLayout *layout, bool labels, double scale, bool head_only,
                     const char *what, RtContent *content, RtError *error);
bool rt_idx_read(const char *path, bool labels, double scale, bool head_only, RtContent *content, RtError *error);
bool rt_npy_read(const char *path, bool labels, double scale, bool head_only, RtContent *content, RtError *error);
void rt_content_free(RtContent *content);

enum { RT_SET_FILES = 5 };             /* at most, of a training or a test set */
typedef struct RtSource { const char *name; char sha256[65]; } RtSource;   /* a file of a set */

typedef enum RtDecoy { RT_NO_DECOY, RT_DECOY_TRAIN, RT_DECOY_TEST } RtDecoy;

typedef struct RtImages {
    int64_t n, height, width, channels;
    uint8_t *pixels;                   /* arrive as byte / 255; NULL: */
    float *floats;                     /* arrive as they are */
    uint16_t *labels;
    /* what in the set's folder they are of, for messages; labels_name "": several files */
    const char *pixels_name, *labels_name;
    char pixels_sha256[65], labels_sha256[65];
    int n_sources;
    RtSource source[RT_SET_FILES];
    RtDecoy decoy;                     /* whether the pixels have patches: sha256 is of what they were made from */
    RtNormalize normalize;             /* what the model wants done to them, by_name resolved */
} RtImages;

void rt_images_source(RtImages *images, const char *name, const char *sha256);   /* one more */
void rt_images_free(RtImages *images);
void rt_image(const RtImages *images, int64_t sample, float *image);   /* [height][width][channels], before normalize */

/* A PNG image of at most 8 bits a channel, not interlaced; what is transparent has no colour, so it is an error.
 * `channels` is 1 where it is gray, else 3; a gray one can be read as 3 as well. */
typedef struct RtPng { int64_t width, height; int channels; } RtPng;
bool rt_png_head(const char *path, RtPng *head, RtError *error);
bool rt_png_read(const char *path, const RtPng *wanted, uint8_t *pixels, RtError *error);

/* folder/train/CLASS/NAME.png and folder/test/CLASS/NAME.png: the classes are those of train in the order of their
 * names' bytes. */
bool rt_class_folders_read(const char *folder, bool test, bool head_only, RtImages *images, RtError *error);

/* How a folder holds a set. */
typedef struct RtFormat RtFormat;
/* NULL: there is no file of a set.  A folder of the format's own inside `folder` is added to the path. */
const RtFormat *rt_format_of(char folder[RT_MAX_PATH]);
const char *rt_format_name(const RtFormat *format);
bool rt_format_has_test(const RtFormat *format, const char *folder);   /* some file of a test set */
bool rt_format_read(const RtFormat *format, const char *folder, bool test, bool head_only, RtImages *images,
                    RtError *error);

enum { RT_DIGITS_TRAIN = 10000, RT_DIGITS_TEST = 2000 };
bool rt_digits(bool test, RtImages *images, RtError *error);

/* Puts the patches of a decoy set into images of at least 4 x 4 with labels 0 to 9. */
void rt_decoy(RtDecoy decoy, RtImages *images);
/* height * width numbers: 1 on the patch, or in images without patches where a channel is above 0.1; else 0. */
void rt_mask(const RtImages *images, int64_t sample, float *mask);

/* Sets whose content is known: the sha256 of each of the four files, uncompressed, in the order of rt_set_files. */
typedef struct RtKnownSet { const char *name, *sha256[4]; } RtKnownSet;

typedef struct RtData {
    char name[256], folder[RT_MAX_PATH];     /* no folder: the embedded set */
    const RtFormat *format;
    const RtKnownSet *known;                 /* its hashes are known and were checked; NULL: they are not */
    bool decoy;                              /* name is decoy-NAME, of the known set NAME */
    bool no_test;                            /* no file of a test set is there */
    RtImages train, test;                    /* test is empty until rt_data_test() */
    int64_t n_training, n_validation;
    int64_t *training, *validation;          /* samples of the split, ascending numbers in `train` */
} RtData;

extern const char *const rt_set_files[4];        /* of IDX, as they are fetched */
int rt_known_sets(void);
const RtKnownSet *rt_known_set(int i);
/* The known set of that name, or of which a decoy set of that name is made; NULL: there is none. */
const RtKnownSet *rt_known_set_of(const char *name);

/* Is there a data set of that name, or in that folder?  Reads none of it. */
bool rt_data_exists(const char *name, RtError *error);
/* Opens the data set for a model: the training images are read and split, the test files, where there are any, only
 * looked at. */
bool rt_data_open(RtData *data, const char *name, const RtModel *model, uint64_t seed, RtError *error);
/* The mean of the training split's images of each class, bytes / 255 and then divided by its largest element, for a
 * state of RT_INIT_CLASS_MEANS.  A class without images stays zero.  false: the shape is not that of the data. */
bool rt_class_means(const RtData *data, const RtTensor *tensor, float *means, RtError *error);
/* opens and reads only the test set */
bool rt_data_test(RtData *data, const char *name, const RtModel *model, RtError *error);
void rt_data_close(RtData *data);

/* Stratified: `held` = round(share * n) samples go to validation, by class in proportion; both lists ascend.  The
 * arrays have room for n numbers each. */
bool rt_split(int64_t n, const uint16_t *labels, double share, uint64_t seed, int64_t *training, int64_t *n_training,
              int64_t *validation, int64_t *n_validation, RtError *error);
/* A permutation of 0 .. n-1 that is a function of (seed, stream, epoch). */
void rt_permutation(int64_t n, uint64_t seed, uint64_t stream, int64_t epoch, int64_t *order);

/* Samples by class, of the classes that have any: those of the i-th, whose label is label[i], are member[start[i]] ..
 * member[start[i + 1] - 1], ascending. */
typedef struct RtClasses { int n; int64_t *start, *member, *order; uint16_t *label; } RtClasses;

/* samples as in RtLoaderPlan.  false: out of memory, or fewer classes than the sampler wants. */
bool rt_classes_open(RtClasses *classes, const uint16_t *labels, const int64_t *samples, int64_t n,
                     const RtSampler *sampler, RtError *error);
void rt_classes_close(RtClasses *classes);
/* The samples of batch `number`, counted over epochs, class after class: a function of (seed, number).  No class comes
 * twice; no sample does, but in classes of fewer than per_class samples, which are drawn with repetition. */
void rt_balanced(const RtClasses *classes, const RtSampler *sampler, uint64_t seed, int64_t number, int64_t *sample);

/* ---- images (rt_augment.c): channels are interleaved, what comes from outside is zero ---- */

typedef struct RtShape { int64_t height, width, channels; } RtShape;

void rt_translate(const RtShape *shape, int64_t down, int64_t right, float *image);
void rt_flip(const RtShape *shape, float *image);                                              /* left and right */
void rt_rotate(const RtShape *shape, double degrees, const float *image, float *turned);       /* clockwise; bilinear */
/* rows y - n/2 .. y - n/2 + n - 1 */
void rt_cutout(const RtShape *shape, int64_t y, int64_t x, int64_t n, float *image);
/* All that is asked for, as the random numbers of (seed, epoch, sample) have it; `spare` is another image, used to
 * rotate. */
void rt_augment(const RtAugment *augment, const RtShape *shape, uint64_t seed, int64_t epoch, int64_t sample,
                float *image, float *spare);
void rt_normalize(const RtNormalize *by, const RtShape *shape, float *image);            /* by->n is 0, 1 or channels */

/* Batches of a set, prepared by a thread of its own while the last one is in use. */
typedef struct RtLoader RtLoader;
typedef struct RtLoaderPlan {
    const RtModel *model;
    const RtImages *images;
    const int64_t *samples;            /* which of the images; NULL: all */
    int64_t n;                         /* how many */
    bool shuffle;                   /* whole batches as train{}'s sampler says; else all once, the last batch smaller */
    bool augment;                      /* as train{} says: for training only */
    uint64_t seed;
    int64_t first, last;               /* batches, counted over epochs, half-open; used with shuffle */
} RtLoaderPlan;

RtLoader *rt_loader_open(const RtLoaderPlan *plan, RtError *error);
const RtBatch *rt_loader_next(RtLoader *loader);   /* NULL: no more.  What it returned before is invalid from now on */
void rt_loader_close(RtLoader *loader);

/* ---- a run (rt_train.c, rt_evaluate.c, rt_checkpoint.c, rt_record.c)
 * ------------------------------------------------- */

/* Sums over samples of the loss and of each metric, in this order. */
typedef struct RtMeans { int64_t samples; double *sum; } RtMeans;

/* Whether a run keeps best.safetensors: the weights after the epoch with the least validation loss, the first of equal
 * ones. */
typedef enum RtKeep { RT_KEEP_AS_BEGUN, RT_KEEP_LAST, RT_KEEP_BEST } RtKeep;

typedef struct RtSettings {
    const char *data;                  /* name or folder */
    uint64_t seed;
    int64_t epochs;
    bool longer;                       /* epochs may be more than those that the run began with */
    RtKeep keep;
    int threads;
    const char *folder;                /* run directory; exists */
    RtProfile *profile;                /* of the steps, or NULL */
} RtSettings;

/* The best epoch so far: its weights are in best.safetensors.  epoch is 0 before the first. */
typedef struct RtBest { bool kept; int64_t epoch; double loss; char sha256[65]; } RtBest;

/* Of a run that was made longer: up to step `steps` it went by the schedule of `epochs` epochs; both ascend.  The
 * schedule it ends by is not among them. */
enum { RT_MAX_LINEAGE = 256 };
typedef struct RtLineage { int n; struct { int64_t epochs, steps; } part[RT_MAX_LINEAGE]; } RtLineage;

typedef struct RtRun RtRun;

/* Who wants to know.  Called from the loop; `stop` is looked at after every step. */
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
    int64_t step, epoch;               /* done */
    /* of these steps: those that were not finite and changed nothing; their samples are in no mean */
    int64_t skipped;
    RtMeans train;                     /* of the epoch under way */
    RtMeans epoch_train, validation;   /* of the last epoch that is done */
    RtMeans test;                      /* without samples until the end, and where the data has no test set */
    RtBest best;
    RtLineage lineage;
    double train_seconds;              /* spent in training steps, waiting for data included */
    double earlier_seconds, started;   /* before this process; rt_seconds() when it began */
    RtText log;                        /* log.csv */
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
RtOutcome rt_run(RtRun *run, RtError *error);    /* goes on from a checkpoint if there is one; ends with the test set */
void rt_run_close(RtRun *run);

/* Workspace and result that serve every entry. */
bool rt_call_open(RtCall *call, const RtModel *model, int threads, const RtWeights *weights, RtError *error);
void rt_call_close(RtCall *call);

bool rt_means_open(RtMeans *means, const RtModel *model, RtError *error);
void rt_means_close(RtMeans *means);
void rt_means_clear(RtMeans *means, const RtModel *model);
void rt_means_add(RtMeans *means, const RtModel *model, const RtEntry *entry, const void *result, int n);
double rt_mean(const RtMeans *means, int i);       /* 0 the loss, 1 + i metric i; NaN without samples */
/* Entry "evaluate" over a set.  Returns RT_INTERRUPTED when *stop became true: then means is not complete. */
RtOutcome rt_evaluate(const RtModel *model, RtCall *call, const RtImages *images, const int64_t *samples, int64_t n,
                      uint64_t seed, const volatile sig_atomic_t *stop, RtMeans *means, const char *failed_path,
                      RtError *error);
/* What the interpreter needs to find the first value that is not finite. */
bool rt_failed_batch_write(const char *path, const RtModel *model, const RtCall *call, const char *entry,
                           RtError *error);

bool rt_checkpoint_write(const RtRun *run, RtError *error);
bool rt_checkpoint_read(RtRun *run, bool *found, RtError *error);    /* checks that it belongs to this run */
/* of the run that the folder's checkpoint is of; 0: there is none, or a damaged one */
int64_t rt_checkpoint_epochs(const RtRun *run);

/* rt_best.c, around the checkpoint: what it says of the best epoch is what the file holds, or what the weights in it
 * are. */
bool rt_best_begin(RtRun *run, bool resumed, RtError *error);        /* after a checkpoint was looked for */
bool rt_best_note(RtRun *run);                       /* after an epoch, before its checkpoint: whether it is the best */
bool rt_best_write(const RtRun *run, RtError *error);                /* of the weights as they are */

bool rt_log_begin(RtRun *run, RtError *error);     /* header line, or what a checkpoint brought */
bool rt_log_epoch(RtRun *run, RtError *error);     /* the line of the epoch that just ended */
/* weights.safetensors, then run.json, whose text it returns */
bool rt_record_write(RtRun *run, RtText *json, RtError *error);
/* Reads run.json of a folder; *finished is false where there is none, and of a run that goes on to more epochs.  Checks
 * that it is of this experiment. */
bool rt_record_finished(const RtRun *run, bool *finished, RtText *json, RtError *error);
void rt_experiment_hash(const RtRun *run, char hex[65]);
const char *rt_compiler(void);                     /* "gcc 12.2.0" */
int64_t rt_peak_rss(void);                         /* bytes */
double rt_seconds(void);                           /* a clock that only goes forward */
double rt_run_seconds(const RtRun *run);           /* so far, with the time before a resume */

/* ---- the trainer (rt_benchmark.c, rt_main.c) --------------------------------------------------------------------- */

typedef struct RtBenchmark { double min_ms, median_ms, images_per_second; } RtBenchmark;
bool rt_benchmark(const RtModel *model, const RtSettings *settings, int64_t steps, RtBenchmark *result, RtError *error);

/* What a trainer does with a profile: reached through its model, so that one without profile is linked without it. */
struct RtProfiler {
    RtProfile *(*open)(const RtModel *model, int threads, RtError *error);
    void (*table)(RtProfile *profile, RtText *text);
    void (*json)(RtProfile *profile, const char *key, RtJsonWriter *json);
    void (*close)(RtProfile *profile);
};

/* Before rt_trainer_main in a main of its own: begins the process anew, once, with threads that give up their core when
 * they have to wait.  Returns when that is so already, or cannot be. */
void rt_wait_politely(char **argv);

/* Exit codes: 0 done, 1 the input is wrong, 2 usage, 4 a value was not finite, 130 interrupted. */
int rt_trainer_main(const RtModel *model, int argc, char **argv);

RT_C_END

#endif
