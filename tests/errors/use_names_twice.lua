use "parts/names_x.lua"
x = input { 5 }
