-- folded.lua   what fold.c makes weights of: affine parts in front of and behind products, alone, in a row,
-- read twice, at borders
option { gain = 0.7 }
image = input { 6, 6, 4 }
label = labels(3)

local function affine(x) return layer_norm(x, { name = "norm" }) end
local function scaled(x) return layer_scale(x, { init = option.gain }) end

local x = scope("conv", function()
    return conv2d(affine(image), 6, { kernel = 2, padding = "valid", name = "valid" })
end)
x = scope("border", function() return x + scaled(conv2d(affine(x), 6)) end)                 -- a shift stops at a border
x = scope("scale", function() return x + gelu(conv2d(layer_scale(x, { init = 1.3 }), 6)) end)   -- a scale does not
x = scope("depthwise", function() return x + scaled(conv2d(x, 6, { groups = 6 })) end)
x = scope("mlp", function() return x + scaled(linear(gelu(linear(affine(x), 12)), 6)) end)
x = scope("two", function() local y = affine(x); return x + linear(y, 6) + y end)           -- read at two places: stays
x = scope("row", function() return x + scaled(scaled(linear(linear(affine(x), 6), 6))) end)
wanted = affine(x)                                                                              -- wanted by name: stays
x = x + linear(wanted, 6)
local straight = custom { forward = function(v, w) return matmul(v, w) end,
                          backward = function(d, v, w)
                              return matmul(d, permute(w, { 2, 1 })), matmul(permute(v, { 2, 1 }), d)
                          end }
local rows = scope("rows", function() return affine(global_avg_pool(x)) end)
local w = param({ 6, 3 }, { init = "kaiming_normal", name = "custom_weight" })
logits = scope("head", function()
    return straight(rows * param({ 6 }, { init = 1.5, name = "gain" }), w)
        * param({ 3 }, { init = 0.8, name = "temper" })
end)
map = grad_cam(pick(logits, label), x)
minimize(cross_entropy(logits, label) + 0.1 * sup_con(flatten(map), label) + mean(grad(mean(logits ^ 2), x) ^ 2))
metric("accuracy", equal(argmax(logits), label))
output("cam", map)
