use "parts/unknown.lua"
