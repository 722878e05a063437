-- graphs/losses/rows.lua   what a contrastive loss compares, a row for each image: map, embedding or both
return function(of, map, features)
    local embedding = normalize(global_avg_pool(features), "l2")
    local rows = { map = flatten(map), embedding = embedding, both = concat({ flatten(map), embedding }, "c") }
    return rows[of] or error("what is compared is '" .. of .. "', not map, embedding or both")
end
