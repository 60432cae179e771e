"""Doors to the offer: pages for visitors and data formats for calendars and other websites."""
