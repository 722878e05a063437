use(5)
