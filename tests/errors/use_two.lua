use("parts/layers.lua", "parts/layers.lua")
