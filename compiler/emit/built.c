/* built.c - emitted code that runs in this program, and records of runs. */
#include "emit/built.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/process.h"

const char *build_trainer(Arena *arena, const Emission *e, const char *folder, const char *runtime)
{
    const char *source = arena_format(arena, "%s/c", folder), *name = e->experiment->source.name;
    RtError error = {0};
    if (runtime && !rt_folder_make(source, &error)) fail("%s", error.text);
    if (runtime && symlink(runtime, arena_format(arena, "%s/runtime", source)) != 0)
        fail("%s/runtime: cannot make the link: %s", source, strerror(errno));
    emit_folder(e, source);
    if (folder_is_noexec(source))
        fail("%s: the file system is mounted noexec, so that no trainer can be run there", folder);
    copy_sources(arena, e->experiment, folder);
    const char *problem = build_folder(arena, source, name);
    if (problem) fail("%s", problem);
    return arena_format(arena, "%s/%s", source, name);
}

const RtModel *load_library(Arena *arena, const Emission *e, const char *library, void **code)
{
    *code = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    const char *folder = arena_format(arena, "%.*s", (int)(strrchr(library, '/') - library), library);
    if (!*code)
        fail("tailor: %s%s", dlerror(),
             folder_is_noexec(folder) ? "; the file system is mounted noexec, TMPDIR=DIR names another place" : "");
    const char *name = c_identifier(arena, e->experiment->source.name);
    const RtModel *model = dlsym(*code, arena_format(arena, "%s_model", name));
    if (!model) bug("%s has no model", library);
    return model;
}

const RtModel *load_emission(Arena *arena, const Emission *e, const char *setting, void **code)
{
    const char *folder = temporary_folder(arena), *name = e->experiment->source.name;
    emit_folder(e, folder);
    const char *problem = build_folder_with(arena, folder, arena_format(arena, "%s.so", name), setting);
    if (problem) fail("%s", problem);
    const RtModel *model = load_library(arena, e, arena_format(arena, "%s/%s.so", folder, name), code);
    remove_folder(folder);
    return model;
}

bool is_model_name(const char *name)
{
    return *name && *name != '.' &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")] == 0;
}

const char *open_run(Arena *arena, const char *run, RtJson *json)
{
    const char *path = arena_format(arena, "%s/run.json", run);
    RtError error = {0};
    RtText text = {0};
    if (!rt_file_read(path, 1 << 24, &text, &error)) fail("%s: is it a finished run?", error.text);
    if (!rt_json_parse(text.data, text.length, path, json, &error)) fail("%s", error.text);
    rt_text_free(&text);
    const RtJsonNode *name = json->nodes[0].kind == RT_JSON_OBJECT ? rt_json_get(json, &json->nodes[0], "name") : NULL;
    if (!name || name->kind != RT_JSON_STRING || !is_model_name(name->string))
        fail("%s: no name of a model in it", path);
    return name->string;
}

const char *graph_of_run(Arena *arena, const char *run, const char *name)
{
    const char *index = arena_format(arena, "%s/graph.txt", run);
    RtText text = {0};
    RtError error = {0};
    if (access(index, F_OK)) return arena_format(arena, "%s/%s.lua", run, name);
    if (!rt_file_read(index, 1 << 13, &text, &error)) fail("%s", error.text);
    char *line = arena_format(arena, "%.*s", (int)text.length, text.data);
    rt_text_free(&text);
    char *end = strchr(line, '\n');
    if (!end || end[1] || strncmp(line, "graphs/", 7) || strstr(line, "/../"))
        fail("%s: it does not name a file of graphs/", index);
    *end = 0;
    return arena_format(arena, "%s/%s", run, line);
}
