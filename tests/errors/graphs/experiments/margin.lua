experiment { graph = "../net.lua", margin = -0.1 }
