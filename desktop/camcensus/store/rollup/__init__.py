"""The roll-up file: exchange files of strangers checked, taken in, and settled so that each camera counts once."""
