experiment { graph = "../net.lua", design = "grid" }
