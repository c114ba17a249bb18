"""The language model on this PC: catalogue, intake, engine protocol, client, worker and llama.cpp."""
