return relo
