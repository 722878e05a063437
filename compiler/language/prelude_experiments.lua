-- prelude_experiments.lua - experiment{}, the one constructor of an experiment file.

local prim = ...
local define = prim.define

local match_options = { { "parameters", "string" }, { "within", "nonnegative", 0.02 } }
local maps_options = { { "kind", "string", "grad_cam" }, { "layer", "string" }, { "images", "count" },
                       { "steps", "count", 28 } }

define("experiment", {},
    { { "name", "string" }, { "graph", "string" }, { "graphs", "table" }, { "data", "any" },
      { "seeds", "list", { 1, 2, 3, 4, 5, 6 } }, { "epochs", "epochs" }, { "set", "table" }, { "factors", "table" },
      { "design", "string" }, { "variants", "list" }, { "match", "table" }, { "maps", "table" }, { "compare", "any" },
      { "margin", "nonnegative" }, { "split", "string" }, { "init", "string" }, { "init_except", "any" } },
    function(o)
        if o.match then o.match = prim.options("match", o.match, match_options) end
        if o.maps then o.maps = prim.options("maps", o.maps, maps_options) end
        prim.experiment(o)
    end)
