-- graphs/recipes/resnet.lua   how resnet.lua is trained
return { data = "mnist", batch = 128, epochs = 20, seed = 1, accuracy = "f4",
         optimizer = sgd { lr = 0.1, momentum = 0.9, nesterov = true, weight_decay = 5e-4 },
         schedule  = one_cycle { peak = 0.15 },
         augment   = { shift = option.shift, flip = option.flip, cutout = option.cutout } }
