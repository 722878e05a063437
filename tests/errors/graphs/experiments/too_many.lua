local list = {}
for i = 1, 2000 do list[i] = 2 * i end
experiment { graph = "../net.lua", seeds = list, factors = { width = list } }
