"""When the gradient vanishes or explodes."""
