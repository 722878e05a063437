/* small_pages.c - runs a program without pages of 2 MB: small_pages PROGRAM ARGUMENT... */
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int n, char **arguments)
{
    if (n < 2 || prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0)) return 2;
    execvp(arguments[1], arguments + 1);
    perror(arguments[1]);
    return 1;
}
