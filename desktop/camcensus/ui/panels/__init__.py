"""Parts of pages that stand on their own: the detail pane and its sections."""
