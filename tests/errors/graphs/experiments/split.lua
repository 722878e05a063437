experiment { graph = "../net.lua", split = "val" }
