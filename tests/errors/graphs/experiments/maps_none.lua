experiment { graph = "../net.lua", maps = {} }
