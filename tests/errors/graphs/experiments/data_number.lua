experiment { graph = "../net.lua", data = 3 }
