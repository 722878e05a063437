experiment { graph = "../net.lua", seeds = { -1 } }
