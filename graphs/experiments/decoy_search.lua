-- graphs/experiments/decoy_search.lua   the weights of decoy.lua.  Validation images of a decoy set have the decoy too,
-- so that their accuracy rises with what a model owes to it: a weight is right where they are as hard as those of the
-- plain set, on which no patch helps.  Under seeds that no other experiment uses
local function search(name, data, variants)
    experiment {
        name     = name,
        graph    = "../decoy_cnn.lua",
        data     = data,
        seeds    = { 101, 102 },
        epochs   = 5,
        split    = "validation",
        compare  = { "val_accuracy" },
        variants = variants,
    }
end
local weights = {
    rrr       = { 0.01, 0.1, 1.0 },
    rrr_g     = { 0.1, 0.3, 1.0 },
    sup_con   = { 0.1, 0.3, 1.0 },
    prototype = { 0.3, 1.0, 3.0 },
}
local variants = { { "cross-entropy" } }
for _, objective in ipairs { "rrr", "rrr_g", "sup_con", "prototype" } do
    for _, weight in ipairs(weights[objective]) do
        variants[#variants + 1] = { objective .. " " .. weight, objective = objective, lambda = weight }
    end
end
search("plain", "fashion-mnist", { { "cross-entropy" } })
search("decoy_search", "decoy-fashion-mnist", variants)
