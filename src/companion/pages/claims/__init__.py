"""The chapter's three claims, on trained networks."""
