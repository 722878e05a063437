experiment { graph = "../net.lua", factors = { head = { 1, 2 } } }
