return train { data = "digits", optimizer = adamw { lr = 1e-3 } }
