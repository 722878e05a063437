local ring = use "ring.lua"
return ring
