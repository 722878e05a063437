-- experiments with every field, for files that are damaged at random
local seeds = {}
for i = 1, 3 do seeds[#seeds + 1] = 2 * i end
local levels = { max = { "max", "avg" }, width = { 8, 16.0, 2^5 } }

experiment {
    name    = "grid", graphs = { cnn = "cnn.lua", convnext = "sub/convnext.lua" },
    data    = { "digits", "fashion-mnist" }, seeds = seeds, epochs = 3,
    set     = { lr = 1e-3, kind = "a" },
    factors = { skip = { false, true }, pooling = levels.max, width = levels.width }, design = "grid",
    match   = { parameters = "depth", within = 0.02 },
    maps    = { kind = "layercam", layer = "features", images = 100, steps = 7 },
    compare = { "test_accuracy", "energy_in_object" }, margin = 0.002, split = "test",
}
experiment { name = "one", graph = "cnn.lua", factors = { skip = { false, true }, head = { "gap", "flatten" } },
             design = "one_at_a_time", compare = "val_accuracy", split = "validation" }
experiment { graph = "cnn.lua", variants = { { "plain" }, { "skip", skip = true, width = 3 }, { "wide", width = 64 } } }
