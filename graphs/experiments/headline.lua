-- graphs/experiments/headline.lua   the objective that was found best against cross-entropy, under ten seeds: those of
-- objectives.lua, whose cells these are, and four more
experiment {
    name    = "headline",
    graphs  = { cnn = "../outfit.lua" },
    data    = { "mnist", "fashion-mnist" },
    seeds   = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 },
    epochs  = 2,
    set     = { network = "cnn" },
    maps    = { kind = "grad_cam", layer = "features", images = 1000, steps = 7 },
    compare = { "test_accuracy", "energy_in_object", "iou_best" },
    margin  = 0.002,
    variants = {
        { "cross-entropy" },
        { "reconstruction", objective = "reconstruction", lambda = 1.0 },
        { "reconstruction + sup_con of embeddings", objective = "reconstruction", lambda = 3.0,
          also = "sup_con_embedding", also_lambda = 1.0 },
    },
}
