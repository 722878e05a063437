-- digits.lua   a first graph file: a small convolutional network that reads digits
--
--     tailor check digits.lua                   what it is: layers, shapes, parameters, memory
--     tailor train digits.lua                   makes C of it, builds that, trains: a few seconds
--     tailor train digits.lua --set width=16    the same with another option
--
-- The file is Lua.  Every call makes a value, and values that have a name here keep it in the C code.

-- What can be changed on the command line, with defaults.
option { width = 8,                          -- channels of the first convolution
         norm = false }                      -- batch normalisation behind each convolution

-- What comes in.  The batch is the first axis of every value and is never written down.
image = input { 28, 28, 1 }                  -- height, width, channels; bytes / 255
label = labels(10)                           -- one of ten classes

-- Layers are functions of values; a layer with weights says how many channels come out.
local function conv(name, x, channels)
    local y = conv2d(x, channels, { name = name })         -- 3 x 3; { kernel = 5, stride = 2 } would be another
    return relu(option.norm and batch_norm(y) or y)
end

h        = max_pool(conv("conv1", image, option.width), 2)      -- 14 x 14
features = max_pool(conv("conv2", h, 2 * option.width), 2)      -- 7 x 7: what `tailor cam` draws maps of
logits   = linear(flatten(features), 10, { name = "fc" })       -- a score for each class

-- What training makes smaller: any value, a mean over the batch is taken of it.  Sums of losses are losses.
minimize(cross_entropy(logits, label))

-- What is only measured, on images that are not trained on.
metric("accuracy", equal(argmax(logits), label))

-- How it is trained.  digits is part of tailor; "mnist" is fetched by `tailor data mnist`, and a folder of PNG files,
-- one folder a class, works as well.
train { data = "digits", batch = 64, epochs = 3, seed = 1,
        optimizer = adamw { lr = 5e-3, weight_decay = 0.01 },
        schedule  = one_cycle { peak = 5e-3 } }

-- To go on: `tailor train --help` says what else a run can do, `tailor ops` prints every function that is known here,
-- and experiment.lua, beside this file, compares variants of it over several seeds.
