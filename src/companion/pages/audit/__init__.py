"""The figure of an audit."""
