"""Data files of the product: task definitions, prompts, styles, word lists, samples, icons."""
