experiment { graph = "../net.lua", split = "validation", set = { held = 0 } }
