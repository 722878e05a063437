/* fixture_mlp.h - the model of fixture_mlp.c. */
#ifndef FIXTURE_MLP_H
#define FIXTURE_MLP_H

#include "rt.h"

extern const RtModel fixture_mlp;

#endif
