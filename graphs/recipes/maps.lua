-- graphs/recipes/maps.lua   what is measured and kept of a network that is trained by its maps
return function(logits, label, map)
    metric("accuracy", equal(argmax(logits), label))
    metric("dead_maps", equal(sum(map, { "h", "w", "c" }, { keep = false }), 0))      -- the share of maps that are 0
    output("cam", resize(map, 28, 28, "bilinear"))                                    -- as large as the image
end
