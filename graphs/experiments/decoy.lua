-- graphs/experiments/decoy.lua   a patch gives the class away in training and lies in the test set: which objective
-- makes a network look at the image?  And the published protocol of 50 epochs for two of them, three seeds
local maps = { kind = "grad_cam", layer = "features", images = 1000, steps = 7 }
local compare = { "test_accuracy", "energy_in_decoy", "dead_maps" }
experiment {
    name     = "decoy",
    graph    = "../decoy_cnn.lua",
    data     = { "decoy-mnist", "decoy-fashion-mnist" },
    epochs   = 5,
    maps     = maps,
    compare  = compare,
    margin   = 0.002,
    variants = {
        { "cross-entropy" },
        { "rrr", objective = "rrr", lambda = 0.1 },
        { "rrr_g", objective = "rrr_g", lambda = 0.3 },
        { "rrr_g, kept alive", objective = "rrr_g_alive", lambda = 0.3, alive = 1 },
        { "sup_con of maps", objective = "sup_con", lambda = 0.3 },
        { "prototype", objective = "prototype", lambda = 3.0 },
    },
}
experiment {
    name     = "decoy-published",
    graph    = "../decoy_cnn.lua",
    data     = { "decoy-mnist", "decoy-fashion-mnist" },
    seeds    = { 1, 2, 3 },
    epochs   = 50,
    set      = { published = true },
    maps     = maps,
    compare  = compare,
    margin   = 0.002,
    variants = { { "cross-entropy" }, { "rrr", objective = "rrr", lambda = 0.1 } },
}
