"""Measurements that are no tests: they need torch (an optional extra) and a quiet machine."""
