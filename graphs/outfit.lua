-- graphs/outfit.lua   any network with any objective on its maps, for experiments that compare them.  Of the network
-- cnn, the same graph as cnn.lua, and with an objective as the file of that name in objectives/
option { network = "cnn",            -- cnn, convnext or resnet
         objective = "none",         -- none, or a name of losses/by_name.lua: reconstruction, prototype, batch_cam,
                                     -- sup_con (of maps), sup_con_embedding, class_against_class, ...
         also = "none",              -- a second objective
         lambda = 0.1,               -- weight of the objective
         also_lambda = 0.1,          -- and of the second one
         kind = "grad_cam",          -- of map: a constructor of the CAM family
         layer = "last",             -- whose map: last, the features, or early, those of 14 x 14 before them
         distance = "l1",            -- of maps from images: l1, l2, l2_squared or ssim
         temperature = 0.1,          -- of sup_con
         width = 0,                  -- channels of the first layer; 0, and "own" below: as the network's own file says
         depth = 0,                  -- layers of cnn and resnet, blocks of a stage of convnext
         feature_map = 0,            -- height and width of the features of cnn and convnext: 28, 14, 7 or 3
         block = "own",              -- of cnn and convnext: plain or inverted
         norm = "own",               -- on or off
         skip = "own",               -- on or off
         init = "trunc_normal",      -- of convnext; "default": uniform by the number of inputs
         shift = 2, flip = false,    -- augmentation of convnext and resnet, as in their files
         cutout = 0 }                -- of resnet

local function number(value) return value ~= 0 and value or nil end
local function word(value) return value ~= "own" and value or nil end
local function switch(name)
    local states = { on = true, off = false }
    if option[name] ~= "own" and states[option[name]] == nil then
        error(name .. " is '" .. option[name] .. "', not on, off or own")
    end
    return states[option[name]]
end
local layer = option.layer
if layer ~= "last" and layer ~= "early" then error("layer is '" .. layer .. "', not last or early") end

local network = use("networks/" .. option.network .. ".lua") {
    width = number(option.width), dim = number(option.width), depth = number(option.depth), init = option.init,
    feature_map = number(option.feature_map), block = word(option.block), norm = switch("norm"), skip = switch("skip") }
local function net(x)
    local last, early = network.features(x)
    return network.head(last), layer == "early" and early or last
end
local twice = { gain = true, cgc = true, info_nce = true }         -- they take the same network a second time
if twice[option.objective] or twice[option.also] then net = shared("net", net) end

image = input { 28, 28, 1 }
label = labels(10)
logits, features = net(image)

local model = { image = image, label = label, logits = logits, features = features, net = net }
local term_of = use "losses/by_name.lua"
local loss = cross_entropy(logits, label)
if option.objective == "none" then
    metric("accuracy", equal(argmax(logits), label))
else
    term, map = term_of(option.objective, model, option)
    loss = loss + option.lambda * term
    use "recipes/maps.lua" (logits, label, map)
end
if option.also ~= "none" then
    also = term_of(option.also, model, option)
    loss = loss + option.also_lambda * also
end
minimize(loss)

local recipe = use("recipes/" .. option.network .. ".lua")
if option.objective == "info_nce" or option.also == "info_nce" then
    recipe.views, recipe.augment = 2, recipe.augment or { shift = 2, rotate = 10 }
end
train(recipe)
