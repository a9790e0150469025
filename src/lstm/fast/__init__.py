"""Batches of sequences: the same equations, proven equal to the reference.

layer for training an LSTM, plain for the plain network, batched for whatever looks at many runs at once.
"""
