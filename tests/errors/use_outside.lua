use "../last_batch.lua"
