"""The newer recurrences side by side: the table, the stack, the brackets of a scan, and their figure."""
