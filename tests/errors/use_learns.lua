local layers = use "parts/layers.lua"
layers.learn(input { 4 })
