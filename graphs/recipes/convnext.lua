-- graphs/recipes/convnext.lua   how convnext.lua is trained
return { data = "mnist", batch = 128, epochs = 12, seed = 1,
         optimizer = adamw { lr = 3e-3, weight_decay = 0.05 },
         schedule  = one_cycle { peak = 3e-3 },
         augment   = { shift = option.shift, flip = option.flip } }
