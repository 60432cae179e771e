"""What changes signals. None of these verbs asks who does it, and none writes in the change log: what is not known cannot be told."""
