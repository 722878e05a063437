experiment { graph = "../net.lua" }
experiment { graph = "../net.lua", epochs = 2 }
