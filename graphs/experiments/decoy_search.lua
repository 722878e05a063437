-- graphs/experiments/decoy_search.lua   the weights of decoy.lua.  Validation images of a decoy set have the decoy too,
-- so that their accuracy rises with what a model owes to it: a weight is right where they are as hard as those of the
-- plain set, on which no patch helps.  Under seeds that no other experiment uses
experiment {
    name     = "plain",
    graph    = "../decoy_cnn.lua",
    data     = "fashion-mnist",
    seeds    = { 101, 102 },
    epochs   = 5,
    split    = "validation",
    compare  = { "val_accuracy" },
    variants = { { "cross-entropy" } },
}
local variants = { { "cross-entropy" } }
local weights = {
    rrr       = { 0.01, 0.1, 1.0 },
    rrr_g     = { 0.1, 0.3, 1.0 },
    sup_con   = { 0.1, 0.3, 1.0 },
    prototype = { 0.3, 1.0, 3.0 },
}
for _, objective in ipairs { "rrr", "rrr_g", "sup_con", "prototype" } do
    for _, weight in ipairs(weights[objective]) do
        variants[#variants + 1] = { objective .. " " .. weight, objective = objective, lambda = weight }
    end
end
experiment {
    name     = "decoy_search",
    graph    = "../decoy_cnn.lua",
    data     = "decoy-fashion-mnist",
    seeds    = { 101, 102 },
    epochs   = 5,
    split    = "validation",
    compare  = { "val_accuracy" },
    variants = variants,
}
