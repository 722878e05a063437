-- camlike.lua   Grad-CAM and its relatives in the loss, of the last layer and of an earlier one:
-- gradients of gradients through heads and bodies
option { head = "linear",            -- after global pooling; "norm": layer_norm between; "hidden": two linear layers on
                                     -- all features
         body = "plain" }            -- two convolutions; "residual": batch_norm, a strided skip; "convnext": depthwise,
                                     -- layer_norm, gelu, grn
image = input { 8, 8, 2 }
outside = input { 8, 8, 2 }
label = labels(4)

if option.body == "plain" then
    early = relu(conv2d(image, 4))
    last = relu(conv2d(max_pool(early, 2), 5))
elseif option.body == "residual" then
    early = relu(batch_norm(conv2d(image, 4, { bias = false })))
    last = relu(batch_norm(conv2d(early, 6, { stride = 2, bias = false }))
                + conv2d(early, 6, { kernel = 1, stride = 2 }))
else
    early = conv2d(image, 4, { kernel = 2, stride = 2, padding = "valid" })
    local y = gelu(linear(layer_norm(conv2d(early, 4, { kernel = 3, groups = 4 })), 8))
    last = early + layer_scale(linear(grn(y), 4), { init = 1 })
end

if option.head == "linear" then logits = linear(global_avg_pool(last), 4)
elseif option.head == "norm" then logits = linear(layer_norm(global_avg_pool(last)), 4)
else logits = linear(relu(linear(flatten(avg_pool(last, 2)), 6)), 4) end

local function cam(score, features)          -- what grad_cam is
    local weights = mean(grad(score, features), { "h", "w" })
    return relu(sum(weights * features, "c"))
end
local score = pick(logits, label)
cam_last  = normalize(cam(score, last), "max")
cam_early = normalize(cam(score, early), "l2")
cam_same  = grad_cam(score, early, { normalize = "l2" })
cam_prob  = grad_cam(pick(softmax(logits), label), early, { normalize = "min_max" })
cam_other = grad_cam(pick(logits, runner_up(logits, label)), early, { normalize = "sum" })
each      = grad_cam_elementwise(score, last)
unpooled  = hirescam(score, early, { relu = false })
layer     = layercam(score, early, { relu = false })
xgrad     = xgrad_cam(score, early)
local second = 0
if option.body ~= "convnext" then          -- features below 0 have a pole here
    plus = grad_cam_pp(score, early)
    second = mean(plus * plus + plus)
end
slope     = grad(sum(log_softmax(logits)), image)                           -- right for the right reasons
minimize(cross_entropy(logits, label) + mean(cam_last * cam_last + cam_last) + mean(cam_early * cam_early + cam_early)
    + mean(cam_same * cam_same + cam_same)
    + mean(cam_prob * cam_prob + cam_prob) + 10 * mean(cam_other * cam_other) + mean(each * each + each)
    + mean(unpooled * unpooled + unpooled)
    + mean(layer * layer + layer) + mean(xgrad * xgrad + xgrad) + second
    + 0.1 * mean(sum(outside * outside * slope * slope, { 2, 3, 4 })))
