use "parts/\27[2Jlayers.lua"
