/* import_name.c - modules of PyTorch, and names of layers and parameters.
 *
 * The dynamo exporter writes down, of each node, the modules that it stands in, and of the whole model the paths of all
 * parameters.  The older one puts the modules into the names of the nodes: /stage1/stage1.0/dwconv/Conv. */
#include "exchange/import.h"

#include <ctype.h>
#include <string.h>

enum { MOST_PATH = 160 };

const char *path_parent(Import *m, const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? arena_format(m->arena, "%.*s", (int)(dot - path), path) : "";
}

/* Letters, digits, _, - and single dots, as names of the graph language are. */
const char *clean_path(Import *m, const char *path)
{
    char *clean = arena_copy(m->arena, path), *to = clean;
    for (const char *c = path; *c; c++) {
        const bool dot = *c == '.' || *c == '/' || *c == ':';
        if (dot && (to == clean || to[-1] == '.')) continue;
        *to++ = dot ? '.' : isalnum((unsigned char)*c) || *c == '_' || *c == '-' ? *c : '_';
        if (to - clean == MOST_PATH) break;
    }
    while (to > clean && to[-1] == '.') to--;
    *to = 0;
    return clean;
}

/* The next text in quotes from *at on; false: there is none. */
static bool next_quoted(WireBytes text, size_t *at, WireBytes *inside)
{
    while (*at < text.n && text.at[*at] != '\'' && text.at[*at] != '"') ++*at;
    if (*at >= text.n) return false;
    const uint8_t quote = text.at[*at];
    size_t end = ++*at;
    while (end < text.n && text.at[end] != quote) end++;
    *inside = (WireBytes){text.at + *at, end - *at};
    *at = end + 1;
    return true;
}

/* ['', 'features', 'features.1', 'conv2d']: the last but one; the last is the function that was called. */
static const char *scopes_module(Import *m, WireBytes text)
{
    WireBytes last = {0}, before = {0}, one;
    int n = 0;
    for (size_t at = 0; next_quoted(text, &at, &one); n++) before = last, last = one;
    if (n < 2) return NULL;
    size_t length = before.n; /* a module that is called again is called NAME@1 */
    for (size_t i = 0; i < before.n; i++)
        if (before.at[i] == '@') length = i < length ? i : length;
    if (length > MOST_PATH) return "";
    return clean_path(m, arena_format(m->arena, "%.*s", (int)length, (const char *)before.at));
}

/* /b/b.0/expand/expand.0/Conv: b.0.expand.0.  A component that begins with the one before and a dot is its child. */
static const char *slashes_module(Import *m, const char *name)
{
    Text path = text_new(m->arena);
    const char *before = "";
    size_t before_length = 0;
    for (const char *at = name + 1, *slash; (slash = strchr(at, '/')); at = slash + 1) {
        size_t n = (size_t)(slash - at);
        const char *part = at;
        if (before_length && n > before_length && part[before_length] == '.' && !strncmp(part, before, before_length))
            part += before_length + 1, n -= before_length + 1;
        before = at;
        before_length = (size_t)(slash - at);
        /* a second call of a module is its name and _1 */
        if (n) text_add(&path, "%s%.*s", path.length ? "." : "", (int)n, part);
    }
    return path.length ? clean_path(m, path.chars) : "";
}

const char *node_module(Import *m, const OnnxNode *node)
{
    const WireBytes scopes = onnx_metadata(node->bytes, ONNX_NODE_METADATA, "pkg.torch.onnx.name_scopes");
    if (scopes.n) return scopes_module(m, scopes);
    return *node->name == '/' ? slashes_module(m, node->name) : NULL;
}

/* The last line of the form  File "model.py", line 12, in forward  and the code behind it. */
const char *node_source(Import *m, const OnnxNode *node)
{
    WireBytes text = onnx_metadata(node->bytes, ONNX_NODE_METADATA, "pkg.torch.onnx.stack_trace");
    if (!text.n) text = onnx_text_field(node->bytes, ONNX_NODE_DOC);
    const char *found = NULL;
    size_t at = 0;
    while (at < text.n) {
        const uint8_t *end = memchr(text.at + at, '\n', text.n - at);
        const size_t n = end ? (size_t)(end - text.at) - at : text.n - at;
        const char *line = arena_format(m->arena, "%.*s", n < 300 ? (int)n : 300, (const char *)text.at + at);
        while (*line == ' ') line++;
        const char *quote = !strncmp(line, "File \"", 6) ? strchr(line + 6, '"') : NULL;
        int number = 0;
        if (quote && sscanf(quote, "\", line %d", &number) == 1) {
            const char *path = arena_format(m->arena, "%.*s", (int)(quote - line - 6), line + 6);
            found = arena_format(m->arena, "%s:%d", path, number);
        } else if (found && *line && !strstr(found, ": ")) found = arena_format(m->arena, "%s: %s", found, line);
        at += n + 1;
    }
    return found;
}

/* InvertedResidual: inverted_residual. */
static const char *in_words(Import *m, const char *name)
{
    Text words = text_new(m->arena);
    for (const char *c = name; *c; c++) {
        const bool next_lower = c[1] && islower((unsigned char)c[1]),
                   lower = c > name && !isupper((unsigned char)c[-1]);
        if (isupper((unsigned char)*c) && c > name && c[-1] != '_' && (lower || next_lower)) text_add(&words, "_");
        text_add(&words, "%c", tolower((unsigned char)*c));
    }
    return words.length ? words.chars : "";
}

/* Remembers the classes of the modules around a node. */
static void learn_classes(Import *m, const OnnxNode *node)
{
    const WireBytes scopes = onnx_metadata(node->bytes, ONNX_NODE_METADATA, "pkg.torch.onnx.name_scopes"),
                    classes = onnx_metadata(node->bytes, ONNX_NODE_METADATA, "pkg.torch.onnx.class_hierarchy");
    size_t at = 0, class_at = 0;
    WireBytes scope, class;
    while (next_quoted(scopes, &at, &scope) && next_quoted(classes, &class_at, &class)) {
        if (!scope.n || scope.n > MOST_PATH || class.n > MOST_PATH) continue;
        const char *path = clean_path(m, arena_format(m->arena, "%.*s", (int)scope.n, (const char *)scope.at));
        int *number = name_number(&m->class_numbers, path);
        if (*number) continue;
        const char *name = arena_format(m->arena, "%.*s", (int)class.n, (const char *)class.at);
        const char *dot = strrchr(name, '.');
        m->class_names = arena_grow(m->arena, m->class_names, m->n_classes, &m->classes_capacity,
                                    sizeof *m->class_names);
        m->class_names[m->n_classes++] = in_words(m, clean_path(m, dot ? dot + 1 : name));
        *number = m->n_classes;
    }
}

const char *class_of_module(Import *m, const char *path)
{
    const int number = name_known(&m->class_numbers, path);
    return number && strcmp(m->class_names[number - 1], "sequential") ? m->class_names[number - 1] : NULL;
}

/* ---- the exporter's list of parameters ---- */

/* Lines "p_conv1_weight: PARAMETER target='conv1.weight'". */
void names_open(Import *m)
{
    const WireBytes text = onnx_metadata(m->model->graph, ONNX_GRAPH_METADATA,
                                         "pkg.torch.export.ExportedProgram.graph_signature");
    size_t at = 0;
    while (at < text.n) {
        const uint8_t *end = memchr(text.at + at, '\n', text.n - at);
        const size_t n = end ? (size_t)(end - text.at) - at : text.n - at;
        if (n < 1000) {
            const char *line = arena_format(m->arena, "%.*s", (int)n, (const char *)text.at + at);
            const char *colon = strchr(line, ':'), *target = strstr(line, " target='");
            const char *close = target ? strchr(target + 9, '\'') : NULL;
            if (colon && close && (strstr(line, ": PARAMETER ") || strstr(line, ": BUFFER "))) {
                const char *argument = arena_format(m->arena, "%.*s", (int)(colon - line), line);
                const char *path = arena_format(m->arena, "%.*s", (int)(close - target - 9), target + 9);
                m->target_paths = arena_grow(m->arena, m->target_paths, m->n_targets, &m->targets_capacity,
                                             sizeof *m->target_paths);
                m->target_paths[m->n_targets++] = path;
                *name_number(&m->targets, argument) = m->n_targets;
                *name_number(&m->target_names, path) = 1;
            }
        }
        at += n + 1;
    }
    for (int i = 0; i < m->model->n_nodes; i++) {
        const OnnxNode *node = &m->model->nodes[i];
        const char *module = NULL;
        bool looked = false;
        learn_classes(m, node);
        if (!strcmp(node->op, "Shape")) continue; /* it wants no numbers */
        for (int k = 0; k < node->n_inputs; k++) {
            if (!*node->inputs[k]) continue;
            ++*name_number(&m->uses, node->inputs[k]);
            if (strcmp(node->op, "Identity")) ++*name_number(&m->direct_uses, node->inputs[k]);
            if (!name_known(&m->slot_numbers, node->inputs[k])) continue; /* no initializer */
            if (!looked) module = node_module(m, node), looked = true;
            if (module) ++*name_number(&m->module_uses, arena_format(m->arena, "%s\n%s", node->inputs[k], module));
        }
    }
}

static int uses_of(Import *m, const Slot *s) { return name_known(&m->uses, s->name); }

static bool has_scopes(const Import *m)
{
    return onnx_metadata(m->node->bytes, ONNX_NODE_METADATA, "pkg.torch.onnx.name_scopes").n != 0;
}

/* The older exporter gives equal weights back their names by Identity: what else uses one twice is the same module. */
bool is_tied(Import *m, const Slot *s)
{
    if (!has_scopes(m)) return name_known(&m->direct_uses, s->name) > 1 && names_a_parameter(m, s);
    return m->module && uses_of(m, s) > 1 &&
           name_known(&m->module_uses, arena_format(m->arena, "%s\n%s", s->name, m->module)) > 1;
}

Expr *parameter_named(Import *m, const char *path)
{
    for (int i = 0; i < m->n_exprs; i++)
        if (m->exprs[i]->layer && !m->exprs[i]->n && !strcmp(m->exprs[i]->layer, path)) return m->exprs[i];
    return NULL;
}

bool names_a_parameter(Import *m, const Slot *s)
{
    static const char *const made_up[] = {"val_", "onnx::", "/", "const", "Constant", "_", "tensor"};
    if (m->n_targets) return name_known(&m->target_names, s->name) != 0;
    for (size_t i = 0; i < sizeof made_up / sizeof *made_up; i++)
        if (!strncmp(s->name, made_up[i], strlen(made_up[i]))) return false;
    return !isdigit((unsigned char)*s->name);
}

/* A path that is not used yet. */
static const char *fresh(Import *m, const char *path)
{
    const char *clean = clean_path(m, path), *free_one = *clean ? clean : "layer";
    for (int k = 2; name_known(&m->layers, free_one); k++) free_one = arena_format(m->arena, "%s_%d", clean, k);
    *name_number(&m->layers, free_one) = 1;
    return free_one;
}

static const char *without(Import *m, const char *name, const char *suffix)
{
    const size_t n = strlen(name), k = strlen(suffix);
    return n > k + 1 && name[n - k - 1] == '.' && !strcmp(name + n - k, suffix)
               ? arena_format(m->arena, "%.*s", (int)(n - k - 1), name)
               : NULL;
}

const char *tied_path(Import *m, const Slot *s, const char *suffix)
{
    const char *own = has_scopes(m) ? NULL : without(m, s->name, suffix);
    return clean_path(m, own ? own : m->module && *m->module ? m->module : s->name);
}

/* Equal initializers of several modules are one in the file, under the name of the first: then the module that uses it
 * says more than the name. */
const char *layer_path(Import *m, const Slot *weight, const char *suffix, const char *otherwise)
{
    const bool known = weight && names_a_parameter(m, weight);
    const char *own = known ? without(m, weight->name, suffix) : NULL;
    const char *module = m->module && *m->module ? m->module : NULL;
    if (own && (uses_of(m, weight) < 2 || !module || !strcmp(own, module))) return fresh(m, own);
    if (module) return fresh(m, module);
    return fresh(m, own ? own : known ? weight->name : otherwise);
}

/* A parameter of its own: PyTorch's call has it as %p_stage1_0_gamma. */
const char *parameter_path(Import *m, const Slot *s, const char *otherwise)
{
    const char *module = m->module ? m->module : "";
    const bool known = names_a_parameter(m, s);
    const bool used = name_known(&m->layers, s->name) != 0;
    if (known && (uses_of(m, s) < 2 || (!used && !strcmp(path_parent(m, s->name), module)))) return fresh(m, s->name);
    if (known && !has_scopes(m)) return used ? s->name : fresh(m, s->name); /* the same once more */
    const char *again = NULL;
    const WireBytes call = onnx_metadata(m->node->bytes, ONNX_NODE_METADATA, "pkg.torch.onnx.fx_node");
    for (size_t i = 0; i < call.n; i++) {
        if (call.at[i] != '%') continue;
        size_t end = i + 1;
        while (end < call.n && (isalnum(call.at[end]) || call.at[end] == '_')) end++;
        const char *argument = arena_format(m->arena, "%.*s", (int)(end - i - 1 < 1000 ? end - i - 1 : 1000),
                                            (const char *)call.at + i + 1);
        const int number = name_known(&m->targets, argument);
        if (!number) continue;
        const char *path = m->target_paths[number - 1];
        if (!name_known(&m->layers, path)) return fresh(m, path);
        if (parameter_named(m, path)) again = path;
    }
    if (again) return again;
    if (*module) return fresh(m, arena_format(m->arena, "%s.%s", module, otherwise));
    return fresh(m, known ? s->name : otherwise);
}
