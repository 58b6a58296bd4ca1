"""python -m camcensus."""

import sys

if __name__ == "__main__":
    # The working folder is before Python's own library, and may hold a stranger's files.
    folder = "" if sys.flags.safe_path else sys.path.pop(0)
    from pathlib import Path

    home = Path(__file__).resolve().parents[1]
    if folder and Path(folder).resolve() == home:
        sys.path.append(str(home))  # started in the folder that holds the program itself

    from camcensus.app import main

    sys.exit(main())
