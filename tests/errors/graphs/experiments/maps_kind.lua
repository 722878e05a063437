experiment { graph = "../net.lua", maps = { kind = "gradcam" } }
