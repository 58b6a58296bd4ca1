"""The window. The only room that imports PySide6; it talks to `tasks` and `model` and to nothing else."""
