/* kept_cc.c - stands for a compiler during `make check`: that at COMPILER, with a folder KEPT; run.sh builds one for
 * each.  What an emitted Makefile builds is built once for all tests, and kept in the folder by the words of the
 * command and the texts that it reads.  What a compiler says something about, or refuses, is not kept.  A program and
 * not a script, since a trainer is built of dozens of files, most of which are there. */
#include <glob.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Two lanes; each step is one to one, so that two texts of the same length that differ in one word differ. */
typedef struct Key { uint64_t a, b; } Key;

static void key_word(Key *key, uint64_t word)
{
    key->a = (key->a ^ word) * 0x9e3779b97f4a7c15u;
    key->a ^= key->a >> 29;
    key->b = (key->b + word) * 0xd6e8feb86659fd93u;
    key->b ^= key->b >> 32;
}

static void key_add(Key *key, const char *text, size_t size)
{
    key_word(key, size);
    for (size_t at = 0; at < size; at += 8) {
        uint64_t word = 0;
        memcpy(&word, text + at, size - at < 8 ? size - at : 8);
        key_word(key, word);
    }
}

/* Returns the whole file, which is the caller's, or NULL. */
static char *read_whole(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    struct stat is;
    char *text = fstat(fileno(f), &is) || !S_ISREG(is.st_mode) ? NULL : malloc((size_t)is.st_size + 1);
    *size = text ? fread(text, 1, (size_t)is.st_size, f) : 0;
    const bool whole = text && *size == (size_t)is.st_size && !ferror(f);
    fclose(f);
    if (whole) return text;
    free(text);
    return NULL;
}

static bool key_add_file(Key *key, const char *path)
{
    size_t size;
    char *text = read_whole(path, &size);
    if (!text) return false;
    key_add(key, path, strlen(path));
    key_add(key, text, size);
    free(text);
    return true;
}

static bool key_add_files(Key *key, const char *pattern)
{
    glob_t found;
    bool whole = true;
    if (glob(pattern, 0, NULL, &found) == 0)
        for (size_t i = 0; whole && i < found.gl_pathc; i++) whole = key_add_file(key, found.gl_pathv[i]);
    globfree(&found);
    return whole;
}

static bool copy(const char *from, const char *to)
{
    size_t size;
    struct stat is;
    char *text = read_whole(from, &size);
    FILE *f = text ? fopen(to, "wb") : NULL;
    bool whole = f && fwrite(text, 1, size, f) == size;
    if (f) whole = fclose(f) == 0 && whole;
    free(text);
    return whole && stat(from, &is) == 0 && chmod(to, is.st_mode & 0777) == 0;
}

/* What a trainer's Makefile builds: an object or a library of one C file of its folder, or a program of objects. */
typedef enum Kind { OTHER, OF_RUNTIME, OF_MODEL, PROGRAM } Kind;

static bool ends_in(const char *word, const char *end)
{
    const size_t n = strlen(word), m = strlen(end);
    return n > m && !strcmp(word + n - m, end);
}

/* output: NULL, which stays where there is none; inputs: room for all words, the last is NULL. */
static Kind kind_of(char **words, const char **output, char **inputs)
{
    const char *last = "";
    int n_sources = 0, n_objects = 0, n_runtime = 0;
    bool emitted = false, elsewhere = false;
    for (char **word = words; *word; last = *word++) {
        if (!strcmp(last, "-o")) {
            *output = *word;
            continue;
        }
        if (!strcmp(*word, "-MMD")) return OTHER;
        if (!strcmp(*word, "-Iruntime")) emitted = true;
        const bool source = ends_in(*word, ".c");
        if (!source && !ends_in(*word, ".o")) continue;
        const bool runtime = !strncmp(*word, "runtime/", 8);
        if (strchr(*word + (runtime ? 8 : 0), '/')) elsewhere = true;
        *(source ? &n_sources : &n_objects) += 1;
        n_runtime += runtime;
        *inputs++ = *word;
    }
    *inputs = NULL;
    if (!*output || elsewhere) return OTHER;
    if (n_sources == 0 && n_objects > 0 && n_runtime > 0) return PROGRAM;
    if (!emitted || n_sources != 1 || n_objects > 0) return OTHER;
    return n_runtime ? OF_RUNTIME : OF_MODEL;
}

/* Returns the compiler's exit code, whether it said something. */
static int compile(char **words, bool *said)
{
    int ends[2], status;
    char text[4096];
    if (pipe(ends)) return 127;
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 1), dup2(ends[1], 2);
        close(ends[0]), close(ends[1]);
        execv(COMPILER, words);
        _exit(127);
    }
    close(ends[1]);
    *said = false;
    for (ssize_t n; (n = read(ends[0], text, sizeof text)) > 0; *said = true) fwrite(text, 1, (size_t)n, stderr);
    if (child < 0 || waitpid(child, &status, 0) != child) return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int argc, char **argv)
{
    const char *output = NULL;
    char **inputs = calloc((size_t)argc + 1, sizeof *inputs);
    const Kind kind = inputs ? kind_of(argv + 1, &output, inputs) : OTHER;
    bool whole = kind != OTHER;
    Key key = {1, 2};
    argv[0] = COMPILER;          /* gcc finds its parts by the name that it has */
    for (int i = 0; i < argc; i++) key_add(&key, argv[i], strlen(argv[i]));
    for (char **input = inputs; whole && *input; input++) whole = key_add_file(&key, *input);
    /* the runtime's sources know no model: those of one folder are those of all */
    if (kind == OF_RUNTIME || kind == OF_MODEL) whole = whole && key_add_files(&key, "runtime/*.h");
    if (kind == OF_MODEL) whole = whole && key_add_files(&key, "*.h");
    if (!whole) {
        execv(COMPILER, argv);
        return 127;
    }
    char kept[sizeof KEPT + 64], half[sizeof kept + 32];
    snprintf(kept, sizeof kept, KEPT "/%016llx%016llx", (unsigned long long)key.a, (unsigned long long)key.b);
    snprintf(half, sizeof half, "%s.%ld", kept, (long)getpid());
    if (access(kept, R_OK) == 0 && copy(kept, output)) return 0;
    bool said;
    const int code = compile(argv, &said);
    if (code == 0 && !said && (!copy(output, half) || rename(half, kept))) unlink(half);
    return code;
}
