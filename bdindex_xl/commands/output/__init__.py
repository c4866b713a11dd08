"""What each command does and what is read of it: on the terminal by a person, as one JSON document by a program."""
