"""What a program meets around its work: files, the terminal, logs, versions. Knows nothing of indices."""
