-- prelude_losses.lua - gather and scatter, scaling of maps, losses and similarities.

local prim = ...
local define, lua = prim.define, prim.lua
local math, table = lua.math, lua.table
local dims, text = prim.dims, prim.text
local tools = prim.tools
local fail, op, reals, rank, last = tools.fail, tools.op, tools.reals, tools.rank, tools.last
local none = {}

local function number(x) return prim.reshape(x, {}) end
local function mean_of_all(x) return number(prim.mean(x, (1 << rank(x)) - 1)) end

local function same_shape(a, b, name_a, name_b)
    local x, y = dims(reals(a, name_a or "a")), dims(reals(b, name_b or "b"))
    local fits = #x == #y
    for i = 1, #x do fits = fits and x[i] == y[i] end
    if not fits then fail("%s against %s: the shapes differ", text(a), text(b)) end
end

-- All axes but the batch, as a set.
local function of_sample(x)
    if rank(x) < 1 or dims(x)[1] ~= -1 then fail("x is %s, it has no batch axis in front", text(x)) end
    return (1 << rank(x)) - 2
end

local function per_sample(x)      -- [b, 1, ...] as [b]
    return prim.reshape(x, { dims(x)[1] })
end

-- ---- custom gradients -----------------------------------------------------------------------------------------------

-- forward(x...) gives y.  backward(d, x..., y) gives the gradients of x..., where d is the gradient of y.
define("custom", none, { { "forward", "any" }, { "backward", "any" } }, function(o)
    local forward, backward = o.forward, o.backward
    if lua.type(forward) ~= "function" then fail("forward is %s, not a function", text(forward)) end
    if lua.type(backward) ~= "function" then fail("backward is %s, not a function", text(backward)) end
    local words = { "a: value?", "b: value?", "c: value?", "d: value?", "e: value?", "f: value?" }
    return prim.closure("custom", words, none, function(...)
        local x, n = {}, 0
        for i = 1, #words do
            local value = lua.select(i, ...)
            if value == nil then break end
            x[i], n = value, i
        end
        if n == 0 then fail("it is called without a value") end
        local y = forward(table.unpack(x, 1, n))
        if not prim.is_value(y) then fail("forward gives %s, not a value", text(y)) end
        local d = prim.placeholder(reals(y, "what forward gives"))
        local all = { d }
        for i = 1, n do all[i + 1] = x[i] end
        all[n + 2] = y
        local given = table.pack(backward(table.unpack(all, 1, n + 2)))
        if given.n > n then fail("backward gives %d gradients for %d argument%s", given.n, n, n == 1 and "" or "s") end
        for i = 1, n do given[i] = given[i] or false end
        return prim.custom(y, x, d, given)
    end)
end)

-- ---- gather and scatter ---------------------------------------------------------------------------------------------

-- An index [n] picks whole rows along the axis.  An index of x's rank picks element by element, as torch.gather does.
local function whole_index(index, size)
    local n, numbers = dims(index), prim.numbers(index)
    if numbers and #numbers * size > 1 << 20 then
        fail("%d picks of %d elements are a table of more than 2^20 numbers", #numbers, size)
    end
    if prim.whole(index) then
        if prim.classes(index) > size then
            fail("index goes from 0 to %d, against %d places", prim.classes(index) - 1, size)
        end
        return n, prim.one_hot(index, size)
    end
    if not numbers then fail("index is %s, not whole numbers", text(index)) end
    local hot = {}
    for i, number in lua.ipairs(numbers) do
        if number ~= number // 1 or number < 0 or number >= size then
            fail("index holds %s, not whole numbers from 0 to %d", text(number), size - 1)
        end
        for k = 0, size - 1 do hot[#hot + 1] = k == number and 1 or 0 end
    end
    local shape = { table.unpack(n) }
    shape[#shape + 1] = size
    return n, prim.table(hot, shape)
end

-- Multiplies each row along the axis by m', for m [n, size].  The axis of the result has n elements.
local function along(x, axis, m)
    local d, order, back = dims(x), {}, {}
    if #d == 1 then return prim.reshape(prim.matmul(prim.reshape(x, { 1, d[1] }), m, false, true), { dims(m)[1] }) end
    for i = 1, #d do
        if i ~= axis + 1 then order[#order + 1] = i end
    end
    order[#d] = axis + 1
    for i = 1, #d do back[order[i]] = i end
    return prim.permute(prim.matmul(prim.permute(x, order), m, false, true), back)
end

define("gather", { "x: value", "index: value", "axis: axes" }, none, function(x, index, axis)
    local d, place = dims(reals(x)), tools.axis_number(x, axis)
    local size = d[place + 1]
    if size < 0 then fail("x is %s: the batch is no axis to pick from", text(x)) end
    local n, hot = whole_index(index, size)
    if #n == 1 and (#d > 1 or n[1] ~= size) then
        return along(x, place, hot)
    end
    if #n ~= #d then fail("index is %s: [n], or as many axes as x, %s", text(index), text(x)) end
    for i = 1, #d do
        if i ~= place + 1 and n[i] ~= d[i] then
            fail("index is %s, which differs from x, %s, before or behind axis %d", text(index), text(x), place + 1)
        end
    end
    -- The index [.., k, ..] is compared with every position along a new last axis.  x is turned: its axis comes last.
    local order, wide = {}, {}
    for i = 1, #d do
        if i ~= place + 1 then order[#order + 1] = i end
    end
    order[#order + 1] = place + 1
    local turned = prim.permute(x, order)
    local t = dims(turned)
    for i = 1, #d do
        if i == place + 1 then wide[i] = 1 end
    end
    local k = 1
    for i = 1, #d do
        if i ~= place + 1 then wide[i], k = t[k], k + 1 end
    end
    wide[#d + 1] = size
    -- `where`, not a product: an element that is not picked may be infinite
    return prim.drop(prim.sum(op("where", hot, prim.reshape(turned, wide), 0), 1 << #d), 1 << #d)
end)

define("scatter_add", { "x: value", "index: value", "size: count", "axis: axes" }, none, function(x, index, size, axis)
    local d, place = dims(reals(x)), tools.axis_number(x, axis)
    local n, hot = whole_index(index, size)
    if #n ~= 1 or n[1] ~= d[place + 1] then
        fail("index is %s, not one number for each of axis %d of %s", text(index), place + 1, text(x))
    end
    return along(x, place, prim.permute(hot, { 2, 1 }))
end)

define("cumsum", { "x: value", "axis: axes" }, none, function(x, axis)
    local place = tools.axis_number(x, axis)
    local size = dims(reals(x))[place + 1]
    if size < 0 then fail("x is %s: it can not be summed along the batch", text(x)) end
    if size > 1024 then fail("axis %d of x, %s, is longer than 1024", place + 1, text(x)) end
    local numbers = {}
    for i = 1, size do
        for k = 1, size do numbers[#numbers + 1] = k <= i and 1 or 0 end
    end
    return along(x, place, prim.table(numbers, { size, size }))
end)

define("runner_up", { "logits: value", "label: value" }, none, function(logits, label)
    if not prim.whole(label) then fail("label is %s, not labels", text(label)) end
    local d = dims(reals(logits, "logits"))
    if #d ~= 2 or d[2] < 0 then fail("logits is %s, not [batch, classes]", text(logits)) end
    if #dims(label) ~= 1 then fail("label is %s, not [batch]", text(label)) end
    if d[2] < 2 then fail("logits is %s: of one class there is no other", text(logits)) end
    if prim.classes(label) > d[2] then
        fail("label goes from 0 to %d, logits is %s", prim.classes(label) - 1, text(logits))
    end
    return prim.drop(prim.argmax(op("where", prim.one_hot(label, d[2]), -3e38, logits), 2), 2)
end)

-- ---- scaling of maps, per sample over all other axes ----------------------------------------------------------------

local kinds = {
    none = function(x) return x end,
    l2 = function(x, set, eps) return x * op("rsqrt", op("maximum", prim.sum(x * x, set), eps * eps)) end,
    l1 = function(x, set, eps) return x / op("maximum", prim.sum(op("abs", x), set), eps) end,
    sum = function(x, set, eps) return x / (prim.sum(x, set) + eps) end,
    max = function(x, set, eps) return x / op("maximum", prim.max(x, set), eps) end,
    min_max = function(x, set, eps)
        local low = -prim.max(-x, set)
        return (x - low) / op("maximum", prim.max(x, set) - low, eps)
    end,
    softmax = tools.softmax,
}

local function normalize(x, kind, eps, name)
    local f = kinds[kind]
    if not f then fail("%s is %s, not l2, l1, sum, max, min_max, softmax or none", name or "the kind", text(kind)) end
    return f(reals(x), of_sample(x), eps)
end
define("normalize", { "x: value", "kind: string" }, { { "eps", "positive", 1e-6 } },
       function(x, kind, o) return normalize(x, kind, o.eps) end)
tools.normalize = normalize

-- ---- losses ---------------------------------------------------------------------------------------------------------

define("binary_cross_entropy", { "logits: value", "target: value" }, none, function(logits, target)
    same_shape(logits, target, "logits", "target")
    -- log(1 + exp(x)) - x t, with the x of large logits taken out of the logarithm: rounding would leave nothing else.
    local above = op("greater", logits, 0)
    local left = op("softplus", op("where", above, -logits, logits))
    return mean_of_all(logits * op("where", above, 1 - target, -target) + left)
end)

define("huber", { "a: value", "b: value" }, { { "delta", "positive", 1 } }, function(a, b, o)
    same_shape(a, b)
    local d = a - b
    local size = op("abs", d)
    local near = op("less", size, o.delta)
    local square = op("where", near, d, 0)      -- of what is far it may be infinite, and its gradient no number
    return mean_of_all(op("where", near, 0.5 * square * square, o.delta * (size - 0.5 * o.delta)))
end)

-- ---- similarities [b] -----------------------------------------------------------------------------------------------

define("cosine_similarity", { "a: value", "b: value" }, none, function(a, b)
    same_shape(a, b)
    local set = of_sample(a)
    local function length(x) return op("sqrt", op("maximum", prim.sum(x * x, set), 1e-16)) end
    return per_sample(prim.sum(a * b, set) / (length(a) * length(b)))
end)

-- Wang et al. 2004: a Gaussian window that stays inside the image; C1 = (0.01 range)^2, C2 = (0.03 range)^2
local function ssim(a, b, o)
    same_shape(a, b)
    local d = tools.image(a, "a")
    local function rows(size)
        local n, weights, total = math.min(o.window, size), {}, 0
        for i = 0, n - 1 do
            weights[i] = math.exp(-(i - (n - 1) / 2) ^ 2 / (2 * o.sigma ^ 2))
            total = total + weights[i]
        end
        return tools.map_table(size - n + 1, size, function(i)
            local list = {}
            for k = 0, n - 1 do list[k + 1] = { i + k, weights[k] / total } end
            return list
        end)
    end
    local h, w = rows(d[2]), rows(d[3])
    local function blur(x) return tools.along_w(tools.along_h(x, h), w) end
    local mean_a, mean_b = blur(a), blur(b)
    local var_a, var_b, both =
        blur(a * a) - mean_a * mean_a, blur(b * b) - mean_b * mean_b, blur(a * b) - mean_a * mean_b
    local c1, c2 = (0.01 * o.range) ^ 2, (0.03 * o.range) ^ 2
    local map = (2 * mean_a * mean_b + c1) * (2 * both + c2)
        / ((mean_a * mean_a + mean_b * mean_b + c1) * (var_a + var_b + c2))
    return per_sample(prim.mean(map, 14))
end
define("ssim", { "a: value", "b: value" },
       { { "window", "count", 11 }, { "sigma", "positive", 1.5 }, { "range", "positive", 1 } }, ssim)
tools.ssim = ssim
