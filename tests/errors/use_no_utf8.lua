use "parts/\xff.lua"
