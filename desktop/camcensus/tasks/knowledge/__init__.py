"""What is known of makers and brands, as all read it: with the organisation's own, and newer ones from a file.

The lowest part of `tasks`: it may import `store`, `intake` and pure rooms.
"""
