from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from camcensus.ui.menu import folder_words


def test_a_folder_is_named_as_its_user_knows_it() -> None:
    home = PureWindowsPath(r"C:\Users\rk")
    assert folder_words(home / "Documents" / "Camcensus", home) == r"Documents\Camcensus"
    assert folder_words(PureWindowsPath(r"D:\Cameras"), home) == r"D:\Cameras"
    assert folder_words(PurePosixPath("/home/rk/Documents"), PurePosixPath("/home/rk")) == "~/Documents"
    assert folder_words(PurePosixPath("/srv/cameras"), PurePosixPath("/home/rk")) == "/srv/cameras"
