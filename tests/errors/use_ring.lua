use "parts/ring.lua"
