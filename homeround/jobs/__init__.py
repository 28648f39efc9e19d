"""What runs without a person: the schedule, the handlers, and the loop of a worker. H24, H25.

Words: *job* (what is done every so often), *handler* (what does it), *worker* (a loop that does what is due).

Instants come from here (clock.py). A job derives nothing and decides nothing: what a person must see is derived when
a page is read, whether or not a worker lives; jobs only deliver, seal, bring in and forget.
"""
