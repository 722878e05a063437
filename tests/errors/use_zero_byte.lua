use "parts/layers\0.lua"
