"""python -m camcensus."""

import sys

from camcensus.app import main

if __name__ == "__main__":
    sys.exit(main())
