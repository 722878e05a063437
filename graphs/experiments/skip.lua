-- graphs/experiments/skip.lua   does a shortcut change what a network does, and does it matter how an image is halved?
experiment {
    graph   = "../cnn.lua",
    data    = "digits",                                          -- the embedded set; mnist and fashion-mnist by the same line
    seeds   = { 1, 2, 3 },
    epochs  = 2,
    set     = { width = 8 },
    factors = { skip = { false, true }, pooling = { "max", "avg", "stride" } },      -- the first of each is the baseline
    design  = "one_at_a_time",                                   -- "grid": every combination
    match   = { parameters = "width", within = 0.1 },            -- all have about the baseline's number of parameters
}
