"""`python -m biseo`: the command line without an installed script."""

import sys

from biseo.cli import main

if __name__ == "__main__":
    sys.exit(main())
