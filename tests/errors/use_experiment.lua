use "parts/experiment.lua"
