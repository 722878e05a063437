experiment { graph = "../net.lua", epochs = 1000001 }
