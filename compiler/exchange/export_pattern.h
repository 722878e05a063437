/* export_pattern.h - parts of the patterns by which a layer is recognised in the graph (export_pattern.c).  A function
 * that answers false or 0 leaves what it was to fill in open. */
#ifndef EXPORT_PATTERN_H
#define EXPORT_PATTERN_H

#include "exchange/export.h"

bool pattern_is_op(const Export *, Value, const Op *);
bool pattern_number_of(const Export *, Value, double *number); /* a constant with one number for all elements */
bool pattern_is_number(const Export *, Value, double wanted); /* that number, but for rounding */
/* The value is rest op number, or number op rest, of an op that commutes. */
bool pattern_with_number(const Export *, Value, const Op *, double *number, Value *rest);
bool pattern_with_this(const Export *, Value, const Op *, double wanted, Value *rest);
bool pattern_is_square(const Export *, Value, Value of);
bool pattern_is_mean(const Export *, Value, Value *x, uint32_t *axes); /* over axes of sizes that are known */
/* The value [c] that has one number for each channel, of v, which has the rank of something whose last axis they are;
 * else 0. */
Value pattern_channels_in(const Export *, Value v);
/* The value is *rest op *channels, where *channels is [c]. */
bool pattern_by_channel(const Export *, Value, const Op *, Value *rest, Value *channels);
/* The largest whole number that a value can be; INT64_MAX: it is not known. */
int64_t pattern_largest_index(const Export *, Value);

#endif
