"""Sources longer than the model can hold: all read and ranked by rule, the weightiest parts by the model, too."""
