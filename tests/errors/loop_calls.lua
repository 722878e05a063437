-- a call takes more than an instruction does
local function f(n) if n > 0 then return f(n - 1) end end
f(5000000)
x = input { 4 }
y = x * 2
