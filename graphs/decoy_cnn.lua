-- graphs/decoy_cnn.lua   the network of the Decoy-MNIST benchmark (Ross et al. 2017): two valid 5x5 convolutions,
-- two linear layers
-- Data: decoy-mnist, decoy-fashion-mnist, where mask(image) is 1 on the patch that gives the class away;
-- or the plain sets.
option { first = 20, second = 50, hidden = 256,
         objective = "none",         -- on what the network looks at: none, rrr, rrr_g, sup_con or prototype
         lambda = 0.1 }              -- its weight

image = input { 28, 28, 1 }
label = labels(10)

local x  = max_pool(relu(conv2d(image, option.first, { kernel = 5, padding = "valid", name = "conv1" })), 2)
features = relu(conv2d(x, option.second, { kernel = 5, padding = "valid", name = "conv2" }))        -- 8 x 8
hidden   = relu(linear(flatten(max_pool(features, 2)), option.hidden, { name = "fc1" }))
logits   = linear(hidden, 10, { name = "fc2" })

local function map(scaling) return grad_cam(pick(logits, label), features, { normalize = scaling }) end
local objectives = {
    rrr     = function() return rrr(logits, image, mask(image)) end,
    rrr_g   = function() return rrr_g(map("max"), mask(image)) end,
    sup_con = function() return sup_con(flatten(map("l2")), label) end,
    prototype = function() return prototype(map("max"), label) end,
}
if option.objective == "none" then
    minimize(cross_entropy(logits, label))
else
    local objective = objectives[option.objective] or error("objective is '" .. option.objective
        .. "', not none, rrr, rrr_g, sup_con or prototype")
    minimize(cross_entropy(logits, label) + option.lambda * objective())
end
metric("accuracy", equal(argmax(logits), label))

train { data = "mnist", batch = 256, epochs = 10, seed = 1,
        optimizer = adamw { lr = 1e-3, weight_decay = 1e-4 },
        schedule  = cosine { } }
