/* rt_display.c - a line on a terminal. */
#include "rt_display.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { UNKNOWN_COLUMNS = 80, FOLD = 4 };

const char rt_display_wipe[] = "\r\033[K";

/* Some terminals have no size yet. */
static int columns_of_screen(void)
{
    struct winsize size;
    if (!isatty(STDERR_FILENO)) return 0;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : UNKNOWN_COLUMNS;
}

void rt_display_open(RtDisplay *line)
{
    const char *term = getenv("TERM"), *without = getenv("NO_COLOR");
    *line = (RtDisplay){.live = isatty(STDERR_FILENO) && !(term && !strcmp(term, "dumb"))};
    line->colours = line->live && !(without && *without);
}

bool rt_display_due(const RtDisplay *line) { return line->live && rt_seconds() - line->time >= 0.1; }

void rt_display_begin(RtDisplay *line, bool folds)
{
    line->columns = columns_of_screen();
    line->column = 0;
    line->folds = folds;
    line->text.length = 0;
}

/* Columns that are left.  The last one stays empty: a cursor behind it is in the next line, on some terminals. */
static int room_of(const RtDisplay *line) { return line->columns ? line->columns - 1 - line->column : INT32_MAX; }

/* Cuts a text to so many bytes, between two characters. */
static void cut_field(char *text, int most)
{
    int n = (int)strlen(text);
    if (n <= most) return;
    for (n = most < 0 ? 0 : most; n && (text[n] & 0xc0) == 0x80;) n--;
    text[n] = 0;
}

static void add_field(RtDisplay *line, int gap, RtColour colour, char *field)
{
    static const char *const begins[] = {"", "\033[1m", "\033[31m", "\033[33m"};
    const bool coloured = line->colours && colour != RT_PLAIN;
    for (char *c = field; *c; c++)
        if ((unsigned char)*c < 32 || *c == 127) *c = '?';
    if (!line->column) gap = 0;
    if (gap + (int)strlen(field) > room_of(line) && line->column) {
        if (!line->folds) return;
        rt_text_add(&line->text, "\n");
        line->column = 0;
        gap = FOLD < room_of(line) ? FOLD : 0;
    }
    cut_field(field, room_of(line) - gap);
    rt_text_add(&line->text, "%*s%s%s%s", gap, "", coloured ? begins[colour] : "", field, coloured ? "\033[0m" : "");
    line->column += gap + (int)strlen(field);
}

void rt_display_add(RtDisplay *line, int gap, RtColour colour, const char *format, ...)
{
    va_list arguments;
    char field[2048];
    va_start(arguments, format);
    vsnprintf(field, sizeof field, format, arguments);
    va_end(arguments);
    add_field(line, gap, colour, field);
}

/* Writes at once, so that another process's words do not come in between. */
static void write_line(RtDisplay *line, const char *end)
{
    if (!line->text.failed) fprintf(stderr, "%s%s%s", line->shown ? rt_display_wipe : "", line->text.data, end);
    fflush(stderr);
}

void rt_display_show(RtDisplay *line)
{
    line->time = rt_seconds();
    if (!line->live || !line->text.length) return;
    write_line(line, "");
    line->shown = true;
}

void rt_display_print(RtDisplay *line)
{
    if (line->text.length) write_line(line, "\n");
    line->shown = false;
}

void rt_display_clear(RtDisplay *line)
{
    if (line->shown) fputs(rt_display_wipe, stderr);
    line->shown = false;
}

void rt_display_close(RtDisplay *line)
{
    rt_display_clear(line);
    rt_text_free(&line->text);
}

RtClock rt_clock(double seconds)
{
    RtClock clock;
    const long long whole = seconds >= 0 && seconds < 1e15 ? (long long)seconds : 0;
    if (whole < 3600) snprintf(clock.text, sizeof clock.text, "%lld:%02lld", whole / 60, whole % 60);
    else snprintf(clock.text, sizeof clock.text, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60, whole % 60);
    return clock;
}
