"""The composition root, and the leaves every app may use."""

# Imported with the package, so that a task called from any process finds the right broker.
from stek.celery import app as celery_app

__all__ = ["celery_app"]
