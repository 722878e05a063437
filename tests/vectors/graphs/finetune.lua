-- finetune.lua   a net whose first layer and norm stay as they are; make_finetune.py is the same in PyTorch
option { frozen = true }
image = input { 8, 8, 1 }
label = labels(4)
local x = relu(batch_norm(conv2d(image, 6, { bias = false, name = "stages.1.conv" }), { name = "stages.1.bn" }))
x = relu(batch_norm(conv2d(x, 8, { stride = 2, name = "stages.2.conv" }), { name = "stages.2.bn" }))
logits = linear(global_avg_pool(x), 4, { name = "head" })
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "tests/vectors/finetune", batch = 48, epochs = 6, validation = 0, clip = 0.25,
        optimizer = sgd { lr = 0.1, momentum = 0.9, weight_decay = 0.01 },
        freeze = option.frozen and { "stages.1.*" } }
