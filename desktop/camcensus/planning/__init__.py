"""Register entries and findings to a replacement plan, and answers to a freedom-of-information request. Pure.

May import `model` only.
"""
