"""The first module of the macOS bundle."""

import sys

from camcensus.app import main

sys.exit(main())
