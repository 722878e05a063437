experiment { graph = "../net.lua", set = { width = 8 }, factors = { width = { 8, 16 } } }
