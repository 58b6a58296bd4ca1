"""Each process of a test begins here: the engine that reads print is not there, unless the test is about what it reads.

Somebody may have installed it; every process that saves a photo would load it anew, which takes seconds.
"""

import os
import sys

if "CAMCENSUS_TEST_PRINT" not in os.environ:
    sys.modules["rapidocr"] = None  # type: ignore[assignment]
