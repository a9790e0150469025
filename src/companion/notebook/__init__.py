"""What chapters call: show a function, show progress."""
