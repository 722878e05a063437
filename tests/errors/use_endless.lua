use "parts/endless.lua"
