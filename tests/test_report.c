/* test_report.c - tables and figures of records: their text against tests/report/, which UPDATE=1 writes anew; records
 * with names and values of any kind; figures are well-formed and no two of their texts meet; 10,000 cells in time. */
#include "report/figures.h"

#include "support.h"

#include <math.h>
#include <sys/wait.h>
#include <time.h>

/* ---- records ---- */

static Arena *arena;
static Record *record;

static void begin(void)
{
    enter_folder();
    arena = arena_new();
    record = record_open(arena, "sweep", true);
}

static void end(void)
{
    record_close(record);
    arena_free(arena);
    leave_folder();
}

static void add_experiment(const char *name, const char *spec)
{
    record_do(record, "INSERT INTO experiment VALUES (?, ?)", "tt", name, spec);
}

typedef struct Place { const char *experiment, *graph, *data, *variant; int seed; } Place;

/* Adds a cell with its member; its number makes its key. */
static const char *add_cell(const Place *p, int number, const char *state, const char *reason, int epochs, int numerics)
{
    const char *key = arena_format(arena, "%064d", number);
    record_do(record, "INSERT INTO cell (key, graph, graph_hash, options, data, seed, epochs, numerics, state, reason, "
                      "parameters, flops_forward, flops_step, workspace_bytes, images_per_second, cpu) "
                      "VALUES (?1, ?2, ?1, '{}', ?3, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'A processor')",
              "tttiiittiiiir", key, p->graph, p->data, (int64_t)p->seed, (int64_t)epochs, (int64_t)numerics, state,
              reason, (int64_t)(20000 + 977 * (number % 7)), (int64_t)1200000, (int64_t)(3600000 + 1000 * number),
              (int64_t)900000, 50000.0 / (1 + number % 7));
    record_do(record, "INSERT INTO member VALUES (?, ?, ?, ?, ?, ?)", "ttttit", p->experiment, p->graph, p->data,
              p->variant, (int64_t)p->seed, key);
    return key;
}

static void add_value(const char *key, const char *maps, const char *name, double value)
{
    record_do(record, "INSERT INTO metric VALUES (?, ?, ?, ?)", "tttr", key, maps, name, value);
}

static void add_curve(const char *key, int epochs, double from)
{
    for (int e = 1; e <= epochs; e++) {
        record_do(record, "INSERT INTO epoch VALUES (?, ?, 'val_accuracy', ?)", "tir", key, (int64_t)e,
                  0.95 - from / (1 + e));
        record_do(record, "INSERT INTO epoch VALUES (?, ?, 'learning_rate', ?)", "tir", key, (int64_t)e, 0.01);
    }
}

#define MAPS "{\"images\": 100, \"kind\": \"grad_cam\", \"steps\": 7}"

/* Two blocks of three variants and four seeds: a failed cell, a queued one, one of an older numerics, a longer one. */
static void make_small(void)
{
    static const char *const variants[] = {"baseline", "pooling=\"avg\" skip=true", "w|_<b>%&$"},
                      *const data[] = {"mnist", "fashion-mnist"};
    static const double value[] = {0.9388, 0.9402, 0.9371, 0.9395, 0.9405, 0.9411, 0.9390, 0.9399,
                                   0.9301, 0.9322, 0.9310, 0.9340};
    record_begin(record);
    add_experiment("skip", "{\"name\": \"skip\", \"blocks\": [{\"graph\": \"cnn\", \"data\": \"mnist\"}, {\"graph\": "
                           "\"cnn\", \"data\": \"fashion-mnist\"}], \"variants\": [{\"name\": \"baseline\"}, "
                           "{\"name\": \"pooling=\\\"avg\\\" skip=true\"}, {\"name\": \"w|_<b>%&$\"}], \"maps\": " MAPS
                           ", \"compare\": [\"test_accuracy\", \"energy_in_object\"], \"margin\": 0.002, \"split\": "
                           "\"test\"}");
    for (int b = 0, number = 0; b < 2; b++)
        for (int v = 0; v < 3; v++)
            for (int s = 1; s <= 4; s++, number++) {
                const Place p = {"skip", "cnn", data[b], variants[v], s};
                const bool failed = number == 5, queued = number == 10, old = number == 15;
                const char *key = add_cell(&p, number, failed ? "failed" : queued ? "queued" : "done",
                                           failed ? "the loss is not finite\nin step 17" : "", number == 11 ? 5 : 3,
                                           old ? 1 : 2);
                if (failed || queued) continue;
                add_value(key, "", "test_accuracy", value[4 * v + s - 1] - 0.04 * b);
                if (number != 13)
                    add_value(key, MAPS, "energy_in_object", 0.3 + 0.1 * v + value[(number * 5) % 12] / 10);
                add_value(key, "{}", "energy_in_object", 7);
                add_curve(key, 3, value[4 * v + s - 1]);
            }
    record_commit(record);
}

/* ---- tables ---- */

static const char *table_text(const char *format, int width)
{
    const char *notes;
    const char *text = tables_text(arena, results_of(arena, record, NULL, false), format, width, &notes);
    ck_assert_int_eq(*notes != 0, !strcmp(format, "csv") || !strcmp(format, "json"));
    return text;
}

static void expect_file(const char *name, const char *text)
{
    char path[300];
    RtText wanted = {0};
    RtError error = {0};
    snprintf(path, sizeof path, "%s/tests/report/%s", project, name);
    if (getenv("UPDATE")) {
        ck_assert_msg(rt_file_write(path, text, strlen(text), &error), "%s", error.text);
        return;
    }
    ck_assert_msg(rt_file_read(path, 1 << 20, &wanted, &error), "%s", error.text);
    if (strlen(text) != wanted.length || memcmp(text, wanted.data, wanted.length))
        ck_abort_msg("not %s, but:\n%s", path, text);
    rt_text_free(&wanted);
}

START_TEST(formats)
{
    static const char *const files[] = {"table.txt", "table.md", "table.csv", "table.tex", "table.json"};
    begin();
    make_small();
    for (int i = 0; table_format(i); i++) {
        const char *text = table_text(table_format(i), 80);
        ck_assert_str_eq(text, table_text(table_format(i), 80));
        expect_file(files[i], text);
    }
    expect_file("wide.txt", table_text("text", 200));
    RtJson json = {0};
    RtError error = {0};
    const char *text = table_text("json", 80);
    ck_assert_msg(rt_json_parse(text, strlen(text), "json", &json, &error), "%s", error.text);
    rt_json_free(&json);
    end();
}
END_TEST

static void expect_part(const char *text, const char *part, bool there)
{
    ck_assert_msg(!strstr(text, part) == !there, "%s'%s' in:\n%.3000s", there ? "no " : "", part, text);
}

/* A small difference has the decimals of the means and its own sign, without a spread too; a margin without an
 * accuracy, and maps that are all dead, have their notes. */
START_TEST(small_differences)
{
    static const double energy[] = {0.21, 0.25, 0.30, 0.24, 0.23, 0.28};
    static const double accuracy[] = {0.93, 0.92992, 0.93008};
    begin();
    record_begin(record);
    add_experiment("maps", "{\"name\": \"maps\", \"maps\": " MAPS ", \"compare\": [\"energy_in_object\"], "
                           "\"margin\": 0.002}");
    add_experiment("one", "{\"name\": \"one\", \"compare\": [\"test_accuracy\", \"energy_in_object\"]}");
    for (int i = 0; i < 6; i++) {
        const char *key = add_cell(&(Place){"maps", "cnn", "mnist", i < 3 ? "a" : "b", 1 + i % 3}, i, "done", "", 3, 1);
        add_value(key, MAPS, "energy_in_object", energy[i]);
    }
    const char *dead = add_cell(&(Place){"maps", "cnn", "mnist", "b", 4}, 6, "done", "", 3, 1);
    add_value(dead, MAPS, "dead_maps", 1);
    for (int i = 0; i < 3; i++) {
        const char *const names[] = {"a", "b", "c"};
        const char *key = add_cell(&(Place){"one", "cnn", "digits", names[i], 1}, 7 + i, "done", "", 3, 1);
        add_value(key, "", "test_accuracy", accuracy[i]);
        add_value(key, "", "energy_in_object", energy[i]);
    }
    record_commit(record);
    const char *text = table_text("text", 200);
    expect_part(text, "0.253 0.112  0.045    baseline", true);
    expect_part(text, "  -0.003 0.", true);
    expect_part(text, "the margin 0.002 is of test_accuracy, which is not compared", true);
    expect_part(text, "1 of 7 finished runs: b seed 4; all maps are dead there (dead_maps = 1), which leaves it",
                true);
    expect_part(text, "a        1  93.00           baseline", true);      /* one seed: two decimals of % */
    expect_part(text, "b        1  92.99              -0.01", true);
    expect_part(text, "c        1  93.01              +0.01", true);
    expect_part(text, "b        1  0.2500            +0.0400", true);
    expect_part(table_text("latex", 80), "& $-$0.0", true);
    const Results *r = results_of(arena, record, "one", true);
    const BlockFigure f = block_figure(arena, &r->studies[0], &r->studies[0].blocks[0], "test_accuracy");
    expect_part(figure_pairs(arena, &f), ">-0.01<", true);
    expect_part(figure_pairs(arena, &f), ">+0.0<", false);
    end();
}
END_TEST

/* Of a block of which nothing is done there is one line, and no table. */
START_TEST(nothing_done)
{
    begin();
    add_experiment("new", "{\"name\": \"new\", \"compare\": [\"test_accuracy\", \"test_loss\"]}");
    for (int i = 0; i < 2; i++) add_cell(&(Place){"new", "cnn", "mnist", "a", 1 + i}, i, "queued", "", 3, 1);
    ck_assert_str_eq(table_text("text", 80),
                     "new: cnn on mnist: 2 of 2 runs are not done yet: a seed 1 queued; a seed 2\nqueued\n");
    ck_assert_str_eq(table_text("md", 80),
                     "new: cnn on mnist: 2 of 2 runs are not done yet: a seed 1 queued; a seed 2 queued\n");
    expect_part(table_text("json", 80), "\"metric\": \"test_loss\"", true);
    end();
}
END_TEST

/* Each line of a table for a terminal is as wide as that at most, and of one that is narrow, too. */
START_TEST(widths)
{
    begin();
    make_small();
    for (int width = 40; width <= 200; width += 4) {
        const char *at = table_text("text", width);
        for (size_t n; *at; at += n + 1) {
            n = strcspn(at, "\n");
            const int columns = shown_width(arena_format(arena, "%.*s", (int)n, at));
            ck_assert_msg(columns <= width, "%d columns, against %d: %.*s", columns, width, (int)n, at);
        }
    }
    end();
}
END_TEST

START_TEST(only_one)
{
    begin();
    make_small();
    add_experiment("other", "{\"name\": \"other\", \"blocks\": [], \"variants\": []}");
    ck_assert_int_eq(results_of(arena, record, NULL, false)->n_studies, 2);
    const Results *r = results_of(arena, record, "skip", false);
    ck_assert_int_eq(r->n_studies, 1);
    ck_assert_str_eq(r->studies[0].name, "skip");
    ck_assert_int_eq(r->studies[0].n_blocks, 2);
    ck_assert_str_eq(r->studies[0].blocks[0].data, "mnist");
    end();
}
END_TEST

START_TEST(names)
{
    arena = arena_new();
    ck_assert_str_eq(shown_name(arena, "a\nb\x1b[31m\x7f"), "a\\u000ab\\u001b[31m\\u007f");
    ck_assert_str_eq(shown_name(arena, "\xe2\x80\xae" "x\xe2\x81\xa6\xef\xbb\xbf"), "\\u202ex\\u2066\\ufeff");
    ck_assert_str_eq(shown_name(arena, "\xff\xc3\xa9\\u0041"), "\\xff\xc3\xa9\\\\u0041");
    ck_assert_int_eq(shown_width("a\xc3\xa9\xe6\x97\xa5" "e\xcc\x81"), 5);
    ck_assert_str_eq(shown_within(arena, "abcdefghij", 10), "abcdefghij");
    ck_assert_str_eq(shown_within(arena, "abcdefghijk", 10), "abcd..hijk");
    ck_assert_str_eq(shown_within(arena, "\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5", 5), "\xe6\x97\xa5..");
    ck_assert_str_eq(markdown_of(arena, "a|b_<i>`"), "a\\|b\\_&lt;i&gt;\\`");
    ck_assert_str_eq(latex_of(arena, "50%_{}\\"), "50\\%\\_\\{\\}\\textbackslash{}");
    ck_assert_str_eq(latex_of(arena, "*a[1]"), "{*}a{[}1{]}");      /* a row that begins so stands behind \\ */
    ck_assert_str_eq(csv_of(arena, "a,\"b\""), "\"a,\"\"b\"\"\"");
    ck_assert_str_eq(csv_of(arena, "plain"), "plain");
    ck_assert_str_eq(variant_within(arena, "a long name", 2, 11), "a long name");
    ck_assert_str_eq(variant_within(arena, "a long name", 2, 10), "#3 a..name");
    ck_assert_str_eq(xml_of(arena, "<a b='\"'>&"), "&lt;a b=&#39;&quot;&#39;&gt;&amp;");
    ck_assert_str_eq(number_text(arena, -0.0001, 2), "0.00");
    ck_assert_str_eq(difference_text(arena, -0.0001, 2), "0.00");
    ck_assert_str_eq(difference_text(arena, 0.0001, 2), "0.00");
    ck_assert_str_eq(difference_text(arena, 0.006, 2), "+0.01");
    ck_assert_str_eq(difference_text(arena, -0.006, 2), "-0.01");
    ck_assert_str_eq(count_text(arena, 999600), "1.00 M");
    ck_assert_str_eq(count_text(arena, 12345), "12.3 k");
    arena_free(arena);
}
END_TEST

/* ---- figures ---- */

typedef struct Box { double left, right, top, bottom; char text[64]; } Box;

/* Is it well-formed XML, as far as it goes here: elements closed in order, attributes in quotes, no bare & and <, no
 * control character, UTF-8?  Collects the places of its texts. */
static void check_svg(const char *svg, const char *name, double *width, int *n_boxes, Box **boxes)
{
    char open[16][32];
    int depth = 0;
    *n_boxes = 0;
    *boxes = arena_array(arena, 20000, sizeof **boxes);
    for (const char *at = svg; *at;) {
        if (*at == '<') {
            const char *close = strchr(at, '>');
            ck_assert_msg(close, "%s: an element without end", name);
            char element[32];
            if (at[1] == '/') {
                ck_assert_int_gt(depth, 0);
                ck_assert_int_eq(sscanf(at + 2, "%31[a-z]", element), 1);
                ck_assert_str_eq(element, open[--depth]);
            } else {
                ck_assert_msg(sscanf(at + 1, "%31[a-z]", element) == 1, "%s: %.40s", name, at);
                int quotes = 0;
                for (const char *c = at; c < close; c++) quotes += *c == '"';
                ck_assert_int_eq(quotes % 2, 0);
                if (!strcmp(element, "svg")) ck_assert_int_eq(sscanf(strstr(at, "width="), "width=\"%lf\"", width), 1);
                if (!strcmp(element, "text")) {
                    Box *box = &(*boxes)[(*n_boxes)++];
                    double x, y;
                    char class[64], content[4096] = "";
                    ck_assert_int_eq(sscanf(at, "<text class=\"%63[^\"]\" x=\"%lf\" y=\"%lf\">%4095[^<]", class, &x, &y,
                                            content), 4);
                    const bool title = strstr(class, "title"), head = strstr(class, "head");
                    char *to = content;
                    for (const char *from = content; *from; from++, to++) {      /* an escape is one character */
                        *to = *from;
                        if (*from == '&') from = strchr(from, ';');
                    }
                    *to = 0;
                    const double size = title ? TITLE_SIZE : TEXT_SIZE,
                                 pixels = text_pixels(size, content) * (head ? 1.12 : 1);
                    box->left = strstr(class, "mid") ? x - pixels / 2 : strstr(class, "end") ? x - pixels : x;
                    box->right = box->left + pixels, box->top = y - 0.75 * size, box->bottom = y + 0.1 * size;
                    snprintf(box->text, sizeof box->text, "%.60s", content);
                }
                ck_assert_int_lt(depth, 15);
                if (close[-1] != '/') strcpy(open[depth++], element);
            }
            at = close + 1;
            continue;
        }
        const size_t n = rt_utf8(at, strlen(at));
        ck_assert_msg(n && ((unsigned char)*at >= ' ' || *at == '\n'), "%s: a byte %02x", name, (unsigned char)*at);
        if (*at == '&')
            ck_assert_msg(!strncmp(at, "&amp;", 5) || !strncmp(at, "&lt;", 4) || !strncmp(at, "&gt;", 4) ||
                          !strncmp(at, "&quot;", 6) || !strncmp(at, "&#39;", 5), "%s: %.20s", name, at);
        at += n;
    }
    ck_assert_int_eq(depth, 0);
}

/* Texts lie in the picture, and no two of them meet. */
static void check_figure(const char *svg, const char *name)
{
    int n;
    double width = 0;
    Box *boxes;
    check_svg(svg, name, &width, &n, &boxes);
    ck_assert_int_gt(n, 1);
    for (int i = 0; i < n; i++) {
        const Box *a = &boxes[i];
        ck_assert_msg(a->left >= 0 && a->right <= width + 0.5 && a->top >= 0, "%s: '%s' from %g to %g, against 0 to %g",
                      name, a->text, a->left, a->right, width);
        for (int k = 0; k < i; k++) {
            const Box *b = &boxes[k];
            ck_assert_msg(a->left >= b->right || b->left >= a->right || a->top >= b->bottom || b->top >= a->bottom,
                          "%s: '%s' lies on '%s'", name, a->text, b->text);
        }
    }
}

/* A block of so many variants, which may have one value, and names that are long or strange. */
static void make_figures(int variants, int seeds, int epochs, bool equal, bool strange)
{
    static const char *const odd[] = {"\xe2\x80\xae<script>&\"'\x01", "\xc2\x85\xef\xbf\xbe", "%s%n", "]]>--><!--",
                                      "a\nb\tc"};
    record_begin(record);
    add_experiment("many", "{\"name\": \"many\", \"variants\": [{\"name\": \"baseline\"}], \"maps\": " MAPS "}");
    for (int v = 0, number = 0; v < variants; v++) {
        const char *name = v == 0 ? "baseline" : strange ? odd[v % 5] : arena_format(arena, "option_%d=%d", v, 3 * v);
        if (strange && v >= 5) {
            Text longer = text_new(arena);
            while (longer.length < 3000) text_add(&longer, "%d a long name ", v);
            name = longer.chars;
        }
        for (int s = 1; s <= seeds; s++) {
            const Place p = {"many", strange ? "g<&>" : "cnn", "mnist", name, s};
            const char *key = add_cell(&p, number++, "done", "", epochs, 1);
            add_value(key, "", "test_accuracy", equal ? 0.9 : 0.9 + 0.001 * ((number * 37) % 23));
            add_value(key, MAPS, "energy_in_object", equal ? 0.5 : 0.3 + 0.01 * ((number * 17) % 29));
            add_value(key, MAPS, "dead_maps", equal ? 0 : 0.01 * ((number * 13) % 5));
            add_curve(key, epochs, equal ? 0.1 : 0.1 + 0.01 * ((number * 11) % 7));
        }
    }
    record_commit(record);
}

static void check_figures(void)
{
    const Results *r = results_of(arena, record, NULL, true);
    const ReportStudy *study = &r->studies[0];
    ck_assert_int_eq(study->n_blocks, 1);
    const BlockFigure f = block_figure(arena, study, &study->blocks[0], "test_accuracy");
    const char *const svg[] = {figure_dots(arena, &f), figure_costs(arena, &f), figure_maps(arena, &f, false),
                               figure_curves(arena, &f, "val_accuracy"), figure_pairs(arena, &f)};
    static const char *const names[] = {"dots", "costs", "maps", "curves", "pairs"};
    for (int i = 0; i < 5; i++) {
        const bool none = (i == 3 && study->blocks[0].runs[0].cell->epochs == 1) || (i == 4 && f.n < 3);
        ck_assert_msg(!svg[i] == none, "%s: %s figure", names[i], none ? "a" : "no");
        if (svg[i]) check_figure(svg[i], names[i]);
    }
    ck_assert_str_eq(svg[0], figure_dots(arena, &f));
    ck_assert_ptr_null(figure_curves(arena, &f, "no such name"));
}

START_TEST(figures)
{
    static const struct { int variants, seeds, epochs; bool equal, strange; } cases[] = {
        {1, 6, 3, false, false}, {2, 6, 5, false, false}, {8, 6, 12, false, false}, {25, 3, 40, false, false},
        {3, 1, 1, false, false}, {3, 6, 3, true, false},  {12, 2, 3, false, true}};
    begin();
    make_figures(cases[_i].variants, cases[_i].seeds, cases[_i].epochs, cases[_i].equal, cases[_i].strange);
    check_figures();
    end();
}
END_TEST

/* Names in lines, which are told apart where they are cut; the title of pairs keeps the metric. */
START_TEST(long_names)
{
    static const char *const names[] = {"objective=reconstruction_of_the_embedding 0.1",
                                        "a_beginning_of_a_name_that_is_long one=1 x=3 and_an_end_that_is_long_as_well",
                                        "a_beginning_of_a_name_that_is_long two=2 x=4 and_an_end_that_is_long_as_well"};
    begin();
    const char **lines = names_within(arena, TEXT_SIZE, 3, names, 160, 3);
    ck_assert_str_eq(lines[0], "objective=reconstruction_\nof_the_embedding 0.1");
    const char **line = names_within(arena, TEXT_SIZE, 3, names, 100, 1);
    ck_assert_msg(strstr(line[1], "#2 a_") == line[1] && strstr(line[2], "#3 a_") == line[2], "%s, %s", line[1],
                  line[2]);
    ck_assert(*line[0] == 'o' && text_pixels(TEXT_SIZE, line[1]) <= 100);
    record_begin(record);
    add_experiment("an_experiment_of_a_long_name", "{\"name\": \"an_experiment_of_a_long_name\"}");
    for (int i = 0; i < 9; i++) {
        const char *name = arena_format(arena, "objective=\"reconstruction of %d embedding\" weight=0.1", i);
        const Place p = {"an_experiment_of_a_long_name", "cnn", "fashion-mnist", name, 1};
        const char *key = add_cell(&p, i, "done", "", 3, 1);
        add_value(key, "", "test_accuracy", 0.9 + 0.001 * i);
        add_curve(key, 3, 0.1);
    }
    record_commit(record);
    const Results *r = results_of(arena, record, NULL, true);
    BlockFigure f = block_figure(arena, &r->studies[0], &r->studies[0].blocks[0], "test_accuracy");
    const char *curves = figure_curves(arena, &f, "val_accuracy");
    check_figure(curves, "curves"), check_figure(figure_pairs(arena, &f), "pairs");
    for (int i = 1; i < 9; i++) expect_part(curves, arena_format(arena, ">%d embedding&quot; weight=0.1<", i), true);
    f.n = 3;
    expect_part(strstr(figure_pairs(arena, &f), "</style>"), ">test_accuracy in %, each against each<", true);
    end();
}
END_TEST

START_TEST(files)
{
    begin();
    make_small();
    const Results *r = results_of(arena, record, NULL, true);
    const BlockFigure f = block_figure(arena, &r->studies[0], &r->studies[0].blocks[0], "test_accuracy");
    expect_file("dots.svg", figure_dots(arena, &f));
    check_figure(figure_dots(arena, &f), "dots");
    expect_file("pairs.svg", figure_pairs(arena, &f));
    const char *why = NULL;
    ck_assert_ptr_null(figure_images(arena, &f, "sweep", 1, &why));
    ck_assert_str_eq(why, "no folder of a run is here");
    end();
}
END_TEST

/* ---- values of any kind ---- */

START_TEST(strange_values)
{
    static const char *const values[] = {"'text'", "NULL", "9e999", "-9e999", "x'00ff'", "1e300", "-1e-320",
                                         "9223372036854775807", "1e101"};
    begin();
    make_figures(9, 6, 3, false, false);
    record_begin(record);
    for (int i = 0; i < 9; i++) {
        const char *value = values[i], *where = arena_format(arena, "WHERE key LIKE '%%%d'", i);
        record_do(record, arena_format(arena, "UPDATE metric SET value = %s %s", value, where), "");
        record_do(record, arena_format(arena, "UPDATE epoch SET value = %s %s", value, where), "");
        record_do(record, arena_format(arena, "UPDATE cell SET parameters = %s, images_per_second = %s, "
                                              "flops_step = %s %s", value, value, value, where), "");
    }
    record_do(record, "UPDATE epoch SET epoch = 9223372036854775807 - epoch WHERE key LIKE '%3'", "");
    record_commit(record);
    for (int i = 0; table_format(i); i++) ck_assert_uint_gt(strlen(table_text(table_format(i), 80)), 100);
    check_figures();
    end();
}
END_TEST

/* ---- commands ---- */

/* Runs ./tailor; the file `out` gets what it prints, `err` its messages. */
static void expect_command(int code, const char *arguments, const char *message)
{
    RtText text = {0};
    RtError error = {0};
    const int got = system(arena_format(arena, "%s/tailor %s >out 2>err", project, arguments));
    ck_assert(rt_file_read("err", 1 << 20, &text, &error));
    rt_text_bytes(&text, "", 1);
    ck_assert_msg(WIFEXITED(got) && WEXITSTATUS(got) == code, "%s: exit %d, against %d: %s", arguments,
                  WEXITSTATUS(got), code, text.data);
    ck_assert_msg(*message ? strstr(text.data, message) != NULL : text.length == 1, "%s: '%s', against '%s'", arguments,
                  text.data, message);
    rt_text_free(&text);
}

START_TEST(commands)
{
    begin();
    make_small();
    expect_command(0, "table sweep", "");
    RtText text = {0};
    RtError error = {0};
    ck_assert(rt_file_read("out", 1 << 20, &text, &error));
    rt_text_bytes(&text, "", 1);
    ck_assert_str_eq(text.data, table_text("text", 80));
    rt_text_free(&text);
    expect_command(0, "table sweep --format json --only skip", "missing: 2 of 12 runs");
    expect_command(0, "table sweep --dump", "");
    expect_command(1, "table sweep --only skp", "no experiment 'skp'; did you mean skip?");
    expect_command(1, "table nowhere", "nowhere");
    expect_command(2, "table", "something is missing: DIR");
    expect_command(0, "table sweep/record.sqlite --json --only skip", "missing: 2 of 12 runs");
    expect_command(2, "table sweep --json --format csv", "--json is --format json, against --format csv");
    expect_command(2, "table sweep --json --dump", "without --only and --format");
    expect_command(2, "table sweep --format html", "text, md, csv, latex or json");
    expect_command(2, "table sweep --dump --format md", "without --only and --format");
    expect_command(1, "table sweep >/dev/full 2>err #", "cannot write");
    expect_command(2, "figures sweep", "-o FOLDER is missing");
    expect_command(0, "figures sweep -o pictures/of/it", "no maps of images are drawn: no folder of a run is here");
    ck_assert_int_eq(access("pictures/of/it/skip-cnn-mnist-test_accuracy.svg", R_OK), 0);
    ck_assert_int_eq(access("pictures/of/it/skip-cnn-fashion-mnist-curve-val_accuracy.svg", R_OK), 0);
    ck_assert_int_ne(access("pictures/of/it/skip-cnn-mnist-curve-learning_rate.svg", R_OK), 0);
    expect_command(1, "figures sweep -o out", "out");
    end();
}
END_TEST

START_TEST(many_cells)
{
    enum { VARIANTS = 250, SEEDS = 40 };
    begin();
    record_begin(record);
    add_experiment("many", "{\"name\": \"many\", \"variants\": [{\"name\": \"v0\"}], \"maps\": null}");
    for (int v = 0, number = 0; v < VARIANTS; v++)
        for (int s = 1; s <= SEEDS; s++, number++) {
            const Place p = {"many", "cnn", "mnist", arena_format(arena, "v%d", v), s};
            const char *key = add_cell(&p, number, "done", "", 3, 1);
            add_value(key, "", "test_accuracy", 0.9 + 0.0001 * ((number * 37) % 101));
            add_value(key, "", "test_loss", 0.2 + 0.0001 * ((number * 37) % 101));
        }
    record_commit(record);
    const clock_t start = clock();
    const char *text = table_text("text", 80);
    const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    ck_assert_ptr_nonnull(strstr(text, "v249"));
    ck_assert_msg(seconds < 1, "a table of %d cells took %.2f s", VARIANTS * SEEDS, seconds);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, formats);
    tcase_add_test(all, widths);
    tcase_add_test(all, small_differences);
    tcase_add_test(all, nothing_done);
    tcase_add_test(all, only_one);
    tcase_add_test(all, names);
    tcase_add_loop_test(all, figures, 0, 7);
    tcase_add_test(all, long_names);
    tcase_add_test(all, files);
    tcase_add_test(all, strange_values);
    tcase_add_test(all, commands);
    tcase_add_test(all, many_cells);
    suite_add_tcase(suite, all);
    return run_suite(suite);
}
