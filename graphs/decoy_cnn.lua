-- graphs/decoy_cnn.lua   the network of the Decoy-MNIST benchmark (Ross et al. 2017): two valid 5x5 convolutions,
-- two linear layers
-- Data: decoy-mnist, decoy-fashion-mnist, where mask(image) is 1 on the patch that gives the class away;
-- or the plain sets.
option { first = 20, second = 50, hidden = 256,    -- channels of the convolutions, units of the first linear layer
         objective = "none",         -- on what the network looks at: none, rrr, rrr_g, rrr_g_alive, sup_con, prototype
         lambda = 0.1,               -- its weight
         alive = 1,                  -- weight of the term that keeps maps alive, of rrr_g_alive
         published = false }         -- trained as in the benchmark: 50 epochs of Adam with weight decay

image = input { 28, 28, 1 }
label = labels(10)

local x  = max_pool(relu(conv2d(image, option.first, { kernel = 5, padding = "valid", name = "conv1" })), 2)
features = relu(conv2d(x, option.second, { kernel = 5, padding = "valid", name = "conv2" }))        -- 8 x 8
hidden   = relu(linear(flatten(max_pool(features, 2)), option.hidden, { name = "fc1" }))
logits   = linear(hidden, 10, { name = "fc2" })

local function map(scaling) return grad_cam(pick(logits, label), features, { normalize = scaling }) end
local function decoyed() return rrr_g(map("max"), mask(image)) end
local function dying() return keep_alive(grad_cam(pick(logits, label), features, { relu = false })) end
local objectives = {
    rrr         = function() return option.lambda * rrr(logits, image, mask(image)) end,
    rrr_g       = function() return option.lambda * decoyed() end,
    rrr_g_alive = function() return option.lambda * decoyed() + option.alive * dying() end,
    sup_con     = function() return option.lambda * sup_con(flatten(map("l2")), label) end,
    prototype   = function() return option.lambda * prototype(map("max"), label) end,
}
if option.objective == "none" then
    minimize(cross_entropy(logits, label))
else
    local objective = objectives[option.objective] or error("objective is '" .. option.objective
        .. "', not none, rrr, rrr_g, rrr_g_alive, sup_con or prototype")
    minimize(cross_entropy(logits, label) + objective())
end
metric("accuracy", equal(argmax(logits), label))

train { data = "mnist", batch = 256, epochs = option.published and 50 or 10, seed = 1,
        optimizer = (option.published and adam or adamw) { lr = 1e-3, weight_decay = 1e-4 },
        schedule  = option.published and constant { } or cosine { } }
