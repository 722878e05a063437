experiment { graph = "../net.lua", seeds = {} }
