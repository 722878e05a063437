-- experiment.lua   does it matter how wide digits.lua is, and whether it is normalised?
--
--     tailor sweep experiment.lua --dry-run     its runs, and how long they take
--     tailor sweep experiment.lua               trains them, side by side; again: goes on where it was
--     tailor table sweeps/experiment            what came of them, and whether the differences mean anything
experiment {
    graph   = "digits.lua",
    data    = "digits",
    seeds   = { 1, 2, 3 },                   -- each variant is trained for each: more of them show smaller differences
    epochs  = 2,
    factors = { width = { 8, 4 }, norm = { false, true } },     -- options of digits.lua; first those of the baseline
    design  = "one_at_a_time",               -- "grid": every combination
}
