"""The work itself, headless: reading, facts, tasks, drafting, checks, writing. No Qt, no llama_cpp, no network."""

__version__ = "0.1.0"
