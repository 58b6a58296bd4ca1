"""What is on record about a maker and a model, and what to act on: lists, flaws, abilities, ends of support. Pure.

May import `model` only.
"""
