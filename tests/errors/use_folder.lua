use "parts/folder.lua"
