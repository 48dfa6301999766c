-- The mlq language server, for vim.lsp.enable('mlq').
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
}
