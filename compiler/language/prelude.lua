-- prelude.lua - the constructors of the graph language, written in the graph language.
--
-- prim has the primitives (compiler/language/primitives.c).  A block makes a constructor:
--
--     define(name, { "argument: kind", "optional: kind?" }, { { "option", "kind", default }, ... },
--            function(arguments..., o) ... end)
--
-- Arguments and options are checked, and defaults filled in, before the function runs.  The values that it makes and
-- the errors that it meets belong to the user's line.  Kinds: compiler/language/schema.c.

local prim = ...
local define, lua = prim.define, prim.lua
local math, ipairs, type, select, string, table = lua.math, lua.ipairs, lua.type, lua.select, lua.string, lua.table
local dims, text = prim.dims, prim.text
local none = {}

local function fail(format, ...) prim.error(string.format(format, ...)) end
local function op(name, ...) return prim.pointwise(name, ...) end
local function rank(x) return #dims(x) end
local function last(x) return 1 << (rank(x) - 1) end      -- the last axis, as a set of axes
local function reals(x, what)
    if prim.whole(x) then fail("%s is labels, not real numbers", what or "x") end
    return x
end

-- ---- pointwise ------------------------------------------------------------------------------------------------------

-- A constructor for each op whose block says that it is a word.
for _, word in ipairs(prim.words()) do
    local name, inputs, labels_too = word[1], word[2], word[3]
    if inputs == 1 then
        define(name, { "x: value" }, none, function(x) return op(name, reals(x)) end)
    else
        define(name, { "a: value", "b: value" }, none, function(a, b)
            if not labels_too then a, b = reals(a, "a"), reals(b, "b") end
            return op(name, a, b)
        end)
    end
end

define("where", { "condition: value", "a: value", "b: value" }, none, function(c, a, b) return op("where", c, a, b) end)
define("silu", { "x: value" }, none, function(x) return x * op("sigmoid", reals(x)) end)

define("gelu", { "x: value", "form: string?" }, none, function(x, form)
    reals(x)
    if form == "tanh" then return 0.5 * x * (1 + op("tanh", 0.7978845608028654 * (x + 0.044715 * x * x * x))) end
    if form then fail("form is '%s', not 'tanh'; the erf form is the default", form) end
    return 0.5 * x * (1 + op("erf", 0.7071067811865476 * x))
end)

define("clamp", { "x: value", "low: number?", "high: number?" }, none, function(x, low, high)
    if low and high and low > high then fail("low is %g, above high, %g", low, high) end
    -- The gradient passes wherever x itself is the result: between the bounds and on them.
    local y = reals(x)
    if low then y = op("where", op("less", x, low), low, y) end
    if high then y = op("where", op("greater", x, high), high, y) end
    return y
end)

-- The gradients are PyTorch's at the kinks too, of every order, so conditions are those that it takes: of x, not of
-- x + 3, which rounds to 6 below x = 3.

define("leaky_relu", { "x: value", "slope: number?" }, none, function(x, slope)
    return x * op("where", op("greater", reals(x), 0), 1, slope or 0.01)
end)

-- y between low and high, and these where x is at or beyond below and above.  No gradient flows on the bounds.
local function between(x, below, above, y, low, high)
    return op("where", op("less_equal", x, below), low, op("where", op("greater_equal", x, above), high, y))
end

define("relu6", { "x: value" }, none, function(x) return between(reals(x), 0, 6, x, 0, 6) end)
define("hardsigmoid", { "x: value" }, none, function(x) return between(reals(x), -3, 3, x + 3, 0, 6) / 6 end)
define("hardswish", { "x: value" }, none, function(x) return x * between(reals(x), -3, 3, x + 3, 0, 6) / 6 end)

-- ---- reductions -----------------------------------------------------------------------------------------------------

local keep_option = { { "keep", "boolean", true } }

local function reduction(name, f)
    define(name, { "x: value", "axes: axes?" }, keep_option, function(x, axes, o)
        local set = prim.axes(reals(x), axes)
        local y = f(x, set)
        return o.keep and y or prim.drop(y, set)
    end)
end

-- x - max(x), and max(x).  exp of the difference does not overflow.  No gradient flows through the maximum.
local function lowered(x, set)
    local m = op("stop_gradient", prim.max(x, set))
    return x - m, m
end

local function softmax(x, set)
    local e = op("exp", (lowered(x, set)))
    return e / prim.sum(e, set)
end

-- The maximum is not added back: a large one would round the logarithm away.
local function log_softmax(x, set)
    local low = lowered(x, set)
    return low - op("log", prim.sum(op("exp", low), set))
end

local function logsumexp(x, set)
    local m = op("stop_gradient", prim.max(x, set))
    m = op("where", op("less_equal", op("abs", m), 0x1.fffffep127), m, 0)      -- inf - inf would be no number
    return op("log", prim.sum(op("exp", x - m), set)) + m
end

reduction("sum", function(x, set) return prim.sum(x, set) end)
reduction("mean", function(x, set) return prim.mean(x, set) end)
reduction("norm", function(x, set) return prim.tools.safe_sqrt(prim.sum(x * x, set)) end)
reduction("logsumexp", logsumexp)

-- max(a, x) and min(a, x): pointwise for two values, else over axes
local function extreme(name, pointwise, over)
    define(name, { "a: value", "x: any?" }, keep_option, function(a, x, o)
        if prim.is_value(x) then return op(pointwise, reals(a, "a"), reals(x)) end
        if type(x) ~= "nil" and type(x) ~= "string" and type(x) ~= "number" and type(x) ~= "table" then
            fail("x is %s, not a value or axes", text(x))
        end
        local set = prim.axes(reals(a, "a"), x)
        local y = over(a, set)
        return o.keep and y or prim.drop(y, set)
    end)
end
extreme("max", "maximum", function(x, set) return prim.max(x, set) end)
extreme("min", "minimum", function(x, set) return -prim.max(-x, set) end)

local function one_axis(x, axis)
    if rank(x) == 0 then fail("x is one number, it has no axes") end
    local set = axis and prim.axes(x, axis) or last(x)
    if set & (set - 1) ~= 0 then fail("it takes one axis, not several") end
    return set
end

define("argmax", { "x: value", "axis: axes?" }, none, function(x, axis)
    local set = one_axis(reals(x), axis)
    return prim.drop(prim.argmax(x, set), set)
end)

define("softmax", { "x: value", "axis: axes?" }, none,
       function(x, axis) return softmax(x, one_axis(reals(x), axis)) end)
define("log_softmax", { "x: value", "axis: axes?" }, none,
       function(x, axis) return log_softmax(x, one_axis(reals(x), axis)) end)

-- ---- shape ----------------------------------------------------------------------------------------------------------

local function flatten(x)
    local d, n = dims(x), 1
    if #d == 0 then fail("x is one number, it has no batch axis") end
    for i = 2, #d do n = n * d[i] end
    return prim.reshape(x, { d[1], n })
end
define("flatten", { "x: value" }, none, flatten)

define("reshape", { "x: value", "shape: list" }, none, function(x, shape)
    if rank(x) == 0 then fail("x is one number, it has no batch axis") end
    local d = { dims(x)[1] }
    for i, n in ipairs(shape) do
        if math.type(n) ~= "integer" or n < 1 then
            fail("axis %d of the shape is %s, not a whole number above 0", i, text(n))
        end
        d[i + 1] = n
    end
    return prim.reshape(x, d)
end)

define("permute", { "x: value", "positions: list" }, none, function(x, positions) return prim.permute(x, positions) end)

-- The number, from 0, of the one axis that `axis` names.
local function axis_number(x, axis)
    local set, n = one_axis(x, axis), 0
    while set > 1 do set, n = set >> 1, n + 1 end
    return n
end

define("slice", { "x: value", "axis: axes", "first: int", "last: int" }, none, function(x, axis, first, last_one)
    if last_one < first then fail("last is %d, before first, %d", last_one, first) end
    return prim.slice(x, axis_number(x, axis), first - 1, last_one - first + 1)
end)

define("pad", { "x: value", "amounts: table", "value: number?" }, none, function(x, amounts, value)
    local by_axis, used = {}, 0
    for _, key in ipairs(prim.keys(amounts)) do
        local i = axis_number(x, key) + 1
        if by_axis[i] then fail("axis %d is named twice", i) end
        by_axis[i] = amounts[key]
    end
    for i = 1, rank(x) do
        local amount = by_axis[i]
        if amount then
            if type(amount) ~= "table" or #amount ~= 2
                or math.type(amount[1]) ~= "integer" or math.type(amount[2]) ~= "integer" then
                fail("the padding of axis %d is %s, not {before, after}", i, text(amount))
            end
            for k = 1, 2 do
                if amount[k] < 0 or amount[k] > 1 << 24 then
                    fail("the padding of axis %d is %d, not 0 to 16777216", i, amount[k])
                end
            end
            x, used = prim.pad(x, i - 1, amount[1], amount[2], value or 0), used + 1
        end
    end
    if used == 0 then fail("no axis is padded: say {h = {1, 1}} or {[2] = {1, 1}}") end
    return x
end)

define("concat", { "values: list", "axis: axes" }, none, function(values, axis)
    if not prim.is_value(values[1]) then fail("values is not a list of values") end
    return prim.concat(values, axis_number(values[1], axis))
end)

-- ---- products and picks ---------------------------------------------------------------------------------------------

define("matmul", { "a: value", "b: value" },
       { { "transpose_a", "boolean", false }, { "transpose_b", "boolean", false } }, function(a, b, o)
    local function raise(x, n)
        local d = dims(x)
        while #d < n do table.insert(d, 1, 1) end
        return prim.reshape(x, d)
    end
    local n = math.max(rank(a), rank(b))
    if rank(a) < 2 or rank(b) < 2 then fail("%s and %s, not two matrices", text(a), text(b)) end
    if rank(b) == 2 and not o.transpose_a then
        return prim.matmul(reals(a, "a"), reals(b, "b"), false, o.transpose_b)
    end
    return prim.matmul(raise(reals(a, "a"), n), raise(reals(b, "b"), n), o.transpose_a, o.transpose_b)
end)

define("pick", { "x: value", "index: value" }, none, function(x, index)
    if not prim.whole(index) then fail("index is %s, not labels", text(index)) end
    local d = dims(reals(x))
    local classes = prim.classes(index)
    if #d == #dims(index) + 1 and d[#d] > 0 and classes > d[#d] then
        fail("index goes from 0 to %d, the last axis of x, %s, to %d", classes - 1, text(x), d[#d] - 1)
    end
    return prim.pick(x, index)
end)

define("one_hot", { "label: value", "classes: count?" }, none, function(label, classes)
    if not prim.whole(label) then fail("label is %s, not labels", text(label)) end
    local n = classes or prim.classes(label)
    if n == 0 then fail("classes is missing: how many there are is known of labels() only") end
    if prim.classes(label) > n then fail("label goes from 0 to %d, classes is %d", prim.classes(label) - 1, n) end
    return prim.one_hot(label, n)
end)

define("grad", { "y: value", "x: any" }, none, function(y, x)
    if not prim.is_value(x) and type(x) ~= "table" then fail("x is %s, not a value or a list of values", text(x)) end
    if prim.whole(y) then fail("y is whole numbers, which have no gradient") end
    return prim.grad(y, x)
end)

-- ---- parameters -----------------------------------------------------------------------------------------------------

-- Returns kind and number of a weight's initial values.  fan_in and fan_out: inputs and outputs of a unit.
local function initial(init, fan_in, fan_out, default)
    if init == nil then return table.unpack(default) end
    if type(init) == "number" then
        if not (math.abs(init) < 3.4e38) then fail("init is %s, not a number that a float can hold", text(init)) end
        return "constant", init
    end
    if init == "zeros" then return "constant", 0 end
    if init == "ones" then return "constant", 1 end
    if init == "kaiming_normal" then return "normal", math.sqrt(2 / fan_in) end
    if init == "kaiming_uniform" then return "uniform", math.sqrt(6 / fan_in) end
    if init == "xavier_uniform" then return "uniform", math.sqrt(6 / (fan_in + fan_out)) end
    if init == "xavier_normal" then return "normal", math.sqrt(2 / (fan_in + fan_out)) end
    if init == "trunc_normal" then return "truncated", 0.02 end
    fail("init is %s, not kaiming_normal, kaiming_uniform, xavier_uniform, xavier_normal, trunc_normal, zeros, ones "
        .. "or a number", text(init))
end

define("param", { "shape: list" }, { { "init", "any" }, { "name", "string" } }, function(shape, o)
    local fan_in = 1
    for i = 1, #shape do
        if math.type(shape[i]) ~= "integer" or shape[i] < 1 then
            fail("axis %d of the shape is %s, not a whole number above 0", i, text(shape[i]))
        end
    end
    for i = 2, #shape do fan_in = fan_in * shape[i] end
    local kind, number = initial(o.init, fan_in, shape[1] or 1, { "uniform", 1 / math.sqrt(fan_in) })
    return prim.parameter(shape, nil, kind, number)
end)

-- constant(number or nested table) is a value.  constant{} and constant{warmup = share} are the schedule of that name.
define("constant", { "value: any" }, none, function(value)
    if type(value) == "table" and #value == 0 then
        for _, key in ipairs(prim.keys(value)) do
            if key ~= "warmup" then
                fail("%s is neither an element nor warmup", type(key) == "string" and "'" .. key .. "'" or text(key))
            end
        end
        local warmup = value.warmup or 0
        if type(warmup) ~= "number" or warmup < 0 or warmup >= 1 then
            fail("warmup is %s, not a number from 0 to below 1", text(warmup))
        end
        return prim.record { kind = "constant", warmup = warmup }
    end
    if type(value) == "number" then return prim.table({ value }, {}) end
    if type(value) ~= "table" then fail("the value is %s, not a number or a nested table", text(value)) end
    local shape, numbers, level = {}, {}, value
    while type(level) == "table" do shape[#shape + 1], level = #level, level[1] end
    local function walk(t, depth)
        if depth > #shape then numbers[#numbers + 1] = t return end
        if type(t) ~= "table" or #t ~= shape[depth] or prim.stray(t) then
            fail("the table's rows do not have one length")
        end
        for i = 1, #t do walk(t[i], depth + 1) end
    end
    walk(value, 1)
    return prim.table(numbers, shape)
end)

-- The functions that the other files of the prelude use.
local tools = { fail = fail, op = op, reals = reals, rank = rank, last = last, axis_number = axis_number,
                initial = initial, softmax = softmax, log_softmax = log_softmax }
prim.tools = tools

-- The square root, with derivatives of every order 0 at 0.
function tools.safe_sqrt(x)
    local zero = op("equal", x, 0)
    return op("where", zero, 0, op("sqrt", op("where", zero, 1, x)))
end

-- ---- layers ---------------------------------------------------------------------------------------------------------

-- weight: a value that the layer uses in place of a parameter of its own; it has the parameter's shape.
local layer_options = { { "bias", "boolean", true }, { "init", "any" }, { "weight", "any" }, { "name", "string" } }

local function weight_of(o, shape, kind, number)
    if o.weight == nil then return prim.parameter(shape, "weight", kind, number) end
    if not prim.is_value(o.weight) then fail("weight is %s, not a value", text(o.weight)) end
    local d, fits = dims(o.weight), true
    for i = 1, math.max(#d, #shape) do fits = fits and d[i] == shape[i] end
    if not fits then fail("weight is %s, not [%s]", text(o.weight), table.concat(shape, ", ")) end
    return o.weight
end
tools.weight_of = weight_of

define("linear", { "x: value", "n: count" }, layer_options, function(x, n, o)
    local d = dims(reals(x))
    if #d < 2 then fail("x is %s, it needs an axis of features behind the batch", text(x)) end
    local inputs = d[#d]
    if inputs < 0 then fail("x is %s: its last axis is the batch", text(x)) end
    local bound = 1 / math.sqrt(inputs)
    local kind, number = initial(o.init, inputs, n, { "uniform", bound })
    local weight = weight_of(o, { n, inputs }, kind, number)
    local y = prim.matmul(x, weight, false, true)
    if o.bias then y = y + prim.parameter({ n }, "bias", "uniform", bound) end
    return y
end)

local function image(x, name)
    name = name or "x"
    local d = dims(reals(x, name))
    if #d ~= 4 then fail("%s is %s, not [batch, h, w, c]", name, text(x)) end
    if d[2] < 0 or d[3] < 0 then
        fail("%s is %s: an image has a fixed height and width, not the batch", name, text(x))
    end
    return d
end
tools.image = image

-- padding = "same" | "valid" | n | {h, w}.  Returns the places added before and behind the image along axis i.
local function padding_of(padding, kernel, dilation, i)
    local reach = dilation * (kernel - 1)
    if padding == "same" then return reach // 2, reach - reach // 2 end
    if padding == "valid" then return 0, 0 end
    local n = padding
    if type(padding) == "table" and #padding == 2 and not prim.stray(padding) then n = padding[i] end
    if math.type(n) ~= "integer" or n < 0 then
        fail("padding is %s, not 'same', 'valid', a whole number or {h, w}", text(padding))
    end
    return n, n
end

local function convolution(x, weight, kernel, stride, padding, dilation, groups)
    local d, result, before = dims(x), {}, {}
    for i = 1, 2 do
        local a, b = padding_of(padding, kernel[i], dilation[i], i)
        local span = dilation[i] * (kernel[i] - 1) + 1
        if d[i + 1] + a + b > 1 << 16 then
            fail("the image is %d x %d, with its padding, %d and %d, longer than 65536", d[2], d[3], a, b)
        end
        if d[i + 1] + a + b < span then
            fail("the image is %d x %d, with its padding smaller than the kernel, %d x %d",
                 d[2], d[3], kernel[1], kernel[2])
        end
        result[i], before[i] = (d[i + 1] + a + b - span) // stride[i] + 1, a
    end
    return prim.node("conv2d", x, weight, { d[2], d[3], kernel[1], kernel[2], stride[1], stride[2],
        before[1], before[2], dilation[1], dilation[2], groups, result[1], result[2] })
end

define("conv2d", { "x: value", "channels: count" },
    { { "kernel", "extent", 3 }, { "stride", "extent", 1 }, { "padding", "any", "same" }, { "dilation", "extent", 1 },
      { "groups", "count", 1 }, { "bias", "boolean", true }, { "init", "any" }, { "weight", "any" },
      { "name", "string" } },
    function(x, channels, o)
        local inputs = image(x)[4]
        if inputs < 0 then fail("x is %s: its channels are the batch", text(x)) end
        if inputs % o.groups ~= 0 or channels % o.groups ~= 0 then
            fail("groups is %d, which does not divide %d channels in and %d out", o.groups, inputs, channels)
        end
        local area = o.kernel[1] * o.kernel[2]
        local fan_in, fan_out = inputs // o.groups * area, channels * area   -- as PyTorch counts them
        local kind, number = initial(o.init, fan_in, fan_out, { "uniform", 1 / math.sqrt(fan_in) })
        local weight = weight_of(o, { channels, inputs // o.groups, o.kernel[1], o.kernel[2] }, kind, number)
        local y = convolution(x, weight, o.kernel, o.stride, o.padding, o.dilation, o.groups)
        if o.bias then y = y + prim.parameter({ channels }, "bias", "uniform", 1 / math.sqrt(fan_in)) end
        return y
    end)

define("dropout", { "x: value", "p: share" }, none, function(x, p)
    if p == 0 then return reals(x) end
    local kept = op("greater_equal", prim.random(reals(x)), p)
    return op("where", prim.training(), op("where", kept, x * (1 / (1 - p)), 0), x)
end)

-- ---- pooling --------------------------------------------------------------------------------------------------------

-- The number of windows that fit along one axis, as in PyTorch.  With ceil the last window may end outside, if it
-- starts inside the image or the padding before it.
local function windows(size, kernel, stride, padding, ceil)
    if 2 * padding > kernel then fail("padding is %d, more than half of the window, %d", padding, kernel) end
    if size + 2 * padding < kernel then fail("the image has %d rows or columns, the window %d", size, kernel) end
    local n = (size + 2 * padding - kernel + (ceil and stride - 1 or 0)) // stride + 1
    if ceil and (n - 1) * stride >= size + padding then n = n - 1 end
    return n
end

local function pooling(name, f, option)
    define(name, { "x: value", "k: any" },
           { { "stride", "extent" }, { "padding", "pair", 0 }, { "ceil", "boolean", false }, option }, function(x, k, o)
        local d = image(x)
        local kernel = type(k) == "table" and k or { k, k }
        for i = 1, 2 do
            local whole = math.type(kernel[i]) == "integer" and kernel[i] >= 1
            if not whole or #kernel ~= 2 or prim.stray(kernel) then
                fail("k is %s, not a whole number above 0 or {h, w} of them", text(k))
            end
        end
        local stride = o.stride or kernel
        local h = windows(d[2], kernel[1], stride[1], o.padding[1], o.ceil)
        local w = windows(d[3], kernel[2], stride[2], o.padding[2], o.ceil)
        return f(x, { kernel[1], kernel[2], stride[1], stride[2], o.padding[1], o.padding[2], h, w, d[2], d[3] }, o)
    end)
end

pooling("max_pool", function(x, window)
    return prim.node("window_gather", x, prim.node("window_argmax", x, nil, window), window)
end)

-- The places that count in each of n windows along one axis: those inside the image, and with padding_too those inside
-- its padding.
local function counted(n, k, stride, padding, size, padding_too)
    local counts, all = {}, true
    for i = 0, n - 1 do
        local first = i * stride - padding
        local c = padding_too and math.min(k, size + padding - first) or math.min(first + k, size) - math.max(first, 0)
        counts[i + 1], all = c, all and c == k
    end
    return counts, all
end

pooling("avg_pool", function(x, window, o)
    local kh, kw, sh, sw, ph, pw, oh, ow, h, w = table.unpack(window)
    local padding_too = o.count_include_pad ~= false
    local rows, all_rows = counted(oh, kh, sh, ph, h, padding_too)
    local columns, all_columns = counted(ow, kw, sw, pw, w, padding_too)
    local y, counts = prim.node("window_sum", x, nil, window), {}
    if all_rows and all_columns then return y / (kh * kw) end
    for i = 1, oh do
        for j = 1, ow do counts[#counts + 1] = rows[i] * columns[j] end
    end
    return y / prim.table(counts, { 1, oh, ow, 1 })
end, { "count_include_pad", "boolean", unset = true })

define("global_avg_pool", { "x: value" }, none, function(x)
    local d = image(x)
    return prim.reshape(prim.mean(x, 6), { d[1], d[4] })
end)

-- ---- losses ---------------------------------------------------------------------------------------------------------

local function mean_of_all(x) return prim.mean(x, (1 << rank(x)) - 1) end
local function number(x) return prim.reshape(x, {}) end

local function same_shape(a, b, name_a, name_b)
    local x, y = dims(reals(a, name_a or "a")), dims(reals(b, name_b or "b"))
    local fits = #x == #y
    for i = 1, #x do fits = fits and x[i] == y[i] end
    if not fits then fail("%s against %s: the shapes differ", text(a), text(b)) end
end

define("mse", { "a: value", "b: value" }, none, function(a, b)
    same_shape(a, b)
    local d = a - b
    return number(mean_of_all(d * d))
end)

define("l1", { "a: value", "b: value" }, none, function(a, b)
    same_shape(a, b)
    return number(mean_of_all(op("abs", a - b)))
end)

-- Labels: -log softmax(x)[label].  Soft targets: -sum(t log softmax x).  With class weights the mean is weighted: it is
-- divided by the sum of the weights used.
define("cross_entropy", { "logits: value", "target: value" },
       { { "label_smoothing", "share", 0 }, { "weight", "any" } }, function(logits, target, o)
    local d = dims(reals(logits, "logits"))
    if #d ~= 2 or d[2] < 0 then fail("logits is %s, not [batch, classes]", text(logits)) end
    local classes, smooth, weight = d[2], o.label_smoothing, o.weight
    if weight ~= nil and not prim.is_value(weight) then
        if type(weight) ~= "table" or #weight ~= classes then
            fail("weight is %s, not %d numbers", text(weight), classes)
        end
        weight = prim.table(weight, { classes })
    elseif weight ~= nil then
        local w = dims(reals(weight, "weight"))
        if #w ~= 1 or w[1] ~= classes then fail("weight is %s, not [%d]", text(weight), classes) end
    end
    if prim.whole(target) then
        local n = prim.classes(target)
        if n > classes then fail("logits has %d classes, the labels have %d", classes, n) end
        if #dims(target) ~= 1 then fail("target is %s, not [batch]", text(target)) end
        if smooth == 0 and not weight then
            local low = lowered(logits, 2)
            local total = prim.reshape(op("log", prim.sum(op("exp", low), 2)), { d[1] })
            return number(mean_of_all(total - prim.pick(low, target)))
        end
        local hot, low = prim.one_hot(target, classes), log_softmax(logits, 2)
        -- `where`, not a product: logits of other classes may be infinite, as masked ones are.
        local terms = smooth == 0 and op("where", hot, low, 0) or (hot * (1 - smooth) + smooth / classes) * low
        if not weight then return number(-prim.sum(terms, 3) / prim.sum(hot, 3)) end
        return number(-prim.sum(terms * weight, 3) / prim.sum(hot * weight, 3))
    end
    same_shape(logits, target, "logits", "target")
    if smooth > 0 then target = target * (1 - smooth) + smooth / classes end
    local terms = target * log_softmax(logits, 2)
    if weight then terms = terms * weight end
    return number(mean_of_all(prim.sum(-terms, 2)))
end)

-- ---- inputs and statements ------------------------------------------------------------------------------------------

define("input", { "shape: list" }, none, function(shape) return prim.input(shape) end)
define("labels", { "classes: count" }, none, function(classes) return prim.input(nil, classes) end)
define("mask", { "image: value" }, none, function(image) return prim.field("mask", image) end)
define("view", { "image: value", "n: int" }, none, function(image, n)
    if n ~= 1 and n ~= 2 then fail("n is %d, not 1, the image itself, or 2, its second view", n) end
    return n == 1 and image or prim.field("view", image)
end)
define("sample_number", none, none, function() return prim.field("sample_number") end)
define("minimize", { "loss: value" }, none, function(loss) prim.minimize(loss) end)
define("metric", { "name: string", "x: value" }, none, function(name, x) prim.metric(name, x) end)
define("output", { "name: string", "x: value" }, none, function(name, x) prim.output(name, x) end)

-- ---- training -------------------------------------------------------------------------------------------------------

local function record(kind, options, check)
    define(kind, none, options, function(o)
        if check then check(o) end
        o.kind = kind
        return prim.record(o)
    end)
end

-- The list as text: "'a', 'b' or 'c'", each word by the format `form`.
local function alternatives(list, form)
    local quoted = {}
    for i, word in ipairs(list) do quoted[i] = string.format(form, word) end
    local final = table.remove(quoted)
    return #quoted > 0 and table.concat(quoted, ", ") .. " or " .. final or final
end

local function one_of(name, word, words)
    for _, known in ipairs(words) do
        if word == known then return end
    end
    fail("%s is '%s', not %s", name, word, alternatives(words, "'%s'"))
end

-- The schema with one option, betas, in place of beta1 and beta2.
local function with_betas(schema)
    local rows, b1 = {}, nil
    for _, row in ipairs(schema) do
        if row[1] == "beta1" then b1 = row[3]
        elseif row[1] == "beta2" then rows[#rows + 1] = { "betas", "table", { b1, row[3] } }
        else rows[#rows + 1] = row end
    end
    return rows
end

local function check_optimizer(o)
    local b = o.betas
    local function good(x) return type(x) == "number" and x >= 0 and x < 1 end
    if b then
        if type(b) ~= "table" or #b ~= 2 or not good(b[1]) or not good(b[2]) then
            fail("betas is %s, not two numbers from 0 to below 1", text(b))
        end
        o.beta1, o.beta2 = b[1], b[2]
    end
    if o.decay then one_of("decay", o.decay, { "weights", "all" }) end
    if o.nesterov and o.momentum == 0 then fail("nesterov needs momentum above 0") end
end

local optimizers, schedules = prim.optimizers(), prim.makers("schedule")
for _, name in ipairs(optimizers) do record(name, with_betas(prim.optimizer(name)), check_optimizer) end

-- A schedule: its options are the rows of the schedules' schema that `settings` names.
local function schedule(name, settings, check)
    local rows = {}
    for i, setting in ipairs(settings) do
        for _, row in ipairs(prim.settings("schedule")) do
            if row[1] == setting then rows[i] = row end
        end
    end
    record(name, rows, check)
end

schedule("step", { "every", "factor", "warmup" })
schedule("cosine", { "warmup", "final" })
schedule("one_cycle", { "peak" }, function(o)
    if not o.peak then fail("peak is missing: the highest learning rate") end
end)

local augment_options = prim.settings("augment")

local function augment_of(augment)
    if not augment then return nil end                     -- false too, as `option.on and { ... }` gives it
    local o = prim.options("augment", augment, augment_options)
    if o.rotate > 180 then fail("augment.rotate is %g, not 0 to 180 degrees", o.rotate) end
    return o
end

-- Returns { n, mean, sd }.  The lists have n numbers: one for all channels, or one for each.
local function normalize_of(normalize)
    if not normalize then return nil end
    if normalize == true then return { by_name = true, n = 0 } end
    if type(normalize) ~= "table" then fail("normalize is %s, not true or { mean = , sd = }", text(normalize)) end
    local o = prim.options("normalize", normalize, { { "mean", "any", 0 }, { "sd", "any", 1 } })
    local n = math.max(type(o.mean) == "table" and #o.mean or 1, type(o.sd) == "table" and #o.sd or 1)
    local function list(name, x, least)
        if type(x) ~= "table" then x = { x } end
        if #x ~= 1 and #x ~= n then
            fail("normalize.%s has %d numbers, not %s", name, #x, n > 1 and "1 or " .. n or "1")
        end
        local numbers = {}
        for i = 1, n do
            local number = #x == 1 and x[1] or x[i]
            if type(number) ~= "number" or not (number >= least and math.abs(number) <= 1e30) then
                fail("normalize.%s is %s, not %s",
                     name, text(number), least > 0 and "numbers from 1e-30 to 1e30" or "finite numbers")
            end
            numbers[i] = number
        end
        return numbers
    end
    return { n = n, mean = list("mean", o.mean, -1e30), sd = list("sd", o.sd, 1e-30) }
end

-- balanced{classes = P, per_class = K} or balanced{P, K}: batches of P classes with K images each
define("balanced", { "sizes: table" }, none, function(sizes)
    if #sizes > 0 then
        if #sizes ~= 2 or prim.stray(sizes) then
            fail("it takes {classes, per_class} or {classes = , per_class = }, not %s", text(sizes))
        end
        sizes = { classes = sizes[1], per_class = sizes[2] }
    end
    local o = prim.options("balanced", sizes, (prim.settings("sampler")))
    if not o.classes or not o.per_class then fail("%s is missing", o.classes and "per_class" or "classes") end
    return prim.record { kind = "balanced", classes = o.classes, per_class = o.per_class }
end)

local function sampler_of(sampler, batch)
    if not sampler or sampler == "shuffle" then return nil end
    local o = prim.fields(sampler)
    if not o or o.kind ~= "balanced" then fail("sampler is %s, not 'shuffle' or balanced{}", text(sampler)) end
    if o.classes * o.per_class ~= batch then
        fail("sampler draws %d classes with %d images each, %d in all, batch is %d",
             o.classes, o.per_class, o.classes * o.per_class, batch)
    end
    return o
end

-- The fields of the record `value`, which one of these constructors must have made.
local function made_by(name, value, makers)
    local o, known = prim.fields(value), false
    for _, maker in ipairs(makers) do known = known or (o and o.kind == maker) end
    if not known then fail("%s is %s, not %s", name, text(value), alternatives(makers, "%s{}")) end
    return o
end

-- Patterns of names of parameters; they are looked up when all of these are known.
local function freeze_of(freeze)
    if not freeze then return nil end
    if type(freeze) ~= "table" or prim.stray(freeze) then
        fail("freeze is %s, not a list of names such as { \"stages.1.*\" }", text(freeze))
    end
    for i = 1, #freeze do
        if type(freeze[i]) ~= "string" or not prim.is_pattern(freeze[i]) then
            fail("freeze: element %d is %s, not a name, in which * stands for any characters", i, text(freeze[i]))
        end
    end
    return table.concat(freeze, ",")
end

local train_options, train_words = prim.settings()

define("train", none, train_options, function(o)
    if o.views ~= 1 and o.views ~= 2 then fail("views is %s, not 1 or 2", text(o.views)) end
    o.sampler = sampler_of(o.sampler, o.batch)
    o.freeze = freeze_of(o.freeze)
    o.augment, o.normalize = augment_of(o.augment), normalize_of(o.normalize)
    o.optimizer = made_by("optimizer", o.optimizer, optimizers)
    o.schedule = o.schedule == nil and { kind = "constant" } or made_by("schedule", o.schedule, schedules)
    if o.batch > 65536 then fail("batch is %d, against at most 65536", o.batch) end
    for _, row in ipairs(train_options) do
        if train_words[row[1]] then one_of(row[1], o[row[1]], train_words[row[1]]) end
    end
    prim.train(o)
end)
