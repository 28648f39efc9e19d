"""Who lives where, who they are, who is medically responsible, and the doors to everything about a person.

Serves REQ-07, 19, 67, 68. Words: *resident*, *claim* (a name, birth date or NHS number as somebody stated it on a day),
*stay* (living in a home, of a kind), *arrival* (starts the 7-working-day clock), *departure*, *registration* (with a
practice, of a kind), *co-opted*. The registered GP is medically responsible; nobody else is ever shown as such.

Not here: what was decided about a person, and what anybody worries about.
"""
