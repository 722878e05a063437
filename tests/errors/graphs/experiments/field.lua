experiment { graph = "../net.lua", facotrs = { skip = { false, true } } }
