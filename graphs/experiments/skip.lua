-- graphs/experiments/skip.lua   does a shortcut change what a network learns, and does it matter how images are halved?
experiment {
    graph   = "../cnn.lua",
    data    = "digits",                  -- the embedded set; { "mnist", "fashion-mnist" } is a block for each
    seeds   = { 1, 2, 3 },
    epochs  = 2,
    set     = { width = 8 },
    factors = { skip = { false, true }, pooling = { "max", "avg", "stride" } },   -- the first levels are the baseline's
    design  = "one_at_a_time",           -- each factor changed alone; "grid": every combination
    match   = { parameters = "width", within = 0.1 },      -- the width at which a variant has the baseline's parameters
}
