/* scratch.c - working memory of the functions of metrics.h. */
#include "cam/metrics.h"

#include <stdlib.h>

bool cam_scratch_grow(CamScratch *scratch, int64_t doubles)
{
    if (doubles <= scratch->size) return true;
    if ((uint64_t)doubles > SIZE_MAX / sizeof *scratch->doubles) return false;
    double *larger = malloc((size_t)doubles * sizeof *larger);
    if (!larger) return false;
    free(scratch->doubles);
    *scratch = (CamScratch){doubles, larger};
    return true;
}

void cam_scratch_free(CamScratch *scratch)
{
    free(scratch->doubles);
    *scratch = (CamScratch){0};
}
