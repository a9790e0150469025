"""A room for each page of the book that has code of its own: book/NAME.ipynb is served by companion.pages.NAME."""
