use "parts/trains.lua"
