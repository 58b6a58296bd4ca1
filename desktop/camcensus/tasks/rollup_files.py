"""What is written from a roll-up: the JSON of the outside contract, CSV that can be added up by hand, words for Datasette."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from camcensus.model.disk import disk_error
from camcensus.report.table import cell_text  # type: ignore[import-not-found]
from camcensus.store.files import write_whole
from camcensus.store.rollup_taking import Taken
from camcensus.tasks.rollup_figures import Figures
