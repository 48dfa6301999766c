vim.filetype.add({ extension = { mlq = 'mlq' } })
