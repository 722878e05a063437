experiment { graph = "mlp.lua" }
