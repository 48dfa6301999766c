-- The mlq language server, for vim.lsp.enable('mlq').
return {
  cmd = { 'mlq-lsp' },
  filetypes = { 'python', 'mlq' },
  root_markers = { 'mlq.toml', 'pyproject.toml', 'setup.cfg', 'setup.py', 'mlflow.db', 'mlruns', '.git' },
  -- As in vim.lsp.config('mlq', { settings = { mlq = { trackingUri = 'http://localhost:5000' } } }).
  settings = { mlq = vim.empty_dict() },
}
