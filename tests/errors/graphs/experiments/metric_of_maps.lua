experiment { graph = "../net.lua", compare = "energy_in_object" }
