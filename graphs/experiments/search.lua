-- graphs/experiments/search.lua   the search for an objective that makes maps as good as reconstruction does and costs
-- no accuracy: by validation images alone, under seeds that no other experiment uses
local function one(name, lambda) return { objective = name, lambda = lambda } end
local function two(name, lambda, also, also_lambda)
    return { objective = name, lambda = lambda, also = also, also_lambda = also_lambda }
end
local function named(name, settings)
    settings[1] = name
    return settings
end

experiment {
    name     = "search",
    graph    = "../outfit.lua",
    data     = { "fashion-mnist", "mnist" },
    seeds    = { 101, 102 },
    epochs   = 2,
    split    = "validation",
    maps     = { kind = "grad_cam", layer = "features", images = 1000, steps = 7 },
    compare  = { "val_accuracy", "val_energy_in_object", "val_iou_best", "val_insertion_auc" },
    variants = {
        { "none" },
        named("reconstruction 0.1", one("reconstruction", 0.1)),
        named("reconstruction 0.3", one("reconstruction", 0.3)),
        named("reconstruction 1", one("reconstruction", 1.0)),
        named("reconstruction 3", one("reconstruction", 3.0)),
        named("batch_cam 0.3", one("batch_cam", 0.3)),
        named("batch_cam 1", one("batch_cam", 1.0)),
        named("sup_con_embedding 0.1", one("sup_con_embedding", 0.1)),
        named("sup_con_embedding 0.3", one("sup_con_embedding", 0.3)),
        named("reconstruction 1, sup_con_embedding 0.1", two("reconstruction", 1.0, "sup_con_embedding", 0.1)),
        named("reconstruction 3, sup_con_embedding 0.1", two("reconstruction", 3.0, "sup_con_embedding", 0.1)),
        named("batch_cam 1, sup_con_embedding 0.1", two("batch_cam", 1.0, "sup_con_embedding", 0.1)),
        named("batch_cam 1, reconstruction 0.3", two("batch_cam", 1.0, "reconstruction", 0.3)),
    },
}
