experiment { graph = "../net.lua", epochs = 0 }
