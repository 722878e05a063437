/* tailor.h - all of the compiler but its commands, for tests.
 *
 *   graph.lua -> load -> differentiate -> simplify -> fuse -> order -> plan -> emit -> .c .h
 *                \_________ Graph __________/         \_ Program _/    \Plan/
 */
#ifndef TAILOR_H
#define TAILOR_H

#include "base/base.h"
#include "emit/emission.h"
#include "graph/experiment.h"
#include "graph/graph.h"
#include "graph/op.h"
#include "language/load.h"
#include "place/planner.h"
#include "schedule/program.h"

#endif
