"""Words on a telephone, beside the mail: for who asked for it, on the devices where they did, and nothing in them that a locked screen may not show."""
