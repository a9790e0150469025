"""The code of the book: a room for each page that has any, and what the rooms stand on. The LSTM itself is in lstm."""
