"""Running the command line as `python -m meritindex`."""

import sys

from meritindex.cli import main

if __name__ == "__main__":
    sys.exit(main())
