"""Training runs on the adding problem."""
