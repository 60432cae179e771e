"""What changes partners: `names`, `engagements`, `seats`, `check_ins`, `leaving`, `merging`."""
