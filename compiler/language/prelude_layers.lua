-- prelude_layers.lua - normalisation, scaling, stochastic depth, transposed convolution, resizing.

local prim = ...
local define, lua = prim.define, prim.lua
local math, ipairs, table = lua.math, lua.ipairs, lua.table
local dims, text = prim.dims, prim.text
local tools = prim.tools
local fail, op, reals, rank, last, initial, image =
    tools.fail, tools.op, tools.reals, tools.rank, tools.last, tools.initial, tools.image
local none = {}

local function channels_of(x)
    local d = dims(reals(x, "x"))
    if #d < 2 then fail("x is %s, it needs an axis of channels behind the batch", text(x)) end
    if d[#d] < 0 then fail("x is %s: its channels are the batch", text(x)) end
    return d[#d], d
end

-- ---- normalisation --------------------------------------------------------------------------------------------------

-- Returns (x - mean) / sqrt(var + eps), mean and var over a set of axes.  The variance is the biased one.
local function standardize(x, set, eps)
    local mean = prim.mean(x, set)
    local centred = x - mean
    local variance = prim.mean(centred * centred, set)
    return centred * op("rsqrt", variance + eps), mean, variance
end

-- y * weight + bias, one weight and bias a channel; with affine = false, y itself.
local function affine(y, c, o)
    if o.affine == false then return y end
    local weight = prim.parameter({ c }, "weight", "constant", 1)
    return y * weight + prim.parameter({ c }, "bias", "constant", 0)
end

local function norm_options(eps)
    return { { "eps", "positive", eps }, { "affine", "boolean", unset = true }, { "name", "string" } }
end

-- The mean and the variance of each channel, in one pass over memory: each sample has a mean and a sum of squares about
-- it of its own, while it is at hand, and these are put together (Chan, Golub and LeVeque 1983).
local function statistics_of(x)
    local set, places = last(x) - 2, prim.count(x, last(x) - 2)
    if set == 0 then return prim.mean(x, 1), prim.mean((x - prim.mean(x, 1)) * (x - prim.mean(x, 1)), 1) end
    local own = prim.mean(x, set)
    local squares, mean = prim.sum((x - own) * (x - own), set), prim.mean(own, 1)
    return mean, prim.mean(squares / places + (own - mean) * (own - mean), 1)
end

-- (x - mean) / sqrt(var + eps) * weight + bias.  Its gradient takes two sums over the batch: those that are the
-- gradients of bias and weight.  own: mean and var are those of x itself, and move with it.
local function normalized(x, mean, variance, eps, weight, bias, own)
    local set, n, c = last(x) - 1, prim.count(x, last(x) - 1), prim.dims(x)[rank(x)]
    local scale = op("rsqrt", variance + eps)
    local unit = (x - mean) * scale
    local y = weight and unit * weight + bias or unit
    local d = prim.placeholder(y)
    local d_bias, d_weight = prim.sum(d, set), prim.sum(d * unit, set)
    local d_x = (d - op("where", own, (d_bias + unit * d_weight) / n, 0)) * (weight and scale * weight or scale)
    if not weight then return prim.custom(y, { x }, d, { d_x }) end
    return prim.custom(y, { x, weight, bias }, d, { d_x, prim.reshape(d_weight, { c }), prim.reshape(d_bias, { c }) })
end

-- Statistics are per channel, over the batch and all places.  Evaluation uses the running ones, which a step moves as
-- PyTorch does: their variance is divided by n - 1.
local batch_norm_options = norm_options(1e-5)
batch_norm_options[#batch_norm_options + 1] = { "momentum", "share", 0.1 }
define("batch_norm", { "x: value" }, batch_norm_options, function(x, o)
    local c = channels_of(x)
    local set = last(x) - 1
    local weight, bias
    if o.affine ~= false then
        weight, bias = prim.parameter({ c }, "weight", "constant", 1), prim.parameter({ c }, "bias", "constant", 0)
    end
    local running_mean, running_var = prim.state({ c }, "running_mean", 0), prim.state({ c }, "running_var", 1)
    local mean, variance = statistics_of(x)
    local n, m = prim.count(x, set), o.momentum
    local unbiased = variance * (n / op("maximum", n - 1, 1))
    local function moved(state, value)
        prim.update(state, (1 - m) * prim.latest(state) + m * prim.reshape(op("stop_gradient", value), { c }))
    end
    moved(running_mean, mean)
    moved(running_var, unbiased)
    local own = prim.statistics()
    return normalized(x, op("where", own, mean, running_mean), op("where", own, variance, running_var), o.eps, weight,
                      bias, own)
end)

define("layer_norm", { "x: value" }, norm_options(1e-6), function(x, o)
    local c = channels_of(x)
    local y = standardize(x, last(x), o.eps)
    return affine(y, c, o)
end)

define("instance_norm", { "x: value" }, norm_options(1e-5), function(x, o)
    local c = channels_of(x)
    local set = last(x) - 2
    if set <= 0 then fail("x is %s, it needs axes between the batch and the channels", text(x)) end
    local y = standardize(x, set, o.eps)
    return affine(y, c, o)
end)

define("group_norm", { "x: value", "groups: count" }, norm_options(1e-5), function(x, groups, o)
    local c, d = channels_of(x)
    if c % groups ~= 0 then fail("groups is %d, which does not divide %d channels", groups, c) end
    local places = 1
    for i = 2, #d - 1 do places = places * d[i] end
    local y = standardize(prim.reshape(x, { d[1], places, groups, c // groups }), 2 + 8, o.eps)
    return affine(prim.reshape(y, d), c, o)
end)

-- Global response normalisation (ConvNeXt V2).  It is the identity before training.
define("grn", { "x: value" }, { { "eps", "positive", 1e-6 }, { "name", "string" } }, function(x, o)
    local c = image(x)[4]
    local weight, bias = prim.parameter({ c }, "weight", "constant", 0), prim.parameter({ c }, "bias", "constant", 0)
    local g = tools.safe_sqrt(prim.sum(x * x, 6))
    return weight * (x * (g / (prim.mean(g, 8) + o.eps))) + bias + x
end)

define("layer_scale", { "x: value" }, { { "init", "any", 1e-6 }, { "name", "string" } }, function(x, o)
    local c = channels_of(x)
    local kind, number = initial(o.init, c, c)
    return x * prim.parameter({ c }, "weight", kind, number)
end)

-- ---- stochastic depth -----------------------------------------------------------------------------------------------

define("drop_path", { "x: value", "p: share" }, none, function(x, p)
    if p == 0 then return reals(x) end
    local one = { dims(reals(x))[1] }
    for i = 2, rank(x) do one[i] = 1 end
    local kept = op("greater_equal", prim.random(one), p)
    return op("where", prim.training(), op("where", kept, x * (1 / (1 - p)), 0), x)
end)

-- ---- transposed convolution -----------------------------------------------------------------------------------------

define("conv_transpose2d", { "x: value", "channels: count" },
    { { "kernel", "extent", 2 }, { "stride", "extent", 1 }, { "padding", "pair", 0 },
      { "output_padding", "pair", unset = 0 }, { "dilation", "extent", unset = 1 }, { "groups", "count", 1 },
      { "bias", "boolean", true }, { "init", "any" }, { "weight", "any" }, { "name", "string" } },
    function(x, channels, o)
        local d, size = image(x), {}
        if d[4] < 0 then fail("x is %s: its channels are the batch", text(x)) end
        local inputs, kernel, stride, padding, beyond, dilation =
            d[4], o.kernel, o.stride, o.padding, o.output_padding or { 0, 0 }, o.dilation or { 1, 1 }
        if inputs % o.groups ~= 0 or channels % o.groups ~= 0 then
            fail("groups is %d, which does not divide %d channels in and %d out", o.groups, inputs, channels)
        end
        for i = 1, 2 do
            if beyond[i] >= math.max(stride[i], dilation[i]) then
                fail("output_padding is %d, against a stride of %d and a dilation of %d: it must be smaller than one "
                    .. "of them", beyond[i], stride[i], dilation[i])
            end
            local whole = (d[i + 1] - 1) * stride[i] + dilation[i] * (kernel[i] - 1) + 1 + beyond[i]
            if whole > 1 << 16 then
                fail("the result has %d rows or columns, against at most 65536 before its padding is taken off", whole)
            end
            size[i] = whole - 2 * padding[i]
            if size[i] < 1 then
                fail("padding is %d, which leaves nothing of an image of %d x %d", padding[i], d[2], d[3])
            end
        end
        local fan = channels // o.groups * kernel[1] * kernel[2]
        local kind, number = initial(o.init, fan, inputs * kernel[1] * kernel[2], { "uniform", 1 / math.sqrt(fan) })
        local weight = tools.weight_of(o, { inputs, channels // o.groups, kernel[1], kernel[2] }, kind, number)
        local y = prim.node("conv2d_grad_input", x, weight, { size[1], size[2], kernel[1], kernel[2],
            stride[1], stride[2], padding[1], padding[2], dilation[1], dilation[2], o.groups, d[2], d[3] })
        if o.bias then y = y + prim.parameter({ channels }, "bias", "uniform", 1 / math.sqrt(fan)) end
        return y
    end)

-- ---- resizing -------------------------------------------------------------------------------------------------------

-- The matrix [n, size] of a linear map along one axis of `size` elements.  weights(i) gives the entries of row i that
-- are not 0: a list of {position, weight}.
local function map_table(n, size, weights)
    local numbers = {}
    if n * size > 1 << 20 then fail("a map from %d to %d elements is a table of more than 2^20 numbers", size, n) end
    for i = 1, n * size do numbers[i] = 0 end
    for i = 0, n - 1 do
        for _, w in ipairs(weights(i)) do numbers[i * size + w[1] + 1] = numbers[i * size + w[1] + 1] + w[2] end
    end
    return prim.table(numbers, { n, size })
end

-- y[b, i, w, c] = sum over h of rows[i][h] x[b, h, w, c], and the same along w
local function along_h(x, rows)
    local d, n, size = dims(x), table.unpack(dims(rows))
    local y = prim.matmul(prim.reshape(rows, { 1, n, size }), prim.reshape(x, { d[1], d[2], d[3] * d[4] }),
                          false, false)
    return prim.reshape(y, { d[1], n, d[3], d[4] })
end
local function along_w(x, rows)
    local d, n, size = dims(x), table.unpack(dims(rows))
    if d[4] == 1 then
        return prim.reshape(prim.matmul(prim.reshape(x, { d[1], d[2], d[3] }), rows, false, true), { d[1], d[2], n, 1 })
    end
    local y = prim.matmul(prim.reshape(rows, { 1, n, size }), prim.reshape(x, { d[1] * d[2], d[3], d[4] }),
                          false, false)
    return prim.reshape(y, { d[1], d[2], n, d[4] })
end

-- The number of the element, of `size`, that is nearest to output i of n, by kind.  nearest: half-pixel centres.
-- nearest_floor: floor(i * size / n), with factor and product rounded to float, as PyTorch's nearest has it.
local nearest = {
    nearest = function(i, n, size) return math.min((2 * i + 1) * size // (2 * n), size - 1) end,
    nearest_floor = function(i, n, size)
        return math.min(math.floor(prim.float(i * prim.float(size / n))), size - 1)
    end,
}

-- Returns low and share: output i of n lies between element low of `size` and the next one, of which it takes that
-- share.  Half-pixel centres: it lies at (i + 1/2) size / n - 1/2, held inside the input.  align_corners: it lies at
-- i (size - 1) / (n - 1), a single output at 0.
local function between(i, n, size, align_corners)
    if align_corners then
        if n == 1 then return 0, 0 end
        return i * (size - 1) // (n - 1), i * (size - 1) % (n - 1) / (n - 1)
    end
    local at = math.max((i + 0.5) * size / n - 0.5, 0)
    local low = math.min(math.floor(at), size - 1)
    return low, at - low
end

local function resize_rows(n, size, kind, align_corners)
    return map_table(n, size, function(i)
        if nearest[kind] then return { { nearest[kind](i, n, size), 1 } } end
        local low, share = between(i, n, size, align_corners)
        return { { low, 1 - share }, { math.min(low + 1, size - 1), share } }
    end)
end

-- The nearest elements along axis i as a view.  nil when there is no such view: each element must be repeated equally
-- often, or stand equally far from the one before.
local function evenly(x, i, n, kind)
    local d, up = dims(x), n > dims(x)[i]
    local size, k = d[i], up and n // d[i] or d[i] // n
    if (up and n % size or size % n) ~= 0 or math.max(n, size) > 1 << 16 then return nil end
    local first = nearest[kind](0, n, size)
    for p = 1, n - 1 do
        if nearest[kind](p, n, size) ~= (up and p // k or first + p * k) then return nil end
    end
    local split, wide = {}, {}               -- the axis becomes two, size and k or n and k
    for axis = 1, #d do table.insert(split, axis == i and math.min(n, size) or d[axis]) end
    table.insert(split, i + 1, up and 1 or k)
    for axis = 1, #split do wide[axis] = axis == i + 1 and k or split[axis] end
    d[i] = n
    local y = prim.reshape(x, split)
    return prim.reshape(up and prim.broadcast(y, wide) or prim.slice(y, i, first, 1), d)
end

local function resize(x, h, w, kind, align_corners)
    local d, to = image(x), { nil, h, w }
    for i, along in ipairs { along_h, along_w } do
        local n, size = to[i + 1], d[i + 1]
        if n ~= size then
            x = nearest[kind] and evenly(x, i + 1, n, kind) or along(x, resize_rows(n, size, kind, align_corners))
        end
    end
    return x
end

define("resize", { "x: value", "h: count", "w: count", "kind: string" },
       { { "align_corners", "boolean", unset = false } }, function(x, h, w, kind, o)
    if not nearest[kind] and kind ~= "bilinear" then
        fail("the kind is %s, not 'nearest', 'nearest_floor' or 'bilinear'", text(kind))
    end
    if o.align_corners and kind ~= "bilinear" then
        fail("align_corners is true, which is of 'bilinear' alone, not of '%s'", kind)
    end
    return resize(x, h, w, kind, o.align_corners)
end)

tools.along_h, tools.along_w, tools.map_table, tools.resize = along_h, along_w, map_table, resize
