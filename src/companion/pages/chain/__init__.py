"""What the chapter on many steps shows: its figures."""
