experiment { graph = "../net.lua", seeds = { 1, 2.5 } }
