#!/bin/sh
# The lines of a study (bench/study.sh) as a Markdown table: for each data set and objective the mean over seeds, and
# behind +- the standard deviation of the accuracy.  Accuracies in percent; a metric that is not defined for the data is
# left out.
#
#     sh bench/study_table.sh FILE.csv [COLUMN...]
set -eu
csv=$1
shift
[ $# -gt 0 ] || set -- energy_in_object energy_in_decoy iou_best insertion_auc deletion_auc dead_maps
awk -F, -v wanted="$*" '
    BEGIN { n = split(wanted, column, " ") }
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    {
        key = $at["data"] SUBSEP $at["objective"] SUBSEP $at["lambda"]
        if (!(key in runs)) order[++keys] = key
        runs[key]++
        a = 100 * $at["test_accuracy"]; sum[key] += a; square[key] += a * a; val[key] += 100 * $at["val_accuracy"]
        for (i = 1; i <= n; i++)
            if ($at[column[i]] != "") { total[key, i] += $at[column[i]]; there[key, i]++; any[i] = 1 }
    }
    END {
        line = "| data | objective | lambda | runs | validation | test accuracy |"; rule = "|---|---|---|---|---|---|"
        for (i = 1; i <= n; i++)
            if (any[i]) { name = column[i]; gsub("_", " ", name); line = line " " name " |"; rule = rule "---|" }
        print line; print rule
        for (k = 1; k <= keys; k++) {
            key = order[k]; split(key, part, SUBSEP); r = runs[key]; mean = sum[key] / r
            variance = r > 1 ? (square[key] / r - mean * mean) * r / (r - 1) : 0
            accuracy = sprintf("%.2f", mean)
            if (r > 1) accuracy = accuracy sprintf(" +- %.2f", variance > 0 ? sqrt(variance) : 0)
            line = sprintf("| %s | %s | %s | %d | %.2f | %s |", part[1], part[2], part[2] == "none" ? "" : part[3], r,
                           val[key] / r, accuracy)
            for (i = 1; i <= n; i++)
                if (any[i]) line = line (there[key, i] ? sprintf(" %.3f |", total[key, i] / there[key, i]) : " |")
            print line
        }
    }' "$csv"
