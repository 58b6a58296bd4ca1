"""Telling devices apart: observations to devices, sightings to register rows. Pure."""
