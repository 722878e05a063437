/* algorithms.c - a table of the ways to carry out a convolution: a row has all that the compiler knows of one.
 *
 * A row names functions of the runtime: PREFIX(conv, n, x, packed, y, scratch), PREFIX_grad_input(conv, n, dy, packed,
 * dx, scratch) and PREFIX_grad_weight(conv, n, x, dy, sum, scratch).  Each has a function that lays out its weight or
 * sum: PREFIX_pack, PREFIX_grad_input_pack, PREFIX_grad_weight_unpack.  No form of a convolution shares its layout with
 * another, so the forms may get different algorithms.
 *
 * The unit of costs is a multiplication of one channel by another; the transform of a tile costs as much as a few
 * channels more.  The constants were fitted to the times of the kernels of rt_winograd.h with 8 and 16 lanes.  They do
 * not depend on the machine at hand, since bits depend on the choice.  --tune and --fast measure instead
 * (tune/tune.c). */
#include "graph/choice.h"

#include "rt_depthwise.h"
#include "rt_im2col.h"
#include "rt_winograd.h"

static double channels(RtConv c) { return (double)c.ci * c.co / c.groups; }

static bool is_dense_conv(RtConv c) { return !rt_is_depthwise(c); }
static bool is_depthwise(RtConv c) { return rt_is_depthwise(c); }
static bool is_minimal(RtConv c) { return rt_winograd_fits(c) && rt_winograd_fits(rt_conv2d_back(c)); }
static bool is_one_group(RtConv c) { return c.groups == 1; }

static double direct_cost(RtConv c) { return (double)(c.kh * c.kw) * c.oh * c.ow * channels(c); }
static double minimal_cost(RtConv c)
{
    const int tile = c.tile;
    const double both = c.ci + c.co, transform = tile == 4 ? 12 : 5;
    const double tiles = (double)((c.oh + tile - 1) / tile * ((c.ow + tile - 1) / tile));
    return tiles * (tile + 2) * (tile + 2) * (channels(c) + transform * both);
}

static const Algorithm algorithms[] = {
    [OWN] = {.name = "direct", .doc = "sums in register tiles, of any sizes",
             .prefix = "rt_conv2d", .header = "rt_conv.h", .fits = is_dense_conv, .cost = direct_cost,
             .packed_floats = rt_conv2d_packed_floats, .back_packed_floats = rt_conv2d_grad_input_packed_floats,
             .scratch_floats = rt_conv2d_scratch_floats, .sum_floats = rt_conv2d_sum_floats},
    {.name = "depthwise", .doc = "channel by channel, where each is a group of its own",
     .prefix = "rt_depthwise", .header = "rt_depthwise.h", .fits = is_depthwise,
     .packed_floats = rt_depthwise_packed_floats, .back_packed_floats = rt_depthwise_packed_floats,
     .scratch_floats = rt_depthwise_scratch_floats, .sum_floats = rt_depthwise_sum_floats},
    {.name = "winograd f2", .doc = "F(2x2, 3x3), of 3x3 kernels with stride 1, where it takes fewer products",
     .prefix = "rt_winograd", .header = "rt_winograd.h", .tile = 2, .fits = is_minimal, .cost = minimal_cost,
     .steps = 32, .back = rt_winograd_back,
     .packed_floats = rt_winograd_packed_floats, .back_packed_floats = rt_winograd_grad_input_packed_floats,
     .scratch_floats = rt_winograd_scratch_floats, .sum_floats = rt_winograd_sum_floats},
    {.name = "winograd f4", .doc = "F(4x4, 3x3), the same where accuracy is f4",
     .prefix = "rt_winograd", .header = "rt_winograd.h", .tile = 4, .fits = is_minimal, .cost = minimal_cost,
     .steps = 256, .back = rt_winograd_back,
     .packed_floats = rt_winograd_packed_floats, .back_packed_floats = rt_winograd_grad_input_packed_floats,
     .scratch_floats = rt_winograd_scratch_floats, .sum_floats = rt_winograd_sum_floats},
    {.name = "openblas", .doc = "taps side by side times the weight, where --fast finds it faster",
     .prefix = "rt_blas_conv2d", .header = "rt_blas.h", .suffix = "_openblas", .openblas = true, .fits = is_one_group,
     .packed_floats = rt_im2col_weight_floats, .back_packed_floats = rt_im2col_weight_floats,
     .scratch_floats = rt_im2col_scratch_floats, .sum_floats = rt_im2col_weight_floats},
};

_Static_assert(sizeof algorithms / sizeof *algorithms <= MOST_ALGORITHMS, "room for every algorithm");

int algorithm_count(void) { return (int)(sizeof algorithms / sizeof *algorithms); }
const Algorithm *algorithm_at(int i) { return &algorithms[i]; }

int openblas_number(void)
{
    int a = 0;
    while (!algorithms[a].openblas) a++;
    return a;
}

bool convolution_choice(RtConv c, int largest_tile, bool openblas, Choice *choice)
{
    double least = 0;
    int n = 0;
    choice->conv = c;
    choice->allowed = 0;
    for (int i = 0; i < algorithm_count(); i++) {
        const Algorithm *a = &algorithms[i];
        if (!a->fits(c) || (a->openblas && !openblas)) continue;
        n++;
        if (a->tile > largest_tile) continue;
        c.tile = a->tile;
        const double cost = a->cost ? a->cost(c) : 0;
        if (!choice->allowed || (a->cost && cost < least)) choice->model = i, least = cost;
        choice->allowed |= 1u << i;
        c.tile = 0;
    }
    return n > 1;
}
