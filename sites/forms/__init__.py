"""Forms of the desk: the only way in for input. One module for each subject."""
