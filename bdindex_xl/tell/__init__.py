"""The commands of the analyses: open, ask, save, and tell a person or a program."""
