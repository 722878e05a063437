local net = use "parts/syntax.lua"
