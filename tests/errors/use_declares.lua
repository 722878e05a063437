use "parts/declares.lua"
