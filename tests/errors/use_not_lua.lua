use "parts/layers.txt"
