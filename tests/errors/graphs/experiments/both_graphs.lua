experiment { graph = "../net.lua", graphs = { a = "../net.lua" } }
