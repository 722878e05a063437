-- graphs/experiments/objectives.lua   does an objective on class activation maps cost accuracy, and does it make maps
-- better?  Two networks, two data sets, six seeds; the first variant is plain cross-entropy.  Weights are those of
-- search.lua where it has the objective: the largest that cost no accuracy of validation images
local variants = {
    { "cross-entropy" },
    { "reconstruction", objective = "reconstruction", lambda = 1.0 },
    { "prototype", objective = "prototype", lambda = 1.0 },
    { "batch_cam", objective = "batch_cam", lambda = 1.0 },
    { "sup_con of maps", objective = "sup_con", lambda = 0.1 },
    { "sup_con of embeddings", objective = "sup_con_embedding", lambda = 1.0 },
    { "class_against_class", objective = "class_against_class", lambda = 1.0 },
    { "reconstruction + sup_con of embeddings", objective = "reconstruction", lambda = 3.0,
      also = "sup_con_embedding", also_lambda = 1.0 },
}
for _, network in ipairs { "cnn", "convnext" } do
    experiment {
        name     = "objectives-" .. network,
        graphs   = { [network] = "../outfit.lua" },
        set      = { network = network },
        data     = { "mnist", "fashion-mnist" },
        epochs   = 2,
        maps     = { kind = "grad_cam", layer = "features", images = 1000, steps = 7 },
        compare  = { "test_accuracy", "energy_in_object", "iou_best", "insertion_auc" },
        margin   = 0.002,
        variants = variants,
    }
end
