"""People who sign in, and the one capacity in which each of them acts at a time.

Words: *user* (a person who can sign in), *membership* (a person, a role, a body, from, until), *viewer* (the membership
somebody acts in now), *rights* (role by kind of information, ../docs/ig/access-table.md).
Rights are data in code (`rights.py`), never rows; a session holds none.

Not here: which residents a body may see (`ehch.residents.access`).
"""
