"""The `homeround` command: one file a command, each calling queries and actions as a page does.

Words: *command* (what stands after `homeround`), *hook* (`main.offer`, by which config/command.py adds
that of nonprod).

A command file holds one click command named `command`. It imports nothing at its top that needs Django: what it
needs is said on the list (main.py) and brought up before its body runs, so that `--help` and wrong arguments answer
without settings or a database. What a command refuses, and what can be expected to go wrong, is one line on stderr and
exit 1; wrong arguments are one line and exit 2 (main.py).

Not here: rules, tables, and how a person without a terminal does the same (web).
"""
