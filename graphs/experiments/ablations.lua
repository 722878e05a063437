-- graphs/experiments/ablations.lua   what of a network matters for accuracy and for its maps: shortcuts, the structure
-- of its layers, normalisation, the size of the feature map?  Each is changed alone, at the parameters of the baseline,
-- under cross-entropy and under reconstruction
local factors = {
    cnn      = { skip = { "off", "on" }, block = { "plain", "inverted" }, norm = { "off", "on" },
                 feature_map = { 7, 3, 14, 28 } },
    convnext = { skip = { "on", "off" }, block = { "inverted", "plain" }, norm = { "on", "off" },
                 feature_map = { 3, 7, 14, 28 } },
}
local widths = { cnn = 32, convnext = 16 }       -- 32 channels on maps of 28 x 28 would take convnext an hour a run
local objectives = { ["cross-entropy"] = { "none", 0.1 }, reconstruction = { "reconstruction", 1.0 } }
for _, network in ipairs { "cnn", "convnext" } do
    for _, name in ipairs { "cross-entropy", "reconstruction" } do
        experiment {
            name    = "ablations-" .. network .. "-" .. name,
            graphs  = { [network] = "../outfit.lua" },
            data    = "fashion-mnist",
            epochs  = 2,
            set     = { network = network, objective = objectives[name][1], lambda = objectives[name][2],
                        width = widths[network] },
            factors = factors[network],
            design  = "one_at_a_time",
            match   = { parameters = "width", within = 0.07 },
            maps    = { kind = "grad_cam", layer = "features", images = 1000, steps = 7 },
            compare = { "test_accuracy", "energy_in_object", "iou_best" },
            margin  = 0.002,
        }
    end
end
