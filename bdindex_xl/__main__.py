"""``python -m bdindex_xl``."""

from .cli import main

if __name__ == "__main__":
    raise SystemExit(main())
