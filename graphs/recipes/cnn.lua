-- graphs/recipes/cnn.lua   how cnn.lua and the graphs with an objective on its maps are trained
return { data = "mnist", batch = 128, epochs = 3, seed = 1, accuracy = "f4",
         optimizer = adamw { lr = 8e-3, weight_decay = 0.05 },
         schedule  = one_cycle { peak = 8e-3 } }
