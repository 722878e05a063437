experiment { graph = "../net.lua", maps = { step = 7 } }
