"""Why a plain network forgets: the gradient by lags, what it is worth, and a network set by hand."""
