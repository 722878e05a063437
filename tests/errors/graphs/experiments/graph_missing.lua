experiment { graph = "../nett.lua" }
