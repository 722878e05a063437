local net = use "parts/none.lua"
