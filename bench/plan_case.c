/* plan_case.c - prints a case of tests/plan_cases.h as CSV.
 *
 *     plan_case FAMILY BUFFERS SEED        without arguments: the families */
#include "../tests/plan_cases.h"

int main(int argc, char **argv)
{
    for (int i = 0; i < N_CASE_FAMILIES; i++) {
        if (argc < 4) puts(case_families[i].name);
        if (argc < 4 || strcmp(argv[1], case_families[i].name)) continue;
        int wanted = atoi(argv[2]);
        Item *items = malloc((4 * (size_t)wanted + 1000) * sizeof *items);
        if (!items) return 1;
        int n = make_case(&case_families[i], wanted, strtoull(argv[3], NULL, 10), items);
        puts("id,lower,upper,size");
        for (int k = 0; k < n; k++)
            printf("%d,%d,%d,%lld\n", k, items[k].lower, items[k].upper, (long long)items[k].size);
    }
    return 0;
}
