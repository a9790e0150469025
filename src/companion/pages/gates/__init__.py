"""The figures of the gates."""
