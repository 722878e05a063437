-- a table that holds itself
local t = {1}
t[1] = t
y = constant(t)
