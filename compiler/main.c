/* main.c - the tailor command. */
#include "command/command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

typedef struct Command { const char *name; int (*run)(int argc, char **argv); const char *what; } Command;

static const Command commands[] = {
    {"check", command_check, "parse, check, print the model summary"},
    {"emit", command_emit, "write the C of a graph file into a folder that builds by itself"},
    {"train", command_train, "emit, build, run; writes the run directory"},
    {"eval", command_eval, "test metrics of a finished run"},
    {"grad", command_grad, "one batch: every output, the loss, all gradients"},
    {"cam", command_cam, "maps of a finished run: panels as PNG, and how good the maps are"},
    {"diff", command_diff, "what differs between two graph files, or two runs"},
    {"show", command_show, "a graph and its plan of memory as pictures, or as text"},
    {"where", command_where, "which lines of the graph file a line of emitted C computes, and back"},
    {"plan", command_plan, "the memory planner alone, for tables of buffers"},
    {"lock", command_lock, "train and write what rebuilds the run bit for bit"},
    {"verify", command_verify, "rebuild the runs of locks and say what differs first"},
    {"pack", command_pack, "a finished run as an archive that builds and checks itself"},
    {"sweep", command_sweep, "run the cells of an experiment file: variants, data sets, seeds"},
    {"merge", command_merge, "records of sweeps of other machines into one"},
    {"stats", command_stats, "are variants different?  statistics of runs under several seeds, from a CSV file"},
    {"table", command_table, "means, intervals and comparisons of what a sweep recorded"},
    {"figures", command_figures, "pictures of what a sweep recorded, as SVG"},
    {"report", command_report, "a run, two runs or a sweep as a page of HTML that one can send"},
    {"data", command_data, "list, fetch and check data sets"},
    {"ops", command_ops, "print the reference of every op"},
};

enum { N_COMMANDS = sizeof commands / sizeof *commands };

static void print_usage(FILE *file)
{
    fputs("tailor " TAILOR_VERSION
          " - makes C training code to measure from a Lua graph file\n\nusage: tailor COMMAND ...\n\n",
          file);
    for (int i = 0; i < N_COMMANDS; i++) fprintf(file, "  %-8s %s\n", commands[i].name, commands[i].what);
    fputs("\ntailor COMMAND --help says more.\n", file);
}

/* A descriptor below 3 that is closed would go to the next file or pipe, which would then get what is printed.  Writing
 * to what stands in its place fails, as it does where it is closed. */
static void open_standard_streams(void)
{
    for (int i = 0; i < 3; i++)
        if (fcntl(i, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != i) _exit(1);
}

int main(int argc, char **argv)
{
    open_standard_streams();
    signal(SIGXFSZ, SIG_IGN);                     /* writes say EFBIG instead */
    if (argc < 2) {
        print_usage(stderr);
        return 2;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
        print_usage(stdout);
        return finish_output(0);
    }
    if (!strcmp(argv[1], "--version")) {
        puts("tailor " TAILOR_VERSION);
        return finish_output(0);
    }
    const char *names[N_COMMANDS];
    for (int i = 0; i < N_COMMANDS; i++) {
        names[i] = commands[i].name;
        if (!strcmp(argv[1], commands[i].name)) return finish_output(commands[i].run(argc - 1, argv + 1));
    }
    usage_error("unknown command %s%s; see tailor --help", argv[1],
                did_you_mean(arena_new(), argv[1], N_COMMANDS, names, ""));
}
