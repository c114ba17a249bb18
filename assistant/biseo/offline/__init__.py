"""The proof that nothing leaves this PC: our processes, their sockets, denied attempts, hashes; as JSON and as text.

The hook that denies is `biseo_models.offline`, below all that could ask for a network.
"""
