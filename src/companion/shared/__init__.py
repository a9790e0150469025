"""What several pages share: no page of its own, below all of them."""
