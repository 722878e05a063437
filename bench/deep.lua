-- bench/deep.lua   a residual network of any depth: how compile time and emitted text grow with the number of blocks
option { blocks = 50 }
image = input { 28, 28, 1 }
label = labels(10)
local function conv(name, x, channels)
    return batch_norm(conv2d(x, channels, { kernel = 3, bias = false, name = "conv" .. name }), { name = "bn" .. name })
end
local x = scope("stem", function() return relu(conv("", image, 8)) end)
for i = 1, option.blocks do
    x = scope("blocks." .. i, function() return relu(conv("2", relu(conv("1", x, 8)), 8) + x) end)
end
logits = linear(global_avg_pool(x), 10)
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = 32, epochs = 1, optimizer = sgd { lr = 0.1 } }
