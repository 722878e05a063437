-- graphs/experiments/storage.lua   does it cost accuracy to keep activations as bfloat16 until the backward pass?
experiment {
    graph    = "../resnet.lua",
    data     = "fashion-mnist",
    epochs   = 5,
    compare  = { "test_accuracy" },
    margin   = 0.0015,
    variants = { { "fp32" }, { "bf16", storage = "bf16" } },
}
