"""The command line: how commands are typed, what each does, and what a person or a program reads of it."""
