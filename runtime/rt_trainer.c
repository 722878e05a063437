/* rt_trainer.c - the program that an emitted folder builds: the trainer's main for the model that RT_MODEL names. */
#include "rt.h"

extern const RtModel RT_MODEL;

int main(int argc, char **argv)
{
    rt_wait_politely(argv);
    return rt_trainer_main(&RT_MODEL, argc, argv);
}
