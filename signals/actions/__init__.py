"""What changes signals, themes and dossiers. No verb about a signal asks who does it, or writes in the change log: what is not known cannot be told."""
