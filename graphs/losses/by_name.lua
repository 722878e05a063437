-- graphs/losses/by_name.lua   the objectives of graphs/objectives by name, for any network
--
--     local term, map = use "losses/by_name.lua" ("reconstruction", model, option)
--
-- model has image, label, logits, features, and net(x), which gives logits and features of another image.  The options
-- are kind, a constructor of the CAM family, distance and temperature.  Beside the term comes the map of the true
-- class, scaled as the objective wants it.
local kinds = { grad_cam = grad_cam, grad_cam_elementwise = grad_cam_elementwise, hirescam = hirescam,
                layercam = layercam, xgrad_cam = xgrad_cam, grad_cam_pp = grad_cam_pp }
local rows_of = use "rows.lua"
local function moved(x, n) return slice(pad(x, { w = { n, 0 } }), "w", 1, x.width) end      -- to the right; 0 comes in

return function(name, m, o)
    local make = kinds[o.kind] or error("kind is '" .. o.kind .. "', not a constructor of the CAM family")
    local function map(scaling, logits, features, class)
        return make(pick(logits or m.logits, class or m.label), features or m.features, { normalize = scaling })
    end
    local function compared(of, loss, options)
        local own = map("l2")
        return loss(rows_of(of, own, m.features), m.label, options), own
    end
    local terms = {}
    function terms.reconstruction()
        local own = map("max")
        return reconstruction(own, m.image, { distance = o.distance }), own
    end
    function terms.prototype()
        local own = map("max")
        return prototype(own, m.label, { distance = o.distance }), own
    end
    function terms.batch_cam()
        local own = map("max")
        return batch_cam(own, m.label, { distance = o.distance }), own
    end
    function terms.sup_con() return compared("map", sup_con, { temperature = o.temperature }) end
    function terms.sup_con_embedding() return compared("embedding", sup_con, { temperature = o.temperature }) end
    function terms.contrastive_pairs() return compared("map", contrastive_pairs, {}) end
    function terms.triplet() return compared("map", triplet, {}) end
    function terms.class_against_class()
        local own, wrong = map(), map(nil, m.logits, m.features, runner_up(m.logits, m.label))
        return class_against_class(own, wrong), own
    end
    function terms.rrr()
        local outside = 1 - mask(m.image)
        return rrr(m.logits, m.image, outside), map()
    end
    function terms.rrr_g()
        local own = map("max")
        return rrr_g(own, 1 - mask(m.image)), own
    end
    function terms.gain()
        local own = map()
        return gain(m.net, m.image, own, m.label), own
    end
    function terms.cgc()
        local pixels = 4
        local logits, features = m.net(moved(m.image, pixels))
        local own = map()
        return cgc(map(nil, logits, features), moved(own, pixels * own.width // m.image.width)), own
    end
    function terms.info_nce()
        local logits, features = m.net(view(m.image, 2))
        local own, other = map(), map(nil, logits, features)
        return info_nce(flatten(own), flatten(other)), own
    end
    local term = terms[name] or error("objective is '" .. name .. "', which losses/by_name.lua does not have")
    return term()
end
