use "use_itself.lua"
