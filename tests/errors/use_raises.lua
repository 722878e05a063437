use "parts/deeper.lua"
