"""City cases: what other cities do, what it costs and what can be learned, each with the sentence that says so."""
