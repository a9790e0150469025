"""The printed form of Eq. (15)."""
