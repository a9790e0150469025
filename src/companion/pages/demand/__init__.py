"""A cell derived from a demand: the LSTM with some of its gates held open, drawn, trained, and set by hand."""
