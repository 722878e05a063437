experiment { graph = "../../add_mismatch.lua" }
