return use "ring_2.lua"
