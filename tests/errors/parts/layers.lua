local function wide(x) return linear(x, 0) end
local function named(x) return linear(x, 10, { name = "fc" }) end
local function learn(x) minimize(mean(x)) end
return { wide = wide, named = named, learn = learn }
