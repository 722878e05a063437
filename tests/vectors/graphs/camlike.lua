-- camlike.lua   Grad-CAM and its relatives in the loss, of the last layer and of an earlier one: gradients of gradients through heads and bodies
option { head = "linear",            -- after global pooling; "norm": layer_norm between; "hidden": two linear layers on all features
         body = "plain" }            -- two convolutions; "residual": batch_norm, a strided skip; "convnext": depthwise, layer_norm, gelu, grn
image = input { 8, 8, 2 }
mask = input { 8, 8, 2 }
label = labels(4)

if option.body == "plain" then
    early = relu(conv2d(image, 4))
    last = relu(conv2d(max_pool(early, 2), 5))
elseif option.body == "residual" then
    early = relu(batch_norm(conv2d(image, 4, { bias = false })))
    last = relu(batch_norm(conv2d(early, 6, { stride = 2, bias = false })) + conv2d(early, 6, { kernel = 1, stride = 2 }))
else
    early = conv2d(image, 4, { kernel = 2, stride = 2, padding = "valid" })
    local y = gelu(linear(layer_norm(conv2d(early, 4, { kernel = 3, groups = 4 })), 8))
    last = early + layer_scale(linear(grn(y), 4), { init = 1 })
end

if option.head == "linear" then logits = linear(global_avg_pool(last), 4)
elseif option.head == "norm" then logits = linear(layer_norm(global_avg_pool(last)), 4)
else logits = linear(relu(linear(flatten(avg_pool(last, 2)), 6)), 4) end

local function cam(score, features)
    local weights = mean(grad(score, features), { "h", "w" })
    return relu(sum(weights * features, "c"))
end
local score = pick(logits, label)
cam_last  = normalize(cam(score, last), "max")
cam_early = normalize(cam(score, early), "l2")
cam_prob  = normalize(cam(pick(softmax(logits), label), early), "min_max")
cam_other = normalize(cam(pick(logits, runner_up(logits, label)), early), "sum")
each      = sum(relu(grad(score, last) * last), "c")                        -- element by element
unpooled  = sum(grad(score, early) * early, "c")
local g, a = grad(score, early), early
layer     = sum(relu(g) * a, "c")
local share = sum(g * a, { "h", "w" }) / (sum(a, { "h", "w" }) + 1e-7)
xgrad     = relu(sum(share * a, "c"))
local second = 0
if option.body ~= "convnext" then          -- features below 0 have a pole here
    plus = relu(sum(sum(relu(g) * g ^ 2 / (2 * g ^ 2 + sum(a, { "h", "w" }) * g ^ 3 + 1e-6), { "h", "w" }) * a, "c"))
    second = mean(plus * plus + plus)
end
slope     = grad(sum(log_softmax(logits)), image)                           -- right for the right reasons
minimize(cross_entropy(logits, label) + mean(cam_last * cam_last + cam_last) + 2 * mean(cam_early * cam_early + cam_early)
    + mean(cam_prob * cam_prob + cam_prob) + 10 * mean(cam_other * cam_other) + mean(each * each + each) + mean(unpooled * unpooled + unpooled)
    + mean(layer * layer + layer) + mean(xgrad * xgrad + xgrad) + second + 0.1 * mean(sum(mask * mask * slope * slope, { 2, 3, 4 })))
