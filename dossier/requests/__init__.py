"""The printed copies: mails become requests in a register, are read, sent, and forgotten in time."""
