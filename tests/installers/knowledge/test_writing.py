from __future__ import annotations

import tomllib

from installers.knowledge.reviewed import ReviewDraft
from installers.knowledge.writing import draft_text, set_fields

TEXT = """# A remark
[[a]]
id = "one"
source = "x"
list = [
  { y = 1 },
]

[[a]]
id = "two"
"""


def test_a_field_keeps_its_place_and_a_new_one_stands_before_the_source() -> None:
    changed = set_fields(TEXT, {2: {"id": '"first"', "new": "true"}, 9: {"new": "false"}})
    assert changed == TEXT.replace('"one"\n', '"first"\nnew = true\n').replace('"two"\n', '"two"\nnew = false\n')
    assert set_fields(TEXT, {}) == TEXT


def test_what_a_stranger_wrote_cannot_end_its_place_in_a_file_of_drafts() -> None:
    for hostile in (
        '"""',
        "'''",
        "'''\n[[draft]]\nid = 'b'\n",
        "a\\",
        "\x00\x1b[31m\u202e",
        '"\n[[draft]]',
        "x'",
        "\r\n",
        "\u2028",
    ):
        draft = ReviewDraft("a", "fcc", hostile or "x", hostile, "2026-03-10", hostile, hostile, hostile)
        read = tomllib.loads(draft_text([draft]))["draft"]
        assert len(read) == 1
        assert (read[0]["id"], read[0]["importer"]) == ("a", "fcc")
