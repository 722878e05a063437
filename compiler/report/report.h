/* report.h - tables and figures of what a sweep recorded. */
#ifndef REPORT_H
#define REPORT_H

#include "statistics/statistics.h"
#include "sweep/record.h"

#endif
