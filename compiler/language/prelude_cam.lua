-- prelude_cam.lua - class activation maps as ordinary values, and the objectives on them.
--
-- A map is [batch, h, w, 1].  Its class is chosen by the score: score = pick(logits, label), one number a sample.  One
-- call gives the gradient of the score by the features for the whole batch.  Sources stand beside each definition.

local prim = ...
local define, lua = prim.define, prim.lua
local dims, text = prim.dims, prim.text
local tools = prim.tools
local fail, op, reals, rank = tools.fail, tools.op, tools.reals, tools.rank

local PLACES, CHANNELS = 6, 8                -- sets of axes of [b, h, w, c]

local function number(x) return prim.reshape(x, {}) end
local function mean_of_samples(x) return number(prim.mean(x, (1 << rank(x)) - 1)) end
local function relu(x) return op("relu", x) end
local function stop(x) return op("stop_gradient", x) end

-- ---- maps -----------------------------------------------------------------------------------------------------------

local map_options = { { "relu", "boolean", true }, { "weights", "string", "live" }, { "normalize", "string", "none" },
                      { "resize", "list" } }

local function feature_map(x)
    local d = dims(reals(x, "features"))
    if #d ~= 4 or d[1] ~= -1 or d[2] < 0 or d[3] < 0 or d[4] < 0 then
        fail("features is %s, not a feature map [batch, h, w, c]", text(x))
    end
    return d
end

-- The last steps of every map: ReLU, scaling, size.
local function finished(map, o)
    if o.relu then map = relu(map) end
    if o.normalize ~= "none" then map = tools.normalize(map, o.normalize, 1e-6, "normalize") end
    if o.resize then
        local h, w, kind = o.resize[1], o.resize[2], o.resize[3] or "bilinear"
        if #o.resize > 3 then h = 0 end
        for _, n in lua.ipairs { h or 0, w or 0 } do
            if lua.math.type(n) ~= "integer" or n < 1 or n > 4096 then
                fail("resize is %s, not {h, w} or {h, w, 'nearest'}, whole numbers from 1 to 4096", text(o.resize))
            end
        end
        if kind ~= "nearest" and kind ~= "bilinear" then
            fail("the kind is %s, not 'nearest' or 'bilinear'", text(kind))
        end
        map = tools.resize(map, h, w, kind)
    end
    return map
end

local function live(o)
    if o.weights ~= "live" and o.weights ~= "stop" then fail("weights is '%s', not 'live' or 'stop'", o.weights) end
    return o.weights == "live" and function(x) return x end or stop
end

local function one_a_sample(d)
    local one = #d >= 1 and d[1] == -1
    for i = 2, #d do one = one and d[i] == 1 end
    return one
end

-- definition(A, G, weights) gives a map.  G is the gradient of the score by the features A.  weights(x) is x, or x
-- without its gradient.
local function map(name, definition)
    define(name, { "score: value", "features: value" }, map_options, function(score, features, o)
        feature_map(features)
        if not one_a_sample(dims(reals(score, "score"))) then
            fail("score is %s, not one number a sample, as pick(logits, label)", text(score))
        end
        return finished(prim.sum(definition(features, prim.grad(score, features), live(o)), CHANNELS), o)
    end)
end

-- Selvaraju et al. 1610.02391
map("grad_cam", function(A, G, weights) return weights(prim.mean(G, PLACES)) * A end)
map("grad_cam_elementwise", function(A, G, weights) return relu(weights(G) * A) end)
-- Draelos and Carin 2011.08891
map("hirescam", function(A, G, weights) return weights(G) * A end)
-- Jiang et al. 2021
map("layercam", function(A, G, weights) return weights(relu(G)) * A end)
-- Fu et al. 2008.02312
map("xgrad_cam", function(A, G, weights) return weights(prim.sum(G * A, PLACES) / (prim.sum(A, PLACES) + 1e-7)) * A end)
-- Chattopadhay et al. 1710.11063, in the closed form for exp(score).  A place where G is not positive adds nothing, so
-- the division is left out there.
map("grad_cam_pp", function(A, G, weights)
    local positive = op("greater", G, 0)
    local square = G * G
    local share = square / op("where", positive, 2 * square + prim.sum(A, PLACES) * square * G + 1e-6, 1)
    return weights(prim.sum(op("where", positive, G * share, 0), PLACES)) * A
end)

-- Zhou et al. 1512.04150: features weighted by the class's row of `weight` [classes, c], which belongs to a linear
-- layer behind global average pooling.
define("cam", { "features: value", "weight: value", "class: value" }, map_options, function(features, weight, class, o)
    local d, w = feature_map(features), dims(reals(weight, "weight"))
    if #w ~= 2 or w[1] < 0 or w[2] ~= d[4] then fail("weight is %s, not [classes, %d]", text(weight), d[4]) end
    if not prim.whole(class) or #dims(class) ~= 1 then fail("class is %s, not labels [batch]", text(class)) end
    if prim.classes(class) > w[1] then
        fail("class goes from 0 to %d, weight is %s", prim.classes(class) - 1, text(weight))
    end
    local row = live(o)(prim.matmul(prim.one_hot(class, w[1]), weight, false, false))
    return finished(prim.sum(prim.reshape(row, { d[1], 1, 1, d[4] }) * features, CHANNELS), o)
end)

-- ---- distances, per sample [b] --------------------------------------------------------------------------------------

local function same_shape(a, b, name_a, name_b)
    local x, y = dims(reals(a, name_a)), dims(reals(b, name_b))
    local fits = #x == #y
    for i = 1, #x do fits = fits and x[i] == y[i] end
    if not fits then fail("%s is %s, %s is %s: the shapes differ", name_a, text(a), name_b, text(b)) end
end

-- The distance of each sample: a mean over all axes but the first.
local function distance(a, b, kind)
    local d = a - b
    local set = (1 << rank(d)) - 2
    local function row(x) return prim.reshape(x, { dims(x)[1] }) end
    if kind == "l1" then return row(prim.mean(op("abs", d), set)) end
    if kind == "l2" then return row(tools.safe_sqrt(prim.mean(d * d, set))) end
    if kind == "l2_squared" then return row(prim.mean(d * d, set)) end
    if kind == "ssim" then return 1 - tools.ssim(a, b, { window = 11, sigma = 1.5, range = 1 }) end
    fail("distance is '%s', not 'l1', 'l2', 'l2_squared' or 'ssim'", kind)
end

local distance_option = { { "distance", "string", "l1" } }

local function map_of(x, name)
    local d = dims(reals(x, name))
    if #d ~= 4 or d[1] ~= -1 or d[2] < 0 or d[3] < 0 or d[4] ~= 1 then
        fail("%s is %s, not a map [batch, h, w, 1]", name, text(x))
    end
    return d
end

-- The map x at the size of an image of dims d: a smaller map is resized, bilinear.
local function at_size(x, d, what)
    local m = dims(x)
    if m[2] > d[2] or m[3] > d[3] then
        fail("the map is %s, larger than the %s, %d x %d", text(x), what or "image", d[2], d[3])
    end
    return tools.resize(x, d[2], d[3], "bilinear")
end

-- Ignesti and Martinelli 2024: the map is compared with the image itself, whose only content is its object.
define("reconstruction", { "map: value", "image: value" }, distance_option, function(m, image, o)
    map_of(m, "map")
    local d = tools.image(image, "image")
    if d[4] > 1 then image = prim.mean(image, CHANNELS) end
    return mean_of_samples(distance(at_size(m, d), image, o.distance))
end)

-- ---- prototypes -----------------------------------------------------------------------------------------------------

local function classes_of(label)
    if not prim.whole(label) or #dims(label) ~= 1 then fail("label is %s, not labels [batch]", text(label)) end
    local n = prim.classes(label)
    if n == 0 then fail("label is %s, of which the number of classes is not known: it takes labels()", text(label)) end
    return n
end

-- The mean training image of each class, scaled to a maximum of 1: [classes, h, w, 1].
local function prototypes(classes)
    local means = prim.class_means(classes)
    return dims(means)[4] > 1 and prim.mean(means, CHANNELS) or means
end

-- Batch-CAM (Ignesti, Moroni and Martinelli 2510.00664): the map against the mean training image of its class
define("prototype", { "map: value", "label: value" }, distance_option, function(m, label, o)
    map_of(m, "map")
    local classes = classes_of(label)
    local means = prototypes(classes)
    local d = dims(means)
    local own = prim.matmul(prim.one_hot(label, classes), prim.reshape(means, { classes, d[2] * d[3] }), false, false)
    return mean_of_samples(distance(at_size(m, d), prim.reshape(own, { -1, d[2], d[3], 1 }), o.distance))
end)

-- Batch-CAM by classes: the mean map of each class in the batch against its target, mean over the classes that are
-- there.  The target is the mean training image of the class, or the mean of its images in the batch, scaled to a
-- maximum of 1.
define("batch_cam", { "map: value", "label: value" },
       { { "distance", "string", "l1" }, { "target", "string", "prototype" } }, function(m, label, o)
    map_of(m, "map")
    local classes = classes_of(label)
    local image = prim.first_image()
    local d = dims(image)
    if d[4] > 1 then image = prim.mean(image, CHANNELS) end
    local hot = prim.one_hot(label, classes)
    local count = prim.reshape(prim.sum(hot, 1), { classes, 1 })
    local function class_mean(x)      -- [classes, h, w, 1]
        local sum = prim.matmul(hot, prim.reshape(x, { -1, d[2] * d[3] }), true, false)
        return prim.reshape(sum / op("maximum", count, 1), { classes, d[2], d[3], 1 })
    end
    local target
    if o.target == "prototype" then target = prototypes(classes)
    elseif o.target == "batch_mean" then
        target = class_mean(image)
        target = target / op("maximum", prim.max(target, 14), 1e-6)
    else fail("target is '%s', not 'prototype' or 'batch_mean'", o.target) end
    local there = prim.reshape(op("greater", count, 0), { classes })
    local terms = op("where", there, distance(class_mean(at_size(m, d)), target, o.distance), 0)
    return number(prim.sum(terms, 1) / op("maximum", prim.sum(there, 1), 1))
end)

-- ---- between the samples of a batch ---------------------------------------------------------------------------------

local function rows_of(x, name)
    local d = dims(reals(x, name))
    if #d ~= 2 or d[1] ~= -1 or d[2] < 0 then fail("%s is %s, not rows [batch, n]: flatten it", name, text(x)) end
    return d
end

local function labels_of(x)
    if not prim.whole(x) or #dims(x) ~= 1 then fail("label is %s, not labels [batch]", text(x)) end
end

-- Three masks over pairs [b, b]: both are one sample; the first comes before the second; both have one label.
local function pairs_of(label)
    local i, j = prim.index { -1, 1 }, prim.index { 1, -1 }
    local same = label and op("equal", prim.reshape(label, { -1, 1 }), prim.reshape(label, { 1, -1 }))
    return op("equal", i, j), op("less", i, j), same
end

local function both(a, b) return op("where", a, b, 0) end
local function no(a) return op("equal", a, 0) end

-- The squared distances of all pairs of rows: [b, b].
local function square_distances(z)
    local d = dims(z)
    local difference = prim.reshape(z, { -1, 1, d[2] }) - prim.reshape(z, { 1, -1, d[2] })
    return prim.drop(prim.sum(difference * difference, 4), 4)
end

local function lengthened(z)      -- rows of length 1
    return z * op("rsqrt", op("maximum", prim.sum(z * z, 2), 1e-12))
end

-- The largest x along the last axis, over the pairs that are taken.  -3e38 where none is, as in a batch of one.
local function most_where(taken, x) return stop(prim.max(op("where", taken, x, -3e38), 2)) end
-- The sum of exp(low) over the pairs that are taken, low = x - most.  0 where none is.
local function sum_exp_where(taken, low)
    return prim.sum(op("where", taken, op("exp", op("where", taken, low, 0)), 0), 2)
end
local function diagonal(self, x) return prim.sum(op("where", self, x, 0), 2) end

-- Khosla et al. 2004.11362.  An anchor without positives counts 0.
define("sup_con", { "z: value", "label: value" }, { { "temperature", "positive", 0.1 } }, function(z, label, o)
    rows_of(z, "z")
    labels_of(label)
    local self, _, same = pairs_of(label)
    local others = no(self)
    local positive = both(others, same)
    local s = prim.matmul(z, z, false, true) / o.temperature
    local count = prim.sum(positive, 2)
    local low = s - most_where(others, s)
    local log_probability = op("where", positive, low - op("log", op("maximum", sum_exp_where(others, low), 1e-30)), 0)
    return mean_of_samples(-prim.sum(log_probability, 2) / op("maximum", count, 1))
end)

-- NT-Xent (Chen et al. 2002.05709): two views of each image against all 2 B rows, which are brought to length 1.
define("info_nce", { "z1: value", "z2: value" }, { { "temperature", "positive", 0.5 } }, function(z1, z2, o)
    rows_of(z1, "z1")
    same_shape(z1, z2, "z1", "z2")
    z1, z2 = lengthened(z1), lengthened(z2)
    local self = pairs_of()
    local others = no(self)
    local function similarity(a, b) return prim.matmul(a, b, false, true) / o.temperature end
    local function half(own, other)      -- own: within a view, but for the row itself; other: across
        local most = stop(op("maximum", most_where(others, own), prim.max(other, 2)))
        local low = other - most
        return op("log", sum_exp_where(others, own - most) + prim.sum(op("exp", low), 2)) - diagonal(self, low)
    end
    local across = similarity(z1, z2)
    return 0.5 * (mean_of_samples(half(similarity(z1, z1), across))
                  + mean_of_samples(half(similarity(z2, z2), similarity(z2, z1))))
end)

-- Hadsell et al. 2006: the mean over pairs i < j.
define("contrastive_pairs", { "z: value", "label: value" }, { { "margin", "positive", 1 } }, function(z, label, o)
    rows_of(z, "z")
    labels_of(label)
    local _, ordered, same = pairs_of(label)
    local square = square_distances(z)
    local short = relu(o.margin - tools.safe_sqrt(square))
    local terms = op("where", ordered, op("where", same, square, short * short), 0)
    return number(prim.sum(terms, 3) / op("maximum", prim.sum(ordered, 3), 1))
end)

-- Batch-hard (Hermans et al. 1703.07737): the farthest positive against the nearest negative, mean over anchors that
-- have both.
define("triplet", { "z: value", "label: value" }, { { "margin", "nonnegative", 0.3 } }, function(z, label, o)
    rows_of(z, "z")
    labels_of(label)
    local self, _, same = pairs_of(label)
    local positive, negative = both(no(self), same), no(same)
    local d = tools.safe_sqrt(square_distances(z))
    local farthest = prim.max(op("where", positive, d, -1), 2)
    local nearest = -prim.max(op("where", negative, -d, -3e38), 2)
    local counts = both(op("greater", prim.sum(positive, 2), 0), op("greater", prim.sum(negative, 2), 0))
    local terms = op("where", counts, relu(op("where", counts, farthest - nearest, 0) + o.margin), 0)
    return number(prim.sum(terms, 3) / op("maximum", prim.sum(counts, 3), 1))
end)

-- CGC (Pillai et al. 2022): the two maps of one image against the other maps of the batch, by cosine similarity
define("cgc", { "map: value", "other: value" }, { { "temperature", "positive", 0.5 } }, function(m, other, o)
    map_of(m, "map")
    same_shape(m, other, "map", "other")
    local d = dims(m)
    local function rows(x) return lengthened(prim.reshape(x, { d[1], d[2] * d[3] })) end
    local a, b = rows(m), rows(other)
    local log_probability = tools.log_softmax(prim.matmul(a, b, false, true) / o.temperature, 2)
    return mean_of_samples(-diagonal(pairs_of(), log_probability))
end)

-- ---- two classes on one image ---------------------------------------------------------------------------------------

-- "The wrong outfit": the maps of the true class and of the most confusing wrong class must differ (overlap: ICASC,
-- 1811.07484).
define("class_against_class", { "map: value", "other: value" },
       { { "kind", "string", "overlap" }, { "margin", "nonnegative", 0.5 } }, function(m, other, o)
    map_of(m, "map")
    same_shape(m, other, "map", "other")
    local d = dims(m)
    local PIXELS = 14
    if o.kind == "cosine" then
        local function rows(x) return lengthened(prim.reshape(x, { d[1], d[2] * d[3] })) end
        return mean_of_samples(prim.sum(rows(m) * rows(other), 2))
    end
    local a, b = tools.normalize(m, "max", 1e-6), tools.normalize(other, "max", 1e-6)
    if o.kind == "overlap" then
        return mean_of_samples(2 * prim.sum(op("minimum", a, b), PIXELS)
                               / (prim.sum(a, PIXELS) + prim.sum(b, PIXELS) + 1e-6))
    end
    if o.kind ~= "margin" then fail("kind is '%s', not 'overlap', 'cosine' or 'margin'", o.kind) end
    local mask = stop(op("greater_equal", a, 0.5))      -- where the first map is at least half of its maximum
    local inside = prim.sum(mask * (a - b), PIXELS) / op("maximum", prim.sum(mask, PIXELS), 1)
    return mean_of_samples(relu(o.margin - inside))
end)

-- ---- right for the right reasons ------------------------------------------------------------------------------------

-- Ross et al. 2017.  A score of one number a sample is differentiated as it is; of logits, the sum of their
-- log-probabilities is.
define("rrr", { "score: value", "image: value", "mask: value" }, {}, function(score, image, mask)
    local d = tools.image(image, "image")
    local s, k = dims(reals(score, "score")), dims(reals(mask, "mask"))
    local one = one_a_sample(s)
    if not one and #s == 2 and s[1] == -1 and s[2] > 1 then
        score = tools.log_softmax(score, 2)
    elseif not one then
        fail("score is %s, not one number or the logits of each sample", text(score))
    end
    if #k ~= 4 or k[2] ~= d[2] or k[3] ~= d[3] or (k[4] ~= 1 and k[4] ~= d[4]) then
        fail("mask is %s, the image is %s", text(mask), text(image))
    end
    local g = mask * prim.grad(score, image)
    return mean_of_samples(prim.sum(g * g, 14))
end)

define("rrr_g", { "map: value", "mask: value" }, {}, function(m, mask)
    map_of(m, "map")
    local d = map_of(mask, "mask")
    local g = mask * at_size(m, d, "mask")
    return mean_of_samples(prim.sum(g * g, 14))
end)

-- A map that is 0 everywhere fulfils rrr_g, and after ReLU no gradient brings it back.  So this takes the map before
-- ReLU, not scaled.  The sum of a Grad-CAM map over its places is what the features add to the score, exactly so behind
-- global average pooling and a linear layer; it must be at least `margin`, and no map with a positive sum is dead.
define("keep_alive", { "map: value" }, { { "margin", "positive", 1 } }, function(m, o)
    map_of(m, "map")
    return mean_of_samples(relu(o.margin - prim.sum(m, 14)))
end)

-- GAIN (Li et al. 1802.10171): the image with the map's region taken out must not show its class.  model(image) gives
-- logits.
define("gain", { "model: function", "image: value", "map: value", "label: value" }, {}, function(model, image, m, label)
    local d = tools.image(image, "image")
    map_of(m, "map")
    labels_of(label)
    local mask = op("sigmoid", 10 * (tools.normalize(at_size(m, d), "max", 1e-6) - 0.5))
    local logits = prim.model(model, image * (1 - mask))
    if not prim.is_value(logits) or rank(reals(logits, "what model gives")) ~= 2 then
        fail("model gives %s, not logits [batch, classes]", text(logits))
    end
    local classes = dims(logits)[2]
    if classes > 0 and prim.classes(label) > classes then
        fail("label goes from 0 to %d, model gives %s", prim.classes(label) - 1, text(logits))
    end
    return mean_of_samples(prim.pick(tools.softmax(logits, 2), label))
end)

-- ---- weights of several losses --------------------------------------------------------------------------------------

-- A number that goes from `from` to `to` while the share of training done goes from start to stop; constant before and
-- after.
define("ramp", { "from: number", "to: number" },
       { { "start", "number", 0 }, { "stop", "number", 1 } }, function(from, to, o)
    if o.start < 0 or o.stop > 1 or o.start >= o.stop then
        fail("start is %g and stop is %g, not 0 <= start < stop <= 1", o.start, o.stop)
    end
    local share = (prim.progress() - o.start) * (1 / (o.stop - o.start))
    return from + (to - from) * op("minimum", op("maximum", share, 0), 1)
end)

-- Kendall et al. 1705.07115: the sum of exp(-s) loss + s; each loss has an s of its own, which is learned.
define("balance", { "losses: list" }, { { "name", "string" } }, function(losses, o)
    local n = #losses
    if n == 0 then fail("there are no losses in the list") end
    local s = prim.parameter({ n }, "weight", "constant", 0)
    local total
    for i = 1, n do
        local loss = losses[i]
        local single = prim.is_value(loss)
        for _, n in lua.ipairs(single and dims(reals(loss, "loss " .. i)) or {}) do single = single and n == 1 end
        if not single then fail("loss %d is %s, not a value of one element", i, text(loss)) end
        local own = number(prim.slice(s, 0, i - 1, 1))
        local term = op("exp", -own) * number(loss) + own
        total = total and total + term or term
    end
    return total
end)
