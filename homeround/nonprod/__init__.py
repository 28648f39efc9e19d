"""What is for demonstrations only: the made-up world, its pages under /demo, and the command that builds it.

Words: *world* (bodies, people and what they did), *building* (how a world is made, here and for tests and benches),
*demo* (the world that `homeround demo` builds: demo_world). Refuses a live database (H24).
"""
