/* pack.h - a finished run as an archive that builds and checks itself with a C compiler and make.
 *
 *   pack.c      the files of the archive
 *   vectors.c   test vectors, computed here and in the archive: vectors.h
 *   archive.c   a folder as .tar.gz, with the same bytes each time */
#ifndef PACK_H
#define PACK_H

#include "emit/emission.h"

/* Fills `folder`, which is new, with the archive's files: of a run, whose emission this is, and whose lock has this
 * text.  data: a data set in place of the run's own place for it, or NULL.  init: the weights that the run began with,
 * or NULL. */
void pack_folder(Arena *, const char *folder, Emission *, const char *run, const char *lock, const char *data,
                 const char *init);

/* Writes all files of a folder as PATH, which is not there before it is whole, under the folder's own name. */
void write_archive(Arena *, const char *folder, const char *path);

#endif
