"""Notebooks: code cells that share their names in order, in the language of IPython."""
