local function f(n, ...) if n > 0 then return f(n - 1, ..., 1) end end
f(4000000)
x = input { 4 }
y = x * 2
