return use "raises.lua"
