/* main.c - the tailor command. */
#include "command/command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static int run_man(int argc, char **argv);
static int run_completion(int argc, char **argv);

static const Command commands[] = {
    {&init_line, command_init, "write a first graph file, and an experiment on it, to start from"},
    {&check_line, command_check, "parse, check, print the model summary"},
    {&emit_line, command_emit, "write the C of a graph file into a folder that builds by itself"},
    {&train_line, command_train, "emit, build, run; writes the run directory"},
    {&eval_line, command_eval, "test metrics of a finished run"},
    {&grad_line, command_grad, "one batch: every output, the loss, all gradients"},
    {&cam_line, command_cam, "maps of a finished run: panels as PNG, and how good the maps are"},
    {&diff_line, command_diff, "what differs between two graph files, or two runs"},
    {&show_line, command_show, "a graph and its plan of memory as pictures, or as text"},
    {&where_line, command_where, "which lines of the graph file a line of emitted C computes, and back"},
    {&plan_line, command_plan, "the memory planner alone, for tables of buffers"},
    {&lock_line, command_lock, "train and write what rebuilds the run bit for bit"},
    {&verify_line, command_verify, "rebuild the runs of locks and say what differs first"},
    {&import_line, command_import, "a graph file and its weights from an ONNX model, as PyTorch exports it"},
    {&pack_line, command_pack, "a finished run as an archive that builds and checks itself"},
    {&export_line, command_export, "a finished run as an ONNX model"},
    {&sweep_line, command_sweep, "run the cells of an experiment file: variants, data sets, seeds"},
    {&merge_line, command_merge, "records of sweeps of other machines into one"},
    {&stats_line, command_stats, "are variants different?  statistics of runs under several seeds, from a CSV file"},
    {&table_line, command_table, "means, intervals and comparisons of what a sweep recorded"},
    {&figure_line, command_figures, "pictures of what a sweep recorded, as SVG"},
    {&report_line, command_report, "a run, two runs or a sweep as a page of HTML that one can send"},
    {&page_line, command_page, "a run as a page in which one draws, and its network sees and is trained"},
    {&data_line, command_data, "list, fetch and check data sets"},
    {&ops_line, command_ops, "print the reference of every op"},
    {&man_line, run_man, "pages of the manual, of tailor and of each command"},
    {&completion_line, run_completion, "print the script by which bash or zsh completes command lines"},
};

enum { N_COMMANDS = sizeof commands / sizeof *commands };

static int run_man(int argc, char **argv) { return command_man(argc, argv, N_COMMANDS, commands); }
static int run_completion(int argc, char **argv) { return command_completion(argc, argv, N_COMMANDS, commands); }

static void print_usage(FILE *file)
{
    fputs("tailor " TAILOR_VERSION
          " - makes C training code to measure from a Lua graph file\n\nusage: tailor COMMAND ...\n\n",
          file);
    for (int i = 0; i < N_COMMANDS; i++) fprintf(file, "  %-10s %s\n", commands[i].line->name, commands[i].what);
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
        names[i] = commands[i].line->name;
        if (!strcmp(argv[1], commands[i].line->name)) return finish_output(commands[i].run(argc - 1, argv + 1));
    }
    usage_error("unknown command %s%s; see tailor --help", argv[1],
                did_you_mean(arena_new(), argv[1], N_COMMANDS, names, ""));
}
