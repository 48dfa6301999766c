-- The mlq language server, for vim.lsp.enable('mlq').
-- What it tells of a buffer's store is in `vim.b.mlq_status`, for the statusline: `:help mlq-status`.
return {
  cmd = { 'mlq-lsp' },
  filetypes = {
    'python', 'mlq',
    -- Those that may have filters in their code, commands or values.
    'markdown', 'mdx', 'quarto', 'rmd', 'rst', 'sh', 'bash', 'zsh', 'yaml', 'toml',
  },
  root_markers = { 'pyproject.toml', 'setup.cfg', 'setup.py', 'mlflow.db', 'mlruns', '.git' },
  -- As in vim.lsp.config('mlq', { settings = { mlq = { trackingUri = 'http://localhost:5000' } } }).
  settings = { mlq = vim.empty_dict() },
  capabilities = { experimental = { mlqStatus = true } },
  handlers = {
    ['mlq/status'] = function(_, status)
      local buffer = vim.uri_to_bufnr(status.uri)
      if vim.api.nvim_buf_is_loaded(buffer) then
        vim.b[buffer].mlq_status = status.text
        vim.b[buffer].mlq_why = table.concat(status.details, '\n')
        vim.cmd.redrawstatus()
      end
    end,
  },
}
