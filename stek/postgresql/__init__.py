"""Django's PostgreSQL, which no page and no task waits for without end; named in `stek/env.py` as the engine.

A slow statement is ended by the server. A server that was frozen, or went away without a word, ends nothing: its client has to look at
the clock.
"""
