option { width = 3 }
